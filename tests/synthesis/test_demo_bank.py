import numpy as np
import pytest
import soundfile

from livehost.errors import LivehostError
from livehost.synthesis.demo_bank import note_name, samples, write_demo_bank

RATE = 8000


@pytest.fixture(scope="module")
def paths(tmp_path_factory):
    return write_demo_bank(tmp_path_factory.mktemp("bank"), RATE, seed=3)


def test_names_and_folders(paths):
    names = [sample.name for sample in samples()]
    assert len(names) == len(set(names)) == len(paths)
    assert 48 <= len(names) <= 70
    assert {path.parent.name for path in paths} == {"drums", "strings", "bells"}
    assert "drums/tom_low_centre_2" in names
    assert note_name(57) == "a3"


def test_every_sound_is_clean(paths):
    for path in paths:
        sound, rate = soundfile.read(path, dtype="float64")
        assert (rate, sound.ndim) == (RATE, 1)
        assert 0.1 * rate < len(sound) <= 4 * rate
        assert 0.05 < np.abs(sound).max() <= 10 ** (-3 / 20), path.name
        assert abs(sound[0]) < 1e-4, path.name
        assert abs(sound[-1]) < 1e-4, path.name
        assert abs(sound.mean()) < 1e-5, path.name


def test_every_sound_starts_at_once(paths):
    for path in paths:
        sound, _ = soundfile.read(path)
        energy = np.cumsum(sound**2) / np.sum(sound**2)
        assert energy[round(0.05 * RATE)] > 0.02, path.name


def test_the_seed_decides(paths, tmp_path):
    again = write_demo_bank(tmp_path / "again", RATE, seed=3)
    assert [p.read_bytes() for p in again] == [p.read_bytes() for p in paths]
    other = write_demo_bank(tmp_path / "other", RATE, seed=4)
    assert other[0].read_bytes() != paths[0].read_bytes()


def test_a_file_in_the_way_is_said(tmp_path):
    (tmp_path / "bank").write_text("")
    with pytest.raises(LivehostError, match="could not be written"):
        write_demo_bank(tmp_path / "bank", RATE)
