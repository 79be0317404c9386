"""A small bank, and a small export that makes sounds like its own: a mel VAE whose two halves are linear."""

import hashlib

import numpy as np
import onnx
import pytest
import soundfile
from onnx import TensorProto, helper, numpy_helper

from livehost.bank.load import open_bank
from livehost.dsp.mel_contract import MelContract
from livehost.growing.parents import mels_of
from livehost.inference.kinds.mel_vae import DECODER_FILE, ENCODER_FILE, NAME, to_tables
from livehost.inference.kinds.vocoder import MODEL_FILE, Pieces
from livehost.inference.kinds.vocoder import to_tables as vocoder_tables
from livehost.inference.manifest import Manifest
from livehost.inference.mel_units import to_units

#: As the standard, but small.
CONTRACT = MelContract(rate=16_000, fft_samples=512, hop_samples=128, bands=24, low_hz=50.0, high_hz=8000.0)
FRAMES, LATENT = 48, 8


def ping(hz, seconds=0.25, rate=16_000):
    """A struck tone, float32."""
    t = np.arange(round(seconds * rate)) / rate
    tone = np.sin(2 * np.pi * hz * t) + 0.3 * np.sin(2 * np.pi * 2.76 * hz * t)
    return (0.4 * tone * np.exp(-14 * t)).astype(np.float32)


@pytest.fixture(scope="session")
def samples(tmp_path_factory):
    """Twenty sounds at two rates, some of them stereo, some in a folder of their own."""
    folder = tmp_path_factory.mktemp("growing") / "mine"
    (folder / "high").mkdir(parents=True)
    for k in range(20):
        rate = (16_000, 22_050)[k % 2]
        sound = ping(120 * 1.18**k, 0.15 + 0.05 * (k % 4), rate)
        place = folder / "high" if k > 15 else folder
        soundfile.write(place / f"ping {k}.wav", np.stack([sound, sound / 2], 1) if k % 3 else sound, rate)
    return folder


@pytest.fixture(scope="session")
def model(samples, tmp_path_factory):
    """The export: the first principal components of the bank's mels, each of unit variance."""
    folder = tmp_path_factory.mktemp("exports") / "linear"
    folder.mkdir()
    bank = open_bank(samples, CONTRACT.rate)
    rows = to_units(mels_of(bank, range(len(bank)), CONTRACT), CONTRACT, FRAMES).reshape(len(bank), -1)
    middle = rows.mean(axis=0)
    _, values, axes = np.linalg.svd(rows - middle, full_matrices=False)
    scale = values[:LATENT] / np.sqrt(len(bank))
    sides = {
        ENCODER_FILE: encoder(axes[:LATENT].T / scale, middle), DECODER_FILE: decoder(axes[:LATENT].T * scale, middle)
    }  # fmt: skip
    for file, graph in sides.items():
        onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), folder / file)
    files = {file: hashlib.sha256((folder / file).read_bytes()).hexdigest() for file in sides}
    Manifest(
        name="linear", kind=NAME, model=DECODER_FILE, files=files, licence="CC0",
        tables=to_tables(CONTRACT, FRAMES, LATENT), data=[{"name": "mine", "licence": "CC0"}],
    ).write(folder)  # fmt: skip
    return folder


@pytest.fixture(scope="session")
def vocoder(tmp_path_factory):
    """A vocoder that writes a piece of a tone for each band of each frame."""
    return made_vocoder(tmp_path_factory.mktemp("vocoders") / "tones", CONTRACT)


def made_vocoder(folder, contract):
    folder.mkdir()
    t = np.arange(contract.hop_samples) / contract.rate
    tones = 0.02 * np.sin(2 * np.pi * np.geomspace(100, 3000, contract.bands)[:, None] * t)
    nodes = [
        helper.make_node("Transpose", ["mels"], ["frames"], perm=[0, 2, 1]),
        helper.make_node("MatMul", ["frames", "tones"], ["pieces"]),
        helper.make_node("Reshape", ["pieces", "line"], ["sound"]),
    ]  # fmt: skip
    graph = helper.make_graph(
        nodes, "vocoder", [tensor("mels", contract.bands, "frames")], [tensor("sound", "samples")],
        constants({"tones": tones, "line": np.array([0, -1])}),
    )  # fmt: skip
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), folder / MODEL_FILE)
    files = {MODEL_FILE: hashlib.sha256((folder / MODEL_FILE).read_bytes()).hexdigest()}
    pieces = Pieces(reach=0, fewest=1, rounds=0, soft=0.0)
    tables = vocoder_tables(contract, pieces)
    Manifest(name=folder.name, kind="vocoder", model=MODEL_FILE, files=files, tables=tables).write(folder)
    return folder


def encoder(weights, middle):
    size = CONTRACT.bands * FRAMES
    nodes = [
        helper.make_node("Reshape", ["mels", "flat"], ["rows"]), helper.make_node("Sub", ["rows", "middle"], ["apart"]),
        helper.make_node("MatMul", ["apart", "weights"], ["mean"]), helper.make_node("Sub", ["mean", "mean"], ["same"]),
        helper.make_node("Identity", ["same"], ["log_variance"]),
    ]  # fmt: skip
    known = {"flat": np.array([-1, size]), "middle": middle, "weights": weights}
    outputs = [tensor("mean", LATENT), tensor("log_variance", LATENT)]
    return helper.make_graph(nodes, "encoder", [tensor("mels", CONTRACT.bands, FRAMES)], outputs, constants(known))


def decoder(weights, middle):
    nodes = [
        helper.make_node("MatMul", ["codes", "weights"], ["apart"]),
        helper.make_node("Add", ["apart", "middle"], ["rows"]), helper.make_node("Reshape", ["rows", "box"], ["mels"]),
    ]  # fmt: skip
    known = {"box": np.array([-1, CONTRACT.bands, FRAMES]), "middle": middle, "weights": weights.T}
    outputs = [tensor("mels", CONTRACT.bands, FRAMES)]
    return helper.make_graph(nodes, "decoder", [tensor("codes", LATENT)], outputs, constants(known))


def tensor(name, *shape):
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", *shape])


def constants(known):
    return [
        numpy_helper.from_array(np.ascontiguousarray(value, np.int64 if value.dtype.kind == "i" else np.float32), name)
        for name, value in known.items()
    ]
