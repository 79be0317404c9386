"""Mels in torch, batches of mels, sounds that are made, files of one sound."""

import numpy as np
import pytest
import soundfile
import torch

from livehost.dsp.mel_contract import STANDARD
from livehost.errors import LivehostError
from livehost.studio.audio.batches import MelSampler, change, collate
from livehost.studio.audio.cache import read_sounds
from livehost.studio.audio.files import read_mel, write_sounds
from livehost.studio.audio.made import MadeFile, make_sounds, model_files, note_files
from livehost.studio.audio.mel import MelAnalysis
from livehost.studio.audio.voice import GriffinLim
from tests.studio.audio.conftest import CONTRACT, ping


@pytest.mark.parametrize("contract", [CONTRACT, STANDARD])
@pytest.mark.parametrize("samples", [1, 2000, 2048])
def test_torch_and_numpy_agree(contract, samples):
    noise = np.random.default_rng(0).normal(0, 0.1, (2, samples))
    wanted = np.stack([contract.analyse(row) for row in noise])
    analysis = MelAnalysis(contract)
    np.testing.assert_allclose(analysis(torch.from_numpy(noise)).numpy(), wanted, atol=1e-5)
    np.testing.assert_allclose(analysis(torch.from_numpy(noise).float()).numpy(), wanted, atol=5e-3)


def test_the_analysis_has_a_gradient():
    sound = torch.from_numpy(ping(440)[None]).requires_grad_()
    MelAnalysis(CONTRACT)(sound).sum().backward()
    assert sound.grad.abs().max() > 0
    assert torch.isfinite(sound.grad).all()


def test_a_batch_follows_from_seed_and_number(bank, tmp_path):
    material = read_sounds([bank], CONTRACT, tmp_path, 0.5)
    sampler = MelSampler(material.of("train"), CONTRACT, 64, seed=3, rank=0, batch=5)
    one, again, next_one = sampler.batch(7), sampler.batch(7), sampler.batch(8)
    assert one.mels.shape == (5, 16, 64)
    assert all(torch.equal(a, b) for a, b in zip(one, again, strict=True))
    assert not torch.equal(one.mels, next_one.mels)
    for mel, length in zip(one.mels, one.lengths, strict=True):
        assert mel[:, length:].abs().max() == 0


def test_mels_are_cut_and_filled_up():
    mels = [np.full((16, n), -45.0, np.float32) for n in (3, 100)]
    batch = collate(mels, CONTRACT, 8)
    assert batch.lengths.tolist() == [3, 8]
    assert batch.mels[0, 0].tolist() == [0.5] * 3 + [0.0] * 5


def test_a_change_moves_level_pitch_and_tempo_a_little():
    mel = CONTRACT.analyse(ping(1000, 0.5))
    loudest = mel[:, 2].argmax()
    changed = [change(mel, CONTRACT, np.random.default_rng(k)) for k in range(80)]
    same = [c for c in changed if c.shape == mel.shape and (c == mel).all()]
    assert 25 < len(same) < 55
    assert {int(c[:, 4].argmax()) - loudest for c in changed} == {-1, 0, 1}
    assert len({c.shape[1] for c in changed}) > 5
    up = next(c for c in changed if c[:, 4].argmax() > loudest)
    assert set(up[0]) == {np.float32(CONTRACT.floor_db)}
    assert 0.8 * mel.shape[1] < min(c.shape[1] for c in changed)
    assert max(c.shape[1] for c in changed) < 1.25 * mel.shape[1]
    levels = np.array([c.max() for c in changed]) - mel.max()
    assert -3 <= levels.min() < -2
    assert levels.max() == 0
    assert min(c.min() for c in changed) >= CONTRACT.floor_db


def test_physical_models_are_made_once_and_always_the_same(tmp_path, monkeypatch):
    files = model_files(24)
    assert [file.name for file in files] == ["drum-0", "string-0", "bar-0"]
    make_sounds(tmp_path / "a", files[:2], 8000, "CC0")
    before = {path.name: path.read_bytes() for path in (tmp_path / "a").glob("*.flac")}
    make_sounds(tmp_path / "b", files[:2], 8000, "CC0")
    assert {path.name: path.read_bytes() for path in (tmp_path / "b").glob("*.flac")} == before
    broken = [MadeFile(file.name, lambda *_: pytest.fail("it was made again")) for file in files[:2]]
    make_sounds(tmp_path / "a", broken, 8000, "CC0")
    material = read_sounds([tmp_path / "a"], CONTRACT, tmp_path / "cache", 1.4)
    assert 14 <= len(material.clips) <= 18
    assert material.data[0]["licence"] == "CC0"


def test_notes_are_of_many_instruments_and_kits():
    names = [file.name for file in note_files(100_000)]
    assert len(set(names)) == len(names)
    assert sum(name.startswith("kit-") for name in names) == 12
    assert sum(name.startswith("program-") for name in names) > 40
    assert len(note_files(80)) == 10


def test_a_sound_goes_to_a_file_and_back(tmp_path):
    mel = CONTRACT.analyse(ping(500) / 0.6)
    paths = write_sounds([mel, mel[:, :10]], CONTRACT, tmp_path / "made", GriffinLim(CONTRACT, 20).sound)
    assert [path.name for path in paths] == ["made-1.wav", "made-2.wav"]
    assert soundfile.info(paths[0]).frames == mel.shape[1] * 64
    again = read_mel(paths[0], CONTRACT)[:, : mel.shape[1] - 6]
    loud = mel[:, : again.shape[1]] > -40
    assert np.abs(again - mel[:, : again.shape[1]])[loud].mean() < 5
    assert write_sounds([mel], CONTRACT, tmp_path / "one.wav", GriffinLim(CONTRACT, 1).sound) == [tmp_path / "one.wav"]


def test_a_sound_that_cannot_be_read_is_a_sentence(tmp_path):
    with pytest.raises(LivehostError, match="vanished, or is a link that leads nowhere"):
        read_mel(tmp_path / "none.wav", CONTRACT)
    soundfile.write(tmp_path / "silent.wav", np.zeros(4000), 8000)
    with pytest.raises(LivehostError, match=r"silent.wav is silent\.$"):
        read_mel(tmp_path / "silent.wav", CONTRACT)
