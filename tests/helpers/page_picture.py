"""Make the guide's picture of the HTML page: python -m tests.helpers.page_picture OUT.png, with Chromium installed."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.helpers.chromium import PROGRAM, chromium, web_page
from timeline_app.cli import main

EVENT = "troops-to-far-east"
WIDTH_PX, HEIGHT_PX = 1440, 900


def make_picture(output: Path) -> None:
    """Write the page of the timeline that comes with the program, and take its picture with an event selected."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        main(["export", "-o", str(path)])
        with (
            chromium() as browser,
            web_page(browser, path, width_px=WIDTH_PX, height_px=HEIGHT_PX, hash_=f"#{EVENT}") as page,
        ):
            output.write_bytes(page.screenshot())


if __name__ == "__main__":
    if PROGRAM is None:
        sys.exit(f"{sys.argv[1]} stays as it is: there is no chromium")
    make_picture(Path(sys.argv[1]))
