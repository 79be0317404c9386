import numpy as np
import pytest

from livehost.bank.decode import UnusableSound
from livehost.studio.audio_data import performances
from livehost.studio.audio_data.assemble import Label
from livehost.studio.audio_data.piano import excerpt, hands, read_midi
from livehost.studio.audio_data.render import Part
from tests.studio.audio_data.conftest import write_midi


def rows(*notes):
    return np.array([(t, 0.2, p, 80) for t, p in notes], np.float64)


def test_a_file_gives_its_notes_and_pedal_back(tmp_path):
    part = Part(rows((0.1, 60), (0.5, 64), (0.5, 67)), pedal=np.array([[0.2, 127.0], [0.9, 0.0]]))
    drums = Part(rows((0.3, 36)), drums=True)
    write_midi(tmp_path / "a.mid", [part, drums])
    read = read_midi(tmp_path / "a.mid")
    np.testing.assert_allclose(read.notes, part.notes, atol=2e-4)
    np.testing.assert_allclose(read.pedal, part.pedal, atol=2e-4)


def test_broken_and_empty_files(tmp_path):
    (tmp_path / "a.mid").write_bytes(b"MThd\x00\x00\x00\x06\x00")
    (tmp_path / "b.mid").write_bytes(b"")
    write_midi(tmp_path / "c.mid", [Part(rows((0.3, 36)), drums=True)])
    for name, why in (("a", "broken"), ("b", "broken"), ("c", "no notes")):
        with pytest.raises(UnusableSound, match=why):
            read_midi(tmp_path / f"{name}.mid")


def test_an_excerpt_begins_with_the_pedal_as_it_stands():
    part = Part(rows((1, 60), (2, 62), (3, 64)), pedal=np.array([[0.5, 127.0], [2.5, 0.0], [4.0, 127.0]]))
    cut = excerpt(part, 1.5, 1.0)
    np.testing.assert_allclose(cut.notes[:, [0, 2]], [[0.6, 62]])
    np.testing.assert_allclose(cut.pedal[0], [0.0, 127.0])
    assert cut.pedal[-1, 1] == 0.0


def test_hands_follow_their_lines():
    # chords below, a tune above; then both wander up a fifth, the right hand higher than before
    notes, expected = [], []
    for k in range(24):
        up = k // 2
        for pitch, right in ((40 + up, False), (47 + up, False), (67 + up + k % 3, True)):
            notes.append((k * 0.25, pitch))
            expected.append(right)
    np.testing.assert_array_equal(hands(rows(*notes)), expected)
    # alone, a low line is the left hand's and a high one the right's
    assert not hands(rows(*[(k * 0.2, 45 + k % 3) for k in range(10)])).any()
    assert hands(rows(*[(k * 0.2, 75 + k % 3) for k in range(10)])).all()


def test_no_hand_spans_two_octaves():
    right = hands(rows(*[(0.0, p) for p in (36, 43, 48, 64, 72, 76)]))
    np.testing.assert_array_equal(right, [False, False, False, True, True, True])


def test_a_performance_is_whole_in_hands_and_on_other_instruments(tmp_path, no_fluidsynth):
    notes = [(0.25 * k + 0.125 * (p > 60), p + k % 5) for k in range(40) for p in (45, 72)]
    write_midi(tmp_path / "a.mid", [Part(rows(*sorted(notes)))])
    for split in ("train", "test"):
        label = Label("x/a", "piano", split, "x")
        found = performances.performance(tmp_path / "a.mid", label, np.random.default_rng(1), 8.0)
        plain = [r for r in found if not r.augmented]
        assert [r.tasks for r in plain] == [("continue", "answer"), ("crossed",)]
        assert {(r.domain, r.split, r.source) for r in found} == {("piano", split, "x")}
        assert (split == "train") or len(plain) == len(found)
        for r in found:
            assert len({len(s) for s in r.renderings}) == 1
        assert min(map(len, plain[0].parts)) > 20
        # aligned: the same event in both
        a, b = plain[1].renderings
        assert np.abs(a.onset - b.onset).max() < 0.08 * 48000
