"""What a check says: a finding with its state, and what to do about it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from livehost.errors import LivehostError
from livehost.settings import Settings

State = Literal["good", "note", "warning", "unsafe"]


@dataclass(frozen=True)
class Finding:
    """One line of the page.

    Parameters
    ----------
    state : {"good", "note", "warning", "unsafe"}
        note: not looked at, or nothing that hurts; warning: may be heard; unsafe: the show is not safe with it.
    found : str
        What is.
    remedy : str
        What to do, "" where there is nothing to do.
    """

    state: State
    found: str
    remedy: str = ""


@dataclass(frozen=True)
class Check:
    """A row of the table of checks.

    Parameters
    ----------
    name : str
        A word or two.
    look : callable
        Gets the settings of tonight, and gives findings. A `LivehostError` of it is a finding that is unsafe.
    """

    name: str
    look: Callable[[Settings], Iterable[Finding]]


@dataclass(frozen=True)
class Looked:
    """A check and what it found."""

    name: str
    findings: tuple[Finding, ...]


def carry_out(check: Check, values: Settings) -> Looked:
    """Carry a check out; whatever goes wrong in it is a finding as well."""
    try:
        return Looked(check.name, tuple(check.look(values)))
    except LivehostError as error:
        return Looked(check.name, (Finding("unsafe", str(error)),))
    except Exception as error:  # whatever this system lacks, the other checks are still to be made
        return Looked(check.name, (Finding("warning", f"could not be checked ({type(error).__name__}: {error})"),))
