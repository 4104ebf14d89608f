"""A headless Chromium, driven over a pipe by the Chrome DevTools Protocol: real clicks and keys, real network events.

The protocol (chromedevtools.github.io/devtools-protocol) goes over the file descriptors 3 and 4 as JSON with a NUL
after each message, so that neither a port nor a library for web sockets is needed.
"""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# As long as it takes to print thousands of events on a machine that has much else to do.
DEADLINE_S = 240
_SWITCHES = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions"),
    *("--disable-dev-shm-usage", "--font-render-hinting=none", "--hide-scrollbars", "--mute-audio"),
)
# Makes two file descriptors 3 and 4, by way of numbers that are neither, and becomes the browser.
_JOIN = """
import fcntl, os, sys
ends = [fcntl.fcntl(int(end), fcntl.F_DUPFD, 10) for end in sys.argv[1:3]]
for number, end in enumerate(ends, 3):
    os.dup2(end, number)
    os.close(end)
os.execv(sys.argv[3], sys.argv[3:])
"""
_KEYS = {
    **{
        name: (name, code) for name, code in (("ArrowLeft", 37), ("ArrowUp", 38), ("ArrowRight", 39), ("ArrowDown", 40))
    },
    **{name: (name, code) for name, code in (("Home", 36), ("End", 35), ("Escape", 27), ("Tab", 9))},
    "Enter": ("\r", 13),
}

Message = dict[str, Any]


class Browser:
    """A running browser: sends commands, and keeps the events that come between the answers."""

    def __init__(self, write_fd: int, read_fd: int) -> None:
        self._write_fd, self._read_fd = write_fd, read_fd
        self._received = bytearray()
        self._events: deque[Message] = deque()
        self._last_number = 0

    def call(self, method: str, session: str = "", **parameters: Any) -> Message:
        """Send a command and return its answer."""
        self._last_number += 1
        message: Message = {"id": self._last_number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        data = memoryview(json.dumps(message).encode() + b"\0")
        while data:
            data = data[os.write(self._write_fd, data) :]
        while True:
            answer = self._next_message()
            if answer.get("id") == self._last_number:
                assert "error" not in answer, f"{method}: {answer.get('error')}"
                result: Message = answer["result"]
                return result
            self._events.append(answer)

    def events(self, session: str, *methods: str) -> list[Message]:
        """Return the parameters of the events of these kinds that have come for a page."""
        return [one["params"] for one in self._events if one.get("sessionId") == session and one["method"] in methods]

    def wait_for(self, session: str, method: str) -> None:
        """Wait for the first event of a kind."""
        while not self.events(session, method):
            self._events.append(self._next_message())

    def _next_message(self) -> Message:
        deadline_s = time.monotonic() + DEADLINE_S
        while b"\0" not in self._received:
            readable, _, _ = select.select([self._read_fd], [], [], max(deadline_s - time.monotonic(), 0))
            assert readable, f"Chromium said nothing for {DEADLINE_S} seconds"
            data = os.read(self._read_fd, 1 << 20)
            assert data, "Chromium has ended"
            self._received += data
        end = self._received.index(b"\0")
        message: Message = json.loads(self._received[:end])
        del self._received[: end + 1]
        return message


class WebPage:
    """A page that was opened from a file."""

    def __init__(self, browser: Browser, path: Path, *, width_px: int, height_px: int, dark: bool, hash_: str) -> None:
        self._browser = browser
        target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        self._target = target
        self._session: str = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")
        self.resize(width_px, height_px)
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.call("Emulation.setEmulatedMedia", features=scheme)
        self.call("Page.navigate", url=path.as_uri() + hash_)
        browser.wait_for(self._session, "Page.loadEventFired")

    def permit(self, *permissions: str) -> None:
        """Let pages do what a person would be asked for."""
        self._browser.call("Browser.grantPermissions", permissions=permissions)

    def call(self, method: str, **parameters: Any) -> Message:
        """Send a command for this page."""
        return self._browser.call(method, self._session, **parameters)

    def close(self) -> None:
        """Close the page."""
        self._browser.call("Target.closeTarget", targetId=self._target)

    def resize(self, width_px: int, height_px: int, *, scale: float = 1, touch: bool = False) -> None:
        """Give the page another size, or the screen of a phone."""
        size = {"width": width_px, "height": height_px, "deviceScaleFactor": scale, "mobile": touch}
        self.call("Emulation.setDeviceMetricsOverride", **size)
        self.call("Emulation.setTouchEmulationEnabled", enabled=touch)

    def evaluate(self, expression: str) -> Any:
        """Return the value of a JavaScript expression; a promise is waited for."""
        answer = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def wait_until(self, condition: str) -> None:
        """Wait, frame by frame, until a JavaScript expression is true."""
        look = f"const look = () => ({condition}) ? done() : requestAnimationFrame(look); look();"
        self.evaluate(f"new Promise((done) => {{ {look} }})")

    def settle(self) -> None:
        """Wait until what has changed is drawn."""
        self.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def text(self, selector: str) -> str:
        """Return the text of the first element that a selector finds."""
        found = self.evaluate(f"document.querySelector({json.dumps(selector)}).textContent")
        return str(found)

    def texts(self, selector: str) -> list[str]:
        """Return the texts of all elements that a selector finds."""
        found: list[str] = self.evaluate(
            f"[...document.querySelectorAll({json.dumps(selector)})].map((one) => one.textContent)"
        )
        return found

    def click(self, selector: str, *, count: int = 1) -> None:
        """Click in the middle of the first element that a selector finds, with a real mouse."""
        self.click_at(*self.middle_of(selector), count=count)

    def middle_of(self, selector: str) -> tuple[float, float]:
        """Return the middle of an element in the window, in pixels."""
        x_px, y_px = self.evaluate(
            f"(() => {{ const found = document.querySelector({json.dumps(selector)}); "
            "found.scrollIntoView({block: 'nearest'}); const box = found.getBoundingClientRect(); "
            "return [box.left + box.width / 2, box.top + box.height / 2]; })()"
        )
        return x_px, y_px

    def click_at(self, x_px: float, y_px: float, *, count: int = 1) -> None:
        """Press and release the mouse at a place of the window."""
        self.mouse("mouseMoved", x_px, y_px)
        for number in range(1, count + 1):
            self.mouse("mousePressed", x_px, y_px, button="left", clickCount=number)
            self.mouse("mouseReleased", x_px, y_px, button="left", clickCount=number)
        self.settle()

    def mouse(self, kind: str, x_px: float, y_px: float, **parameters: Any) -> None:
        """Send one event of the mouse."""
        self.call("Input.dispatchMouseEvent", type=kind, x=x_px, y=y_px, **parameters)

    def press(self, key: str) -> None:
        """Press and release a key: one of the named ones, or a character."""
        text, code = _KEYS.get(key, (key, 0))
        typed = {} if len(text) > 1 else {"text": text}
        for kind in ("keyDown", "keyUp"):
            shown = typed if kind == "keyDown" else {}
            self.call("Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code, **shown)
        self.settle()

    def type(self, text: str) -> None:
        """Type a text where the focus is."""
        self.call("Input.insertText", text=text)
        self.settle()

    def screenshot(self) -> bytes:
        """Return a PNG of the window."""
        self.settle()
        return base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"])

    def pdf(self) -> bytes:
        """Return the page as it is printed on A4."""
        paper = {"paperWidth": 8.27, "paperHeight": 11.69, "preferCSSPageSize": True}
        return base64.b64decode(self.call("Page.printToPDF", **paper)["data"])

    def complaints(self) -> list[Message]:
        """Return what was written to the console, what was thrown, and what the browser has blocked."""
        kinds = ("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded")
        return self._browser.events(self._session, *kinds)

    def requests(self) -> list[str]:
        """Return the addresses of all requests."""
        asked = self._browser.events(self._session, "Network.requestWillBeSent")
        return [one["request"]["url"] for one in asked]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run a browser with a profile of its own, and end it."""
    assert PROGRAM is not None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        their_in, our_out = os.pipe()
        our_in, their_out = os.pipe()
        ends = [str(their_in), str(their_out)]
        command = [sys.executable, "-c", _JOIN, *ends, PROGRAM, *_SWITCHES, f"--user-data-dir={profile}"]
        with subprocess.Popen(
            command,
            pass_fds=(their_in, their_out),
            env=os.environ | {"HOME": profile},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as running:
            os.close(their_in)
            os.close(their_out)
            browser = Browser(our_out, our_in)
            try:
                yield browser
                browser.call("Browser.close")
            finally:
                os.close(our_out)
                os.close(our_in)
                try:
                    running.wait(DEADLINE_S)
                except subprocess.TimeoutExpired:
                    running.kill()


@contextmanager
def web_page(
    browser: Browser, path: Path, *, width_px: int = 1440, height_px: int = 900, dark: bool = False, hash_: str = ""
) -> Iterator[WebPage]:
    """Open a file as a page, and close it."""
    page = WebPage(browser, path, width_px=width_px, height_px=height_px, dark=dark, hash_=hash_)
    yield page
    page.close()
