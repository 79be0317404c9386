"""What the suite compares of two sessions."""

import json

import pytest

from livehost.bench.suites.exactness import difference, played_events

HEADER = {"kind": "session", "command": "livehost run"}
ONSET = {"kind": "onset", "frame": 480}


def log(*events):
    return b"".join(json.dumps(event).encode() + b"\n" for event in events)


@pytest.mark.parametrize(
    ("other", "differs"),
    [
        ([{**HEADER, "command": "livehost run --set audio.ragged=true"}, ONSET], False),
        ([HEADER, {"kind": "log", "text": "First start: compiling for this machine"}, ONSET], False),
        ([HEADER, {**ONSET, "frame": 481}], True),
        ([HEADER, ONSET, ONSET], True),
    ],
)
def test_events_are_the_same_whatever_the_desk_was_told(other, differs):
    assert (difference(played_events(log(HEADER, ONSET)), played_events(log(*other))) > 0) == differs
