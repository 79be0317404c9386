import itertools
import json

import numpy as np
import pytest

from livehost import events
from livehost.event_kinds import is_shown
from livehost.record import HEADER, RECORD_BYTES


def test_codes_and_names_are_unique():
    assert len(events.BY_CODE) == len(events.BY_NAME) == len(events.RECORDS)


@pytest.mark.parametrize("record", events.RECORDS, ids=lambda r: r.name)
def test_every_record_fits_one_slot_and_begins_with_the_header(record):
    dtype = record.dtype
    assert dtype.itemsize == RECORD_BYTES
    assert max(offset + kind.itemsize for kind, offset in dtype.fields.values()) <= RECORD_BYTES
    assert dtype.fields["frame"] == HEADER.fields["frame"]
    assert dtype.fields["kind"] == HEADER.fields["kind"]


@pytest.mark.parametrize("record", events.RECORDS, ids=lambda r: r.name)
def test_fields_do_not_overlap(record):
    spans = sorted((offset, offset + kind.itemsize) for kind, offset in record.dtype.fields.values())
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))


def test_a_record_survives_the_way_to_json():
    slot = events.new("sample", 2**40, index=7, reason=2, probability=0.25, onset_to_sound_ms=np.nan)
    event = json.loads(json.dumps(events.to_dict(slot)))
    assert event["frame"] == 2**40
    assert (event["kind"], event["index"], event["reason"], event["probability"]) == ("sample", 7, "call", 0.25)
    assert event["onset_to_sound_ms"] is None


def test_vectors_become_lists():
    slot = events.new("feature", 3, mfcc=np.arange(13))
    assert events.to_dict(slot)["mfcc"] == [float(k) for k in range(13)]


def test_an_unknown_word_of_an_enumeration_is_shown_as_its_number():
    assert events.to_dict(events.new("end", 1, ending=99))["ending"] == "99"


@pytest.mark.parametrize(
    ("event", "shown"),
    [
        ({"kind": "onset"}, True), ({"kind": "segment"}, False), ({"kind": "room"}, False), ({"kind": "new"}, False),
        ({"kind": "heard_beat", "beat": 1}, True), ({"kind": "heard_beat", "beat": 3}, False),
        ({"kind": "expected", "decision": 0}, True), ({"kind": "expected", "decision": -1}, False),
    ],
)  # fmt: skip
def test_people_are_shown_events_with_a_word_of_those_that_come_often_some(event, shown):
    assert is_shown(event) == shown
