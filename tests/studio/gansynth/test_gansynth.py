"""A small GANSynth through all commands: trained, exported, asked, and let to play notes."""

import json
import math
import subprocess
import sys

import numpy as np
import pytest
import soundfile
import torch

from livehost.bank.measure import FeatureExtractor
from livehost.dsp.mel_contract import STANDARD, hann
from livehost.dsp.note_spectrum import analyse
from livehost.errors import LivehostError
from livehost.inference.export import read_manifest
from livehost.inference.manifest import MANIFEST
from livehost.inference.sound_model import open_sound_model
from livehost.studio.evaluation.command import evaluate
from livehost.studio.exporting.write import export
from livehost.studio.families import FAMILIES
from livehost.studio.gansynth.losses import critic_loss, note_errors, pitch_classes, pitch_loss
from livehost.studio.gansynth.pitched import HIGHEST, LOWEST
from livehost.studio.gansynth.sounds import open_sounds
from livehost.studio.gansynth.tracked import tracked_pitch
from livehost.studio.models.code_normal import CodeNormal
from livehost.studio.models.gansynth import Critic, Hyperparameters
from livehost.studio.models.partials import add_powers, between_knots, lobe_db, nearest_partials, own_turn
from livehost.studio.options import complete, generate_options
from livehost.studio.training.checkpoint import BEST, LAST, load_checkpoint
from livehost.studio.training.launch import train
from livehost.view.console import make_console
from tests.studio.gansynth.test_pitched import SPECTRUM, folder_of, note

FAMILY = FAMILIES["gansynth"]
SMALL = {
    "latent": 4, "width": 8, "partials": 8, "critic_width": 4, "encoder_width": 8, "spectrum": SPECTRUM.to_table(),
}  # fmt: skip


def quiet(_line):
    """Say nothing."""


def options(root, **more):
    """Options of a training that is soon over."""
    return {
        "data": [root / "notes"], "notes": 0, "models": 0, "cache": root / "cache", "batch": 4, "threads": 1,
        "accelerator": "cpu", "rate": 3e-3, **more,
    }  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A checkpoint of a few steps, of which the last with the critic, and its export."""
    root = tmp_path_factory.mktemp("gansynth")
    folder_of(root / "notes")
    state = train(FAMILY, options(root, out=root / "gan", steps=24, first=0.75), hyperparameters=SMALL,
                  console=make_console())  # fmt: skip
    assert state.best["held out"]["frechet"] < state.start["held out"]["frechet"]
    assert state.best["held out"]["error_db"] < state.start["held out"]["error_db"] - 0.5
    export(FAMILY, root / "gan" / BEST, root / "export", {"torchscript": True, "licence": "CC0"}, say=quiet)
    return root


@pytest.mark.parametrize("pitch", [69.0, 71.3])
def test_a_partial_is_what_a_tone_has(pitch):
    hz = 440 * 2 ** ((pitch - 69) / 12)
    level, turn = analyse(np.sin(2 * np.pi * hz * np.arange(SPECTRUM.samples) / SPECTRUM.rate), SPECTRUM)
    number, off = (part[0] for part in nearest_partials(torch.tensor([pitch]), SPECTRUM))
    at = round(hz / SPECTRUM.bin_hz) + np.arange(-1, 2)
    np.testing.assert_allclose(own_turn(off, SPECTRUM)[at], turn[at, 8], atol=0.01)
    lobe = lobe_db(off).numpy()
    np.testing.assert_allclose(lobe[at] - lobe[at[1]], level[at, 8] - level[at[1], 8], atol=0.1)
    assert (number[at] == 1).all()
    assert number[round(3 * hz / SPECTRUM.bin_hz)] == 3


def test_a_lobe_is_that_of_the_window_and_beyond_it_its_side_lobes():
    window, size = hann(1024), 16 * 1024  # a sixteenth of a bin apart
    there = 20 * np.log10(np.abs(np.fft.rfft(window, size))[:161] / window.sum() + 1e-9)
    off = torch.linspace(0, 10, 161)
    made = lobe_db(off).numpy()
    np.testing.assert_allclose(made[:29], there[:29], atol=0.02)
    peaks = [16 * k + 8 for k in range(2, 9)]
    np.testing.assert_allclose(made[peaks], there[peaks], atol=0.2)
    far = lobe_db(torch.tensor([100.5, 500.5]))  # 18 dB an octave, and no floor: all bins of a note together are heard
    np.testing.assert_allclose(far, -9.94 - 60 * np.log10([100.5, 500.5]), atol=0.05)
    slopes = torch.autograd.grad(lobe_db(off.requires_grad_()).sum(), off)[0]
    assert slopes.isfinite().all()


def test_tones_and_noise_add_up_as_powers():
    tones, noise = torch.tensor([0.5, 0.5, 0.9]), torch.tensor([0.5, -3.0, 0.8])
    levels, share = add_powers(tones, noise, SPECTRUM)
    unit = -SPECTRUM.floor_db
    np.testing.assert_allclose((levels - tones) * unit, [3.0103, 0, 10 * np.log10(1 + 10 ** (-unit / 100))], atol=1e-3)
    np.testing.assert_allclose(share, [0.5, 1, 1 / (1 + 10 ** (-unit / 100))], atol=1e-5)


def test_the_prior_is_the_distribution_of_the_codes():
    chance = torch.Generator().manual_seed(3)
    prior, mix = CodeNormal(3), torch.tensor([[1.0, 0.0, 0.0], [0.8, 0.5, 0.0], [0.0, 0.0, 2.0]])
    torch.testing.assert_close(prior.codes(torch.ones(1, 3)), torch.ones(1, 3))
    for _ in range(400):
        drawn = torch.randn(64, 3, generator=chance) @ mix.T + torch.tensor([1.0, 0.0, -1.0])
        prior.observe(drawn, torch.full_like(drawn, math.log(0.25)))
    torch.testing.assert_close(prior.mean, torch.tensor([1.0, 0.0, -1.0]), atol=0.06, rtol=0)
    torch.testing.assert_close(prior.covariance, mix @ mix.T + 0.25 * torch.eye(3), atol=0.25, rtol=0)
    standard = torch.randn(5, 3, generator=chance)
    torch.testing.assert_close(prior.standard(prior.codes(standard)), standard, atol=1e-5, rtol=0)


def test_knots_are_dense_where_a_note_begins():
    way = between_knots(48, 24, 6.0)
    np.testing.assert_allclose(way.sum(0), 1, atol=1e-5)
    where = way.T @ torch.arange(24.0)
    assert (where[0], where[-1]) == (0, pytest.approx(23, abs=1e-4))
    steps = np.diff(where)
    assert steps[0] / steps[-1] == pytest.approx(6, rel=0.1)
    assert (np.diff(steps) < 0).all()


def test_pitches_are_told_over_classes_not_over_the_batch():
    logits = torch.tensor([[2.0, 0.0, 0.0], [0.0, 0.0, 5.0]])
    classes = pitch_classes(torch.tensor([60.2, 61.9]), 60, 62)
    assert classes.tolist() == [0, 2]
    each = [pitch_loss(logits[k : k + 1], classes[k : k + 1]) for k in range(2)]
    assert float(pitch_loss(logits, classes)) == pytest.approx(float(sum(each)) / 2)
    assert float(each[0]) == pytest.approx(math.log(1 + 2 * math.exp(-2)))
    h = Hyperparameters(**SMALL, lowest=LOWEST, highest=HIGHEST, mel=STANDARD.to_table())
    critic = Critic(h).eval()
    notes = torch.rand(3, SPECTRUM.bins, SPECTRUM.frames)
    together, alone = critic(notes, notes)[1], critic(notes[:1], notes[:1])[1]
    assert together.shape == (3, HIGHEST - LOWEST + 1)
    torch.testing.assert_close(together[:1], alone)


def test_losses_are_those_that_are_meant():
    assert float(critic_loss(torch.tensor([2.0, 0.0]), torch.tensor([-2.0, 0.0]))) == 1.0
    full, none = torch.ones(1, 2, 2), torch.zeros(1, 2, 2)
    off = note_errors(full / 2, 0.9 * full, full, -0.9 * full)
    assert float(off["levels"]) == 0.5
    assert float(off["turns"]) == pytest.approx(0.2)  # once around
    assert float(note_errors(none, full, none, none)["turns"]) == 0  # nothing is heard: nothing turns


def test_the_critic_tells_pitches_first_and_then_what_is_real(made, tmp_path):
    kept = []
    for steps in (2, 3):
        out = tmp_path / str(steps)
        train(FAMILY, options(made, out=out, steps=steps, first=2 / steps), hyperparameters=SMALL,
              console=make_console())  # fmt: skip
        kept.append(load_checkpoint(out / LAST)["training"]["model"])
    torch.manual_seed(0)
    fresh = FAMILY.code().network(load_checkpoint(made / "gan" / LAST)["hyperparameters"]).state_dict()
    assert (kept[0]["critic.pitch.1.weight"] != fresh["critic.pitch.1.weight"]).any()
    torch.testing.assert_close(kept[0]["critic.real.bias"], fresh["critic.real.bias"])
    assert (kept[1]["critic.real.bias"] != fresh["critic.real.bias"]).all()


def test_its_export_says_what_it_is_and_agrees(made):
    manifest = read_manifest(made / "export", "gansynth")
    assert (manifest.mel, manifest.spectrum) == (STANDARD, SPECTRUM)
    assert (manifest.shape.latent, manifest.shape.lowest, manifest.shape.highest) == (4, LOWEST, HIGHEST)
    assert set(manifest.files) == {"generator.onnx", "encoder.onnx", "generator.ts", "encoder.ts"}
    assert set(manifest.parity) == {f"{how}_{what}" for how in ("onnx", "torchscript")
                                    for what in ("levels", "turns", "codes", "pitches")}  # fmt: skip
    assert max(manifest.parity.values()) < 1e-3


def test_an_export_plays_what_its_network_plays(made):
    one, two = (open_sounds(path) for path in (made / "export", made / "gan" / BEST))
    a, b = (sounds.play(np.ones((2, 4)), [60, 64.5], np.random.default_rng(0)) for sounds in (one, two))
    for x, y in zip(a, b, strict=True):
        assert x.shape == (SPECTRUM.samples,)
        np.testing.assert_allclose(x, y, atol=5e-3)


@pytest.mark.parametrize("seconds", [0.3, 1.0])
def test_a_note_has_its_pitch_and_its_length(made, seconds):
    sounds = open_sounds(made / "export")
    pitches = [62.0, 69.0, 74.5]
    notes = sounds.play(np.zeros((3, 4)), pitches, np.random.default_rng(0), seconds)
    for sound, pitch in zip(notes, pitches, strict=True):
        assert len(sound) == round(seconds * 44_100)
        assert np.abs(sound).max() == pytest.approx(10 ** (-1 / 20), rel=1e-3)
        assert abs(sound[0]) + abs(sound[-1]) < 1e-3
        assert FeatureExtractor(44_100).measure(sound[:, None], 0).root == pytest.approx(pitch, abs=0.5)


def root(sound):
    """The pitch that a bank finds in a sound."""
    return FeatureExtractor(44_100).measure(sound[:, None], 0).root


def test_it_is_a_model_of_sounds(made):
    model, manifest = open_sound_model(made / "export")
    assert manifest.kind == "gansynth"
    assert model.plays
    some, same = (model.sample(3, np.random.default_rng(5)) for _ in range(2))
    for a, b in zip(some, same, strict=True):
        np.testing.assert_array_equal(a, b)
    mels = [STANDARD.analyse(note(pitch, 0.5)) for pitch in (50, 62)]
    known = np.array([57.2, 69.0])
    at_first, there, between, far = (
        model.around(mels, np.array([place]), np.random.default_rng(1), spread, pitches=known)[0]
        for place, spread in ((0.0, 0.0), (0.0, 0.0), (0.5, 0.0), (0.0, 1.0))
    )
    np.testing.assert_array_equal(at_first, there)
    assert np.abs(at_first - far).mean() > 0.01
    assert [root(sound) for sound in (at_first, between, far)] == pytest.approx([57.2, 63.1, 57.2], abs=0.5)
    assert len(at_first) == pytest.approx(0.5 * 44_100, abs=2 * STANDARD.hop_samples)


def test_pitches_that_it_does_not_play_are_moved_by_octaves(made):
    sounds = open_sounds(made / "export")
    there = sounds.reachable(np.array([LOWEST - 13, LOWEST - 12, 60.5, HIGHEST + 1.0, HIGHEST + 25]))
    assert there.tolist() == [LOWEST + 11, LOWEST, 60.5, HIGHEST - 11, HIGHEST - 11]


def generate(given):
    return FAMILY.code().generate(complete(given, generate_options(FAMILY)), make_console())


def test_it_makes_files(made, tmp_path):
    common = {"model": made / "export", "pitch": [60.0, 67.0], "count": 2, "out": tmp_path / "notes"}
    paths = generate(common)
    assert [path.name for path in paths] == [f"notes-{k} {name}.wav" for k in (1, 2) for name in ("C4", "G4")]
    sound, rate = soundfile.read(paths[0])
    assert (rate, len(sound)) == (44_100, 44_100)
    before = [path.read_bytes() for path in paths]
    generate(common)
    assert [path.read_bytes() for path in paths] == before
    like = made / "notes" / "lute 0 C3.wav"
    assert generate(common | {"pitch": None, "count": 1, "like": [like], "out": tmp_path / "one.wav"}) == [
        tmp_path / "one.wav"
    ]


def test_an_export_plays_without_torch(made, tmp_path):
    program = (
        "import sys; from livehost.cli import main; sys.argv = sys.argv[1:]\n"
        "try: main.main()\n"
        "finally: print(sorted({'torch', 'sklearn', 'librosa'} & set(sys.modules)))"
    )
    typed = f"livehost generate gansynth --model {made / 'export'} --pitch 40 -o {tmp_path / 'x.wav'}"
    done = subprocess.run([sys.executable, "-c", program, *typed.split()], capture_output=True, text=True, check=True)
    assert "1.0 s, by export" in done.stdout
    assert done.stdout.endswith("[]\n")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"pitch": [12.0]}, f"export plays the MIDI pitches {LOWEST} to {HIGHEST}, not 12"),
        ({"pitch": [-1.0]}, "--pitch is a MIDI pitch, 0 to 127"),
        ({"pitch": [float("nan")]}, "--pitch is a MIDI pitch, 0 to 127"),
        ({"pitch": [60.0, 60.01]}, "Each --pitch is given once"),
        ({"seconds": 0.0}, "A note lasts 0.05 to 60 s, not 0"),
        ({"temperature": -1.0}, "--spread and --temperature lie between 0 and 4"),
        ({"like": ["nowhere.wav"]}, "nowhere.wav vanished"),
    ],
)
def test_what_cannot_be_played_is_a_sentence(made, tmp_path, more, said):
    with pytest.raises(LivehostError, match=said) as told:
        generate({"model": made / "export", "out": tmp_path / "x.wav", **more})
    assert told.value.exit_code == 2


def test_a_timbre_near_another_is_as_far_as_it_may_be_and_no_rarer(made):
    sounds, timbres = open_sounds(made / "export"), np.full((4000, SMALL["latent"]), 2.0)
    for spread, kept in ((0.0, 1.0), (0.6, 0.8), (1.0, 0.0), (3.0, 0.0)):
        drawn = sounds.near(timbres, np.random.default_rng(0), spread)
        assert drawn.mean() == pytest.approx(2.0 * kept, abs=0.05 * (1 + spread))
        assert drawn.std() == pytest.approx(spread, abs=0.05 * (1 + spread))


def test_a_full_disk_is_a_sentence_and_leaves_no_half_note(made, disk):
    said = "the disk is full" if disk.mounted else disk.words
    given = {"model": made / "export", "pitch": [60.0], "seconds": 2.0, "out": disk.folder / "a.wav"}
    with disk.full(leaving=8192):
        with pytest.raises(LivehostError, match=rf"^The notes cannot be written to .*a\.wav: {said}\.$"):
            generate(given)
        assert not list(disk.folder.glob("*.wav"))
    generate(given)
    assert soundfile.info(given["out"]).frames == 2 * 44_100


def loudest(sound, rate):
    """The pitch of the loudest partial, in place of a tracker that takes a second for a note."""
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound)), 1 << 17))
    return 69 + 12 * math.log2(max(np.argmax(spectrum), 1) * rate / (1 << 17) / 440)


def test_it_is_asked_beside_real_notes(made, tmp_path, monkeypatch):
    monkeypatch.setattr("livehost.studio.gansynth.evaluation.tracked_pitch", loudest)
    given = {
        "model": made / "export", "data": [made / "notes"], "notes": 0, "models": 0, "cache": made / "cache",
        "split": "all", "count": 8, "json": tmp_path / "e.json",
    }  # fmt: skip
    evaluate(FAMILY, given, console=make_console())
    said = json.loads((tmp_path / "e.json").read_text())
    rows = {row["method"]: row for row in said["methods"]}
    assert {row["notes"] for name, row in rows.items() if name != "sounds learnt from"} == {8}
    assert rows["held-out notes themselves"]["right"] == 1
    assert rows["held-out notes themselves"]["frechet"] is None
    assert rows["… with phases locked to peaks"]["right"] == 1
    far = {name: row["frechet"] for name, row in rows.items()}
    assert far["sounds learnt from"] < far["noise with their envelopes"]
    assert far["export"] < far["an untrained network of its size"]
    with pytest.raises(LivehostError, match="Asking wants 8 notes that are held out"):
        evaluate(FAMILY, given | {"split": "test"}, console=make_console())


def test_its_notes_are_judged_by_another_programs_tracker():
    tone = np.sin(2 * np.pi * 220.0 * np.arange(20_000) / 44_100).astype(np.float32)
    assert tracked_pitch(tone, 44_100) == pytest.approx(57, abs=0.1)
    assert np.isnan(tracked_pitch(0 * tone, 44_100))


def test_a_manifest_that_contradicts_itself_is_refused(made, tmp_path):
    for path in (made / "export").iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    text = (tmp_path / MANIFEST).read_text()
    for wrong, said in (
        (text.replace("highest = 96", "highest = 200"), "plays MIDI pitches from 33 to 200: there are 0 to 127"),
        (text.replace("bins = 128", "bins = 3000"), "has no 3000 bins to keep"),
        (text.replace("latent = 4", "latent = 0"), "has 0 numbers of a code"),
    ):
        assert wrong != text
        (tmp_path / MANIFEST).write_text(wrong)
        with pytest.raises(LivehostError, match=said):
            read_manifest(tmp_path)


@pytest.mark.parametrize(
    ("more", "said"),
    [({"preset": "huge"}, "There is no preset 'huge'; choose small or large"), ({"first": 2.0}, "--first is a share")],
)
def test_what_cannot_be_trained_is_a_sentence(made, tmp_path, more, said):
    with pytest.raises(LivehostError, match=said):
        train(FAMILY, options(made, out=tmp_path, steps=1, **more), console=make_console())
