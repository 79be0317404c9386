"""The table of tests."""

from livehost.studio.partner_evaluation import anticipation, call, duo, keep_beat
from livehost.studio.partner_evaluation.setup import PartnerSetup
from livehost.studio.stage_evaluation.named_test import NamedTest

TESTS: tuple[NamedTest[PartnerSetup], ...] = (
    NamedTest("unison", "strokes that were expected, against those that came", anticipation.unison),
    NamedTest("duo", "its own line: doubling, room, gaps, rests", duo.plays_together),
    NamedTest("call", "replies to phrases", call.replies),
    NamedTest("continue", "the beat, after the musician has stopped", keep_beat.goes_on),
)
