import numpy as np

from livehost.studio.audio_data.align import align, clusters, match
from livehost.studio.audio_data.recording import Stream


def test_notes_of_a_chord_are_one_event():
    np.testing.assert_array_equal(clusters(np.array([1.0, 0.5, 1.02, 1.03, 1.04])), [0.5, 1.0, 1.04])
    assert len(clusters(np.zeros(0))) == 0


def test_each_event_has_one_onset_at_most():
    events = np.array([1.0, 2.0, 3.0, 4.0])
    # late by the instrument's lag; one missing; one onset too many, farther from its event
    found = match(events, np.array([1.05, 2.049, 2.08, 4.051, 4.7]))
    np.testing.assert_array_equal(found, [0, 1, -1, 3])
    assert (match(events, np.zeros(0)) == -1).all()
    assert match(np.zeros(0), events).size == 0
    np.testing.assert_array_equal(match(np.array([1.0]), np.array([1.001])), [0])


def test_streams_keep_what_all_have():
    def stream(*seconds):
        at = np.array(seconds)
        return Stream(np.arange(len(at), dtype="f4")[:, None], (at * 1000).astype(np.int64), np.ones(len(at), "f4"))

    a, b = align((stream(1.0, 2.0, 3.0, 3.4), stream(1.02, 3.02, 4.02)), np.array([1.0, 2.0, 3.0, 4.0]), 1000)
    assert a.onset.tolist() == [1000, 3000]
    assert b.onset.tolist() == [1020, 3020]
