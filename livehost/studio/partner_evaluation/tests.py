"""The table of tests."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from livehost.studio.partner_evaluation import anticipation, call, duo, keep_beat
from livehost.studio.partner_evaluation.setup import PartnerSetup
from livehost.studio.stage_evaluation.figures import Figure


@dataclass(frozen=True)
class PartnerTest:
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
    run: Callable[[PartnerSetup], Iterator[Figure]]


TESTS = (
    PartnerTest("unison", "strokes that were expected, against those that came", anticipation.unison),
    PartnerTest("duo", "its own line: doubling, room, gaps, rests", duo.plays_together),
    PartnerTest("call", "replies to phrases", call.replies),
    PartnerTest("continue", "the beat, after the musician has stopped", keep_beat.goes_on),
)
