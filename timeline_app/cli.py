"""The command `conflict-timeline`: from the words of a command line to its exit status."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence

from timeline_app.commands.arguments import parse_arguments
from timeline_app.commands.output import flush, report
from timeline_app.core.errors import TimelineError

DONE = 0
COULD_NOT_BE_DONE = 2
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line, that of the process when none is given, and return its exit status.

    0 is done; 1 is done with problems found, or nothing matched; 2 could not be done, with one line on standard error
    that says what and where.
    """
    try:
        command, arguments = parse_arguments(sys.argv[1:] if argv is None else argv)
        # Each command imports what it needs, NumPy or Qt, so that --help and --version wait for neither.
        module = importlib.import_module(f"timeline_app.commands.{command}")
        status: int = module.run(arguments)
        flush()
    except BrokenPipeError:
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except TimelineError as error:
        report(str(error))
        return COULD_NOT_BE_DONE
    except OSError as error:
        # What the system refuses where nobody expects it to, such as the present folder once it is removed.
        where = f"{error.filename}: " if error.filename else ""
        report(f"{where}{error.strerror or error}")
        return COULD_NOT_BE_DONE
    return status
