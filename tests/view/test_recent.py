import math

from livehost.view.recent import Recent


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


def test_peaks_since_the_last_look():
    recent = Recent()
    for peak in (-6.0, -3.0, None):
        recent.event({"kind": "meter", "in_peak_db": peak, "in_rms_db": None, "out_peak_db": -9.0, "out_rms_db": -20.0,
                      "reduction_db": 1.5, "active": 4})  # fmt: skip
    first, second = recent.fields(), recent.fields()
    assert first["meter_in_db"] == (-3.0, -math.inf)
    assert (first["meter_out_db"], first["limiter_reduction_db"], first["voices"]) == ((-9.0, -20.0), 1.5, 4)
    assert second["meter_in_db"] == (-math.inf, -math.inf)
    assert second["limiter_reduction_db"] == 0.0


def test_the_plan():
    recent = Recent()
    recent.event({"kind": "next", "frame": 0, "name": ["a", "b"], "probability": [0.7, 0.3]})
    assert recent.fields()["armed"] == [("a", 0.7), ("b", 0.3)]
