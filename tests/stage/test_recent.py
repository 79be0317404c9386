import math

from livehost.stage.recent import Recent
from livehost.view.bars import PeakHold


def onset(frame):
    return {"kind": "onset", "frame": frame + 100, "onset_frame": frame, "strength": 0.5, "level_db": -20.0}


def sample(frame, **more):
    return {"kind": "sample", "frame": frame + 200, "onset_frame": frame, "index": 1, "name": "a.wav", **more}


def test_an_answer_takes_the_place_of_its_onset():
    recent = Recent()
    for event in (onset(1000), onset(2000), sample(1000), {"kind": "segment", "frame": 3000}):
        recent.event(event)
    told = recent.fields()["recent"]
    assert [(e["kind"], e["onset_frame"], e["level_db"]) for e in told] == [
        ("onset", 2000, -20.0),
        ("sample", 1000, -20.0),
    ]


def test_a_sound_on_its_own_has_no_level():
    recent = Recent()
    recent.event(sample(-1))
    assert recent.fields()["recent"][0]["level_db"] is None


def test_it_forgets():
    recent = Recent(3)
    for frame in range(10):
        recent.event(onset(frame))
    assert [e["onset_frame"] for e in recent.fields()["recent"]] == [7, 8, 9]


def meter(peak_db=None, rms_db=None, reduction_db=0.0):
    return {"kind": "meter", "in_peak_db": peak_db, "in_rms_db": rms_db, "out_peak_db": -9.0, "out_rms_db": -20.0,
            "reduction_db": reduction_db, "active": 4}  # fmt: skip


def test_every_viewer_sees_the_peak_however_often_others_look():
    recent = Recent()
    assert recent.fields()["meter_in_db"] == (-math.inf, -math.inf)
    recent.event(meter(-3.0, -30.0, 1.5))
    recent.event(meter(-6.0, -31.0, -0.5))
    fields = recent.fields()
    assert (fields["meter_in_db"], fields["limiter_reduction_db"]) == ((-3.0, -31.0), 1.5)
    assert (fields["meter_out_db"], fields["voices"]) == ((-9.0, -20.0), 4)
    held = [PeakHold(), PeakHold()]
    for turn in range(6):  # two that alternate
        recent.event(meter())
        for viewer in held:
            fields = recent.fields()
            assert (fields["meter_in_db"], fields["limiter_reduction_db"]) == ((-3.0, -math.inf), 1.5)
            assert viewer.update(fields["meter_in_db"][0], 0.03 * turn) == -3.0
    for _ in range(2):  # eight meters later it is over
        recent.event(meter())
    fields = recent.fields()
    assert (fields["meter_in_db"], fields["limiter_reduction_db"]) == ((-math.inf, -math.inf), 0.0)
    assert held[1].update(fields["meter_in_db"][0], 0.5) == -3.0  # to hold it is up to who shows it


def test_the_plan():
    recent = Recent()
    recent.event({"kind": "next", "frame": 0, "part": 0, "name": ["a", "b"], "probability": [0.7, 0.3]})
    assert recent.fields()["armed"] == [("a", 0.7), ("b", 0.3)]


def test_the_newest_beat_is_kept_until_the_transport_stops():
    recent = Recent()
    assert recent.fields()["beat"] is None
    recent.event({"kind": "beat", "frame": 1, "bar": 3, "beat": 2, "bpm": 96.0, "confidence": 1.0})
    assert recent.fields()["beat"] == (3, 2, 96.0)
    recent.event({"kind": "fact", "frame": 2, "name": "transport", "value": "stopped"})
    assert recent.fields()["beat"] is None


def test_beat_and_room_of_the_musician_are_kept_and_are_no_lines():
    recent = Recent()
    assert (recent.fields()["heard_beat"], recent.fields()["room"]) == (None, None)
    beat = {
        "kind": "heard_beat",
        "frame": 1,
        "number": 8,
        "bar": 3,
        "beat": 1,
        "bpm": 96.0,
        "confidence": 0.9,
        "swing": 0.5,
    }
    room = {"kind": "room", "frame": 1, "part": 0, "busy": 2.0, "share": 0.5, "resting": 0}
    for event in (beat, room, {**room, "part": 1, "share": 0.1}):
        recent.event(event)
    fields = recent.fields()
    assert (fields["heard_beat"], fields["room"], fields["recent"]) == (beat, room, [])


def test_an_expected_stroke_is_a_line_where_it_was_struck_with():
    recent = Recent()
    for decision in (-1, 5):
        recent.event(
            {"kind": "expected", "frame": 1, "part": 0, "decision": decision, "onset_frame": 3, "withdrawn": 0}
        )
    assert [event["decision"] for event in recent.fields()["recent"]] == [5]
