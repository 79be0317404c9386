"""Packages that a session does without: whatever needs one says so in one sentence, before it begins."""

import functools
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

from livehost.errors import LivehostError

#: How to install an extra.
INSTALL = "pip install 'livehost[{extra}]'"


def require(what: str, *modules: str, extra: str = "studio") -> None:
    """Make sure that modules of an extra are installed, without importing them.

    Parameters
    ----------
    what : str
        What needs them, to begin a sentence with.
    *modules : str
    extra : str

    Raises
    ------
    LivehostError
        Naming those that are not.
    """
    if missing := [name for name in modules if find_spec(name) is None]:
        raise _missing(what, " and ".join(missing), "is" if len(missing) == 1 else "are", extra)


def needs_studio(what: str, *modules: str) -> Callable[[Callable], Callable]:
    """Decorate a command of the studio, which may import what it likes.

    Parameters
    ----------
    what : str
        The command, such as "livehost train bank".
    *modules : str
        What it cannot do without; what these lack themselves is told of when it shows.
    """

    def decorate(command: Callable) -> Callable:
        @functools.wraps(command)
        def guarded(*args: Any, **options: Any) -> Any:
            require(what, *modules)
            try:
                return command(*args, **options)
            except ModuleNotFoundError as error:
                raise _missing(what, error.name or str(error), "is") from error

        return guarded

    return decorate


def _missing(what: str, modules: str, verb: str, extra: str = "studio") -> LivehostError:
    return LivehostError(f"{what} needs {modules}, which {verb} not installed: {INSTALL.format(extra=extra)}.", 2)
