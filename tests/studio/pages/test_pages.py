"""`livehost explore` and `livehost listen`, on models whose every number is known."""

import re
from dataclasses import replace

import numpy as np
import pytest
import soundfile
from PIL import Image

from livehost.dsp.mel_contract import MelContract
from livehost.inference.kinds import mel_vae, mel_vqvae, vocoder
from livehost.inference.kinds.mel_vqvae import CodeShape
from livehost.inference.kinds.vocoder import Pieces
from livehost.inference.mel_vae_sounds import VAESounds
from livehost.inference.mel_vqvae_sounds import CodeSounds
from livehost.inference.vocoder_sounds import Vocoder
from livehost.studio.pages import explore as explore_module
from livehost.studio.pages import listen as listen_module
from livehost.studio.pages.explore import COUNTED, STEPS, TEMPERATURES, WAY, widest
from livehost.studio.pages.listen import VERSIONS, draw_pairs
from livehost.studio.vocoder import sounds as vocoder_sounds
from tests.conftest import burst
from tests.inference.tiny_ear import write_tiny_ear

CONTRACT = MelContract(rate=8000, fft_samples=256, hop_samples=64, bands=16, high_hz=4000.0)
FRAMES = 24


class Bands:
    """A VAE whose numbers are bands: the sixth moves the mel most, then the third."""

    name, contract, frames, latent = "bands", CONTRACT, FRAMES, 8
    _weights = np.array([0.01, 0.02, 0.1, 0.01, 0.03, 0.2, 0.02, 0.01], np.float32)

    def encode(self, units):
        mean = (units[:, : self.latent].mean(axis=2) - 0.5) / self._weights
        return mean.astype(np.float32), np.zeros_like(mean, np.float32)

    def decode(self, codes):
        units = np.full((len(codes), self.contract.bands, self.frames), 0.5, np.float32)
        units[:, : self.latent] += (codes * self._weights)[:, :, None]
        return units


class Levels:
    """A VQ-VAE of one row: the code is the level, and its prior knows the first half of the codes."""

    name, contract = "levels", CONTRACT
    shape = CodeShape(frames=FRAMES, rows=1, columns=6, codes=8, size=1, depth=1, width=1)
    codebook = np.linspace(0, 0.875, 8, dtype=np.float32)[:, None]

    def encode(self, units):
        level = units.reshape(len(units), -1, 6, 4).mean(axis=(1, 3))
        return np.abs(level[:, None, :, None] - self.codebook[:, 0]).argmin(axis=-1)

    def decode(self, grid):
        return np.repeat(np.repeat(grid, 4, axis=3)[:, 0], self.contract.bands, axis=1).astype(np.float32)

    def step(self, token, place, _condition, _keys, _values):
        logits = np.full((len(token), 9), -50.0, np.float32)
        logits[:, 4:8] = 0.0
        if place[0] == 5:
            logits[:, 8] = 50.0
        nothing = np.zeros((len(token), 1, 1), np.float32)
        return [logits, nothing, nothing]


class Hum:
    """A vocoder that gives one tone as loud as the mel."""

    name, contract, pieces = "hum", CONTRACT, Pieces(reach=0, fewest=1, rounds=0, soft=0.0)

    def given(self, units):
        hop, level = CONTRACT.hop_samples, units.mean(1)
        turns = np.arange(level.shape[1] * hop) * 440 / CONTRACT.rate
        return (np.repeat(level, hop, 1) * np.sin(2 * np.pi * turns)).astype(np.float32)


@pytest.fixture(autouse=True)
def models(monkeypatch):
    """Bands, levels and hum are models."""
    known = {
        "bands": (mel_vae.NAME, VAESounds(Bands())), "levels": (mel_vqvae.NAME, CodeSounds(Levels())),
        "hum": (vocoder.NAME, Vocoder(Hum())),
    }  # fmt: skip
    for module in (explore_module, listen_module):
        monkeypatch.setattr(module, "open_sounds", lambda name, *_: known[name])


@pytest.fixture
def folder(tmp_path):
    """Five tones and a file that is none."""
    made = tmp_path / "sounds"
    made.mkdir()
    for k in range(5):
        soundfile.write(made / f"tone-{k}.wav", burst(300 * (k + 1), 0.15, 8000), 8000)
    (made / "broken.wav").write_bytes(b"RIFF")
    return made


def cells(path):
    """Captions of the page's cells, section by section; all their files are there."""
    text = (path / "index.html").read_text()
    for name in re.findall(r'src="([\w.]+)"', text):
        assert (path / name).stat().st_size > 0
    return {
        title: re.findall(r"<figcaption>(.*?)</figcaption>", part)
        for title, _, part in (section.partition("</h2>") for section in text.split("<h2>")[1:])
    }


def test_a_vae_is_shown_as_a_plane_of_the_numbers_that_count(typed, tmp_path):
    assert widest(VAESounds(Bands()), np.random.default_rng(0)) == (5, 2)
    code, said, _ = typed("explore bands -o page --iterations 1")
    assert (code, said.splitlines()[-1]) == (0, "Wrote page/index.html.")
    plane, way = cells(tmp_path / "page").values()
    assert plane == [f"{right:g}, {up:g}" for up in reversed(STEPS) for right in STEPS]
    assert [float(place) for place in way] == pytest.approx(np.linspace(0, 1, WAY), abs=0.01)
    # top right: both numbers at 2 deviations, the fifth band below the top of the picture's 16
    with Image.open(tmp_path / "page" / "005.png") as top, Image.open(tmp_path / "page" / "001.png") as left:
        bright, dark, other = (sum(i.getpixel((3, 15 - band))[:3]) for i, band in ((top, 5), (left, 5), (top, 15)))
    assert bright > other > dark


def test_the_way_leads_along_given_sounds(typed, tmp_path, folder):
    like = " ".join(f"--like {folder}/tone-{k}.wav" for k in (0, 2, 4))
    assert typed(f"explore bands -o page --iterations 1 {like}")[0] == 0
    assert [float(place) for place in [*cells(tmp_path / "page").values()][1]] == pytest.approx(
        np.linspace(0, 2, WAY), abs=0.01
    )
    assert typed(f"explore bands -o page --like {folder}/tone-0.wav")[::2] == (
        2, "livehost: A way leads from one sound to another: give --like for two or more.\n"
    )  # fmt: skip


def test_of_a_vqvae_the_codes_are_counted(typed, tmp_path):
    assert typed("explore levels -o page --iterations 1")[0] == 0
    drawn, way, _ = cells(tmp_path / "page").values()
    assert drawn == [f"temperature {temperature:g}" for temperature in TEMPERATURES for _ in range(5)]
    assert len(way) == WAY
    text = (tmp_path / "page" / "index.html").read_text()
    assert f"50 % of 8 codes are used in {COUNTED} sounds of the prior" in text
    heights = [float(y) for y in re.search(r'points="0,160 (.*?) 900,160"', text)[1].replace(",", " ").split()[1::2]]
    assert heights == sorted(heights)
    assert (heights[0], heights[3] < 40, heights[4]) == (0.0, True, 160.0)


def test_a_page_sounds_by_the_vocoder_that_is_asked_for(typed, tmp_path, monkeypatch):
    monkeypatch.setattr(vocoder_sounds, "open_sounds", lambda _: Vocoder(Hum()))
    assert typed("explore bands -o page --vocoder hum")[0] == 0
    assert "its mels sound by hum" in (tmp_path / "page" / "index.html").read_text()
    samples = soundfile.read(tmp_path / "page" / "013.wav", dtype="float32")[0]
    hum = np.sin(2 * np.pi * 440 * np.arange(len(samples)) / CONTRACT.rate)
    assert np.corrcoef(samples, hum)[0, 1] > 0.9
    monkeypatch.setattr(Hum, "contract", replace(CONTRACT, bands=20))
    code, _, error = typed("explore bands -o page --vocoder hum")
    assert code != 0
    assert "bands" in error
    assert error.startswith("livehost: ")


def test_pairs_are_fair_and_follow_from_the_seed():
    pairs = draw_pairs(6, 3)
    assert len(pairs) == 18
    assert pairs == draw_pairs(6, 3)
    assert pairs != draw_pairs(6, 4)
    for version in VERSIONS:
        assert sum(pair.a == version for pair in pairs) == 6
    assert {(pair.sound, *sorted((pair.a, pair.b))) for pair in pairs} == {
        (sound, *sorted(both)) for sound in range(6) for both in (VERSIONS[:2], VERSIONS[1:], VERSIONS[::2])
    }
    assert sorted({pair.sound for pair in pairs[:6]}) != [0]


@pytest.mark.parametrize("model", ["bands", "hum"])
def test_a_blind_page_tells_nothing_before_its_key(typed, tmp_path, folder, model):
    code, said, _ = typed(f"listen {model} --data {folder} -o page --count 5 --iterations 1 --seed 2")
    assert (code, said.splitlines()[-1]) == (0, "Wrote page/index.html.")
    text = (tmp_path / "page" / "index.html").read_text()
    shown, _, key = text.partition("<details>")
    assert not any(word in shown for word in (*VERSIONS, "tone-", model))
    rows = re.findall(r"<tr><td>(\d+)</td><td>(.*?)</td><td>(.*?)</td><td>(.*?)</td></tr>", key)
    assert [int(number) for number, *_ in rows] == list(range(1, 16))
    assert {name for _, name, *_ in rows} == {f"tone-{k}.wav" for k in range(5)}
    heard = {}
    for number, name, *versions in rows:
        for side, version in zip("ab", versions, strict=True):
            samples, rate = soundfile.read(tmp_path / "page" / f"{int(number):03d}{side}.wav", dtype="float32")
            assert rate == 8000
            assert np.abs(samples).max() == pytest.approx(10 ** (-1 / 20), abs=0.15)
            first = heard.setdefault((name, version), samples)
            assert np.array_equal(first, samples)
    for name in {name for name, _ in heard}:
        original, model, again = (heard[name, version] for version in VERSIONS)
        assert len(original) == len(model) == len(again)
        source = soundfile.read(folder / name, dtype="float32")[0][: len(original)]
        assert np.corrcoef(source, original)[0, 1] > 0.99
        assert not np.array_equal(model, again)


def test_what_cannot_be_is_one_sentence(typed, tmp_path, folder, monkeypatch):
    from livehost.studio.pages.models import open_sounds

    (tmp_path / "none").mkdir()
    (tmp_path / "none" / "broken.wav").write_bytes(b"RIFF")
    code, said, error = typed("listen bands --data none -o page")
    assert (code, error) == (2, "livehost: There is no sound in none that can be read.\n")
    assert "Left out: none/broken.wav" in said
    (tmp_path / "file").write_text("")
    assert typed("explore bands -o file")[::2] == (2, "livehost: file is a file; give the name of a folder.\n")
    monkeypatch.setattr(explore_module, "open_sounds", open_sounds)
    ear = write_tiny_ear(tmp_path / "ear")
    assert typed(f"explore {ear} -o page")[2] == (
        f"livehost: {ear} is of kind 'strike'; one of kind mel-vae or mel-vqvae is wanted.\n"
    )
    assert typed("explore no-such-model -o page")[2].startswith("livehost: There is no export 'no-such-model'")
