"""The table of tests."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from livehost.studio.stage_evaluation import renders, sensitivity, strokes, taken
from livehost.studio.stage_evaluation.figures import Figure
from livehost.studio.stage_evaluation.setup import Setup


@dataclass(frozen=True)
class StageTest:
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
    run: Callable[[Setup], Iterator[Figure]]


TESTS = (
    StageTest("strokes", "what answers tell of the strokes that they sound with", strokes.heard_strokes),
    StageTest("follow", "the same as player.follow rises", strokes.follow_steers),
    StageTest("take", "the bank is the very take: the true sound, before it is heard", taken.true_sounds),
    StageTest("sensitivity", "choices under noise, and for other sounds", sensitivity.choices),
    StageTest("repetition", "runs of one sound at temperature 0, repeat 0", renders.repetition),
    StageTest("loudness", "gain of the answers against the strokes' level", strokes.loudness_follows),
    StageTest("levels", "answers against the musician, and the limiter", renders.levels),
    StageTest("drone", "answers to what is held", renders.sustained),
    StageTest("roll", "strokes of a roll that are heard", renders.rolls),
)
