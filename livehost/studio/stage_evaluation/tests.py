"""The table of tests."""

from livehost.studio.stage_evaluation import renders, sensitivity, strokes, taken
from livehost.studio.stage_evaluation.named_test import NamedTest
from livehost.studio.stage_evaluation.setup import Setup

TESTS: tuple[NamedTest[Setup], ...] = (
    NamedTest("strokes", "what answers tell of the strokes that they sound with", strokes.heard_strokes),
    NamedTest("follow", "the same as player.follow rises", strokes.follow_steers),
    NamedTest("take", "the bank is the very take: the true sound, before it is heard", taken.true_sounds),
    NamedTest("sensitivity", "choices under noise, and for other sounds", sensitivity.choices),
    NamedTest("repetition", "runs of one sound at temperature 0, repeat 0", renders.repetition),
    NamedTest("loudness", "gain of the answers against the strokes' level", strokes.loudness_follows),
    NamedTest("levels", "answers against the musician, and the limiter", renders.levels),
    NamedTest("drone", "answers to what is held", renders.sustained),
    NamedTest("roll", "strokes of a roll that are heard", renders.rolls),
)
