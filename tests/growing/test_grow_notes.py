"""A bank grows by a model that plays notes: the pitch is the parent's, the sound the model's own."""

import hashlib
import re
import subprocess
import sys

import numpy as np
import onnx
import pytest
import soundfile
from onnx import helper

from livehost.bank.load import open_bank
from livehost.dsp.note_spectrum import SpectrumContract
from livehost.errors import LivehostError
from livehost.growing.grow import Work
from livehost.growing.order import Order
from livehost.growing.parents import NOTES, chosen_pitch
from livehost.inference.kinds.gansynth import ENCODER_FILE, GENERATOR_FILE, NAME, NoteShape, to_tables
from livehost.inference.manifest import Manifest
from tests.growing.conftest import CONTRACT, constants, tensor

SPECTRUM = SpectrumContract(rate=16_000, fft_samples=1024, hop_samples=256, bins=512, frames=32)
SHAPE = NoteShape(latent=2, mel_frames=64, lowest=40, highest=88)
PITCHES = {"low": 50.0, "middle": 57.3, "high": 64.0}
RATE = 16_000


def generator():
    """Two partials of the pitch, the second as loud as the code says, which die away."""
    known = {
        "a4": np.array(69.0), "octave": np.array(np.log(2) / 12), "first": np.array(440 / SPECTRUM.bin_hz),
        "ones": np.array([1, 2]), "bins": np.arange(512.0)[None, :, None], "two": np.array(2.0),
        "steep": np.array(0.15), "one": np.array(1.0), "half": np.array(-1 / SPECTRUM.half_turn),
        "to_level": np.array([[0.2], [0.0]]), "decay": 0.01 * np.arange(32.0)[None, None], "none": np.array(0.0),
        "low": np.array(-1.0), "high": np.array(1.0),
    }  # fmt: skip
    rows = [
        ("Sub", "pitches a4", "above"), ("Mul", "above octave", "nepers"), ("Exp", "nepers", "ratio"),
        ("Mul", "ratio first", "flat"), ("Unsqueeze", "flat ones", "at"), ("Sub", "bins at", "off"),
        ("Mul", "at two", "second"), ("Sub", "bins second", "off2"),
        ("Mul", "off off", "square"), ("Mul", "square steep", "fall"), ("Sub", "one fall", "lobe"),
        ("Mul", "off2 off2", "square2"), ("Mul", "square2 steep", "fall2"), ("MatMul", "codes to_level", "more"),
        ("Tanh", "more", "told"), ("Flatten", "told", "row"), ("Unsqueeze", "row ones2", "louder"),
        ("Sub", "louder fall2", "lobe2"), ("Max", "lobe lobe2", "both"), ("Sub", "both decay", "over"),
        ("Mul", "noise none", "nothing"), ("Add", "over nothing", "levels"),
        ("Abs", "off", "far"), ("Abs", "off2", "far2"), ("Less", "far far2", "nearer"),
        ("Where", "nearer off off2", "mine"), ("Mul", "mine half", "turning"), ("Add", "turning nothing", "all"),
        ("Clip", "all low high", "turns"),
    ]  # fmt: skip
    known["ones2"] = np.array([2])
    nodes = [helper.make_node(kind, wanted.split(), [made]) for kind, wanted, made in rows]
    spectrum = (SPECTRUM.bins, SPECTRUM.frames)
    inputs = [tensor("codes", SHAPE.latent), tensor("pitches"), tensor("noise", *spectrum)]
    outputs = [tensor("levels", *spectrum), tensor("turns", *spectrum)]
    return helper.make_graph(nodes, "generator", inputs, outputs, constants(known))


def encoder():
    """How much there is in low and in high bands."""
    halves = np.repeat(np.eye(2), CONTRACT.bands // 2, axis=0) / 3
    rows = [
        ("ReduceMean", "mels", "means"), ("MatMul", "means halves", "codes"), ("MatMul", "means nothing", "pitches"),
    ]  # fmt: skip
    nodes = [
        helper.make_node(kind, wanted.split(), [made], **({"axes": [2], "keepdims": 0} if kind[0] == "R" else {}))
        for kind, wanted, made in rows
    ]
    classes = SHAPE.highest - SHAPE.lowest + 1
    outputs = [tensor("codes", SHAPE.latent), tensor("pitches", classes)]
    known = {"halves": halves, "nothing": np.zeros((CONTRACT.bands, classes))}
    return helper.make_graph(nodes, "encoder", [tensor("mels", CONTRACT.bands, SHAPE.mel_frames)], outputs,
                             constants(known))  # fmt: skip


@pytest.fixture(scope="module")
def notes_model(tmp_path_factory):
    folder = tmp_path_factory.mktemp("exports") / "notes"
    folder.mkdir()
    sides = {GENERATOR_FILE: generator(), ENCODER_FILE: encoder()}
    for file, graph in sides.items():
        onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), folder / file)
    files = {file: hashlib.sha256((folder / file).read_bytes()).hexdigest() for file in sides}
    Manifest(
        name="notes", kind=NAME, model=GENERATOR_FILE, files=files, licence="CC0",
        tables=to_tables(CONTRACT, SPECTRUM, SHAPE), data=[{"name": "mine", "licence": "CC0"}],
    ).write(folder)  # fmt: skip
    return folder


def tone(pitch, seconds=0.4):
    t = np.arange(round(seconds * RATE)) / RATE
    turns = 440 * 2 ** ((pitch - 69) / 12) * t
    return 0.3 * sum(np.sin(2 * np.pi * k * turns) / k for k in (1, 2, 3)) * np.exp(-3 * t)


def hit(seed):
    t = np.arange(RATE // 5) / RATE
    return 0.3 * np.random.default_rng(seed).standard_normal(len(t)) * np.exp(-30 * t)


@pytest.fixture(scope="module")
def mixed(tmp_path_factory):
    """Three sounds with a pitch, and two without."""
    folder = tmp_path_factory.mktemp("mixed") / "mine"
    folder.mkdir()
    for name, pitch in PITCHES.items():
        soundfile.write(folder / f"{name}.wav", tone(pitch), RATE)
    for name in ("hat", "snare"):
        soundfile.write(folder / f"{name}.wav", hit(len(name)), RATE)
    return folder


@pytest.fixture
def order(mixed, notes_model, tmp_path, monkeypatch):
    monkeypatch.setattr("livehost.growing.distinct.NEAR", 1e-4)

    def make(name="grown", **terms):
        given = {"samples": mixed, "model": str(notes_model), "out": tmp_path / name, "count": 10, **terms}
        return Order(**given)

    return make


def roots(asked):
    """Name of each grown sound → its pitch as a bank hears it."""
    growth = Work(asked).grow(1)
    bank = open_bank(asked.out, RATE)
    measured = dict(zip(bank.names, bank.items["root"], strict=True))
    assert len(measured) == asked.count
    return growth, [(sound, float(measured[sound.name])) for sound in growth.record.grown]


def test_a_note_has_the_pitch_of_its_parent_or_that_of_another_sound_of_the_bank(order):
    growth, grown = roots(order())
    assert "by notes and its own phases;" in growth.summary()
    parents = {sound.parents[0].removesuffix(".wav") for sound, _ in grown}
    assert parents == {*PITCHES, "hat", "snare"}
    for sound, root in grown:
        parent = sound.parents[0].removesuffix(".wav")
        assert re.fullmatch(rf"{parent}~\d{{4}}\.wav", sound.name)
        wanted = [PITCHES[parent]] if parent in PITCHES else list(PITCHES.values())
        assert min(abs(root - pitch) for pitch in wanted) < 0.3


def test_a_note_between_two_lies_between_their_pitches(order):
    _, grown = roots(order(between=("low", "high"), spread=0.2, count=5))
    for sound, root in grown:
        assert sound.parents == ["low.wav", "high.wav"]
        assert root == pytest.approx(50 + 14 * sound.share, abs=0.3)


def test_a_note_is_as_long_as_its_parent(order):
    _, grown = roots(order(like=("middle",), count=2))
    assert [sound.seconds for sound, _ in grown] == pytest.approx([0.4, 0.4], abs=0.05)


def test_free_notes_have_the_pitches_of_the_bank(order):
    _, grown = roots(order(free=True, count=6))
    assert all(min(abs(root - pitch) for pitch in PITCHES.values()) < 0.3 for _, root in grown)
    assert len({round(root) for _, root in grown}) == 3


def test_where_no_sound_has_a_pitch_notes_lie_in_a_range_that_is_stated(tmp_path, order):
    (tmp_path / "hits").mkdir()
    for k in range(2):
        soundfile.write(tmp_path / "hits" / f"hit {k}.wav", hit(k), RATE)
    _, grown = roots(order(samples=tmp_path / "hits", count=6))
    found = [root for _, root in grown]
    assert all(NOTES[0] - 0.3 < root < NOTES[1] + 0.3 for root in found)
    assert max(found) - min(found) > 6
    bank = open_bank(tmp_path / "hits", RATE)
    assert {chosen_pitch(bank, k) for k in range(100)} == set(range(NOTES[0], NOTES[1] + 1))


def test_the_same_order_gives_the_same_bytes(order):
    one, two = order("a", count=3), order("b", count=3)
    for asked in (one, two):
        Work(asked).grow(1)
    files = [[(path.name, path.read_bytes()) for path in sorted(asked.out.glob("*.wav"))] for asked in (one, two)]
    assert files[0] == files[1]


def test_a_vocoder_has_nothing_to_do(order):
    with pytest.raises(LivehostError, match="notes plays its sounds itself: --vocoder is for models that make mels"):
        Work(order(vocoder="any"))


def test_the_command_needs_no_torch(mixed, notes_model, tmp_path):
    program = (
        "import sys; from livehost.cli import main; sys.argv = sys.argv[1:]\n"
        "try: main.main()\n"
        "finally: print(sorted({'torch', 'sklearn', 'librosa'} & set(sys.modules)))"
    )
    typed = f"livehost grow {mixed} --with {notes_model} --count 3 -o {tmp_path / 'grown'}"
    done = subprocess.run([sys.executable, "-c", program, *typed.split()], capture_output=True, text=True, check=True)
    assert "3 sounds," in done.stdout
    assert done.stdout.endswith("[]\n")
