"""A test of an evaluation, by its name on the command line."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from livehost.errors import LivehostError
from livehost.studio.stage_evaluation.figures import Figure

AnySetup = TypeVar("AnySetup")


@dataclass(frozen=True)
class NamedTest(Generic[AnySetup]):
    """One test.

    Attributes
    ----------
    name : str
        As on the command line.
    help : str
    run : callable
        Yields its figures.
    """

    name: str
    help: str
    run: Callable[[AnySetup], Iterator[Figure]]


def wanted_tests(asked: Sequence[str] | None, names: Collection[str]) -> list[str]:
    """Give the names of the tests that are asked for, all where none is.

    Raises
    ------
    LivehostError
        For a test that is not there.
    """
    wanted = list(asked or names)
    if unknown := [name for name in wanted if name not in names]:
        raise LivehostError(f"There is no test {unknown[0]}; there are {', '.join(names)}.", 2)
    return wanted
