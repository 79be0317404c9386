"""The files of a session folder: what goes in comes out, and what was cut off is as whole as it can be."""

import errno
import json
import zlib

import numpy as np
import pytest

from livehost.engine.input_log import COMMAND, ENTRY, GATE, PART_SETTING, TAKEN
from livehost.engine.player_abi import PART
from livehost.errors import LivehostError
from livehost.record import RECORD_BYTES
from livehost.session_folder import append, layout
from livehost.session_folder.append import AppendFile
from livehost.session_folder.attention import AttentionFile, read_attention_file
from livehost.session_folder.inputs import AUDIO_THREAD, WORKER_THREAD, InputsFile, read_inputs
from livehost.session_folder.plans import open_plans, plan_bytes, read_plans
from livehost.session_folder.players import PlayerRecord, backend_of, read_player


def slot(frame, kind, number=0, payload=0):
    entry = np.zeros(1, ENTRY)
    entry["frame"], entry["kind"], entry["number"] = frame, kind, number
    return entry.tobytes() + bytes([payload]) * RECORD_BYTES


def attention(step, onsets, rng, part=0):
    """An event as the bus has it: so many positions, the weights of 2 layers with 3 heads."""
    rows = rng.random((2, 3, len(onsets))).astype(np.float32) ** 6
    rows /= rows.sum(axis=2, keepdims=True)
    return {
        "frame": 100 * step, "kind": "attention", "part": part, "step": step, "decision": step + 1, "rows": rows,
        "frames": onsets, "index": [k % 5 for k in onsets], "source": [k % 2 for k in onsets],
    }  # fmt: skip


def test_inputs_come_back_by_thread_with_the_records_of_commands(tmp_path):
    file = InputsFile(tmp_path / "inputs.bin", 48_000.0)
    file.write(AUDIO_THREAD, [slot(0, GATE, 3), slot(64, COMMAND, 7, payload=9), slot(64, TAKEN, 2)], 128)
    file.write(WORKER_THREAD, [slot(32, COMMAND, 5, payload=4), slot(96, GATE, 1)], 96)
    file.flush()
    first = (tmp_path / "inputs.bin").stat().st_size
    file.write(AUDIO_THREAD, [slot(128, COMMAND, 7, payload=8)], 192, closed=True)
    file.flush()
    file.file.close()
    found = read_inputs(tmp_path / "inputs.bin")
    assert found.audio.entries["kind"].tolist() == [GATE, COMMAND, TAKEN, COMMAND]
    assert found.audio.entries["number"].tolist() == [3, 0, 2, 1]
    assert found.audio.payloads[:, 0].tolist() == [9, 8]
    assert (found.audio.until, found.audio.closed, found.worker.until, found.worker.closed) == (192, True, 96, False)
    assert found.worker.entries["frame"].tolist() == [32]  # what is not told to be complete is left out
    assert not found.cut_off
    data = (tmp_path / "inputs.bin").read_bytes()
    ends = []
    for size in range(first, len(data)):
        (tmp_path / "inputs.bin").write_bytes(data[:size])
        cut = read_inputs(tmp_path / "inputs.bin")
        assert (cut.worker.until, cut.audio.payloads[:1, 0].tolist()) == (96, [9])
        ends.append(cut.audio.until)
    assert ends[0] == 128
    assert set(ends) <= {128, 192}
    (tmp_path / "inputs.bin").write_bytes(data[:first] + bytes([255] * 20) + data[first:])
    assert read_inputs(tmp_path / "inputs.bin").audio.until == 128


def test_inputs_of_the_format_before_are_read(tmp_path):
    path = tmp_path / "inputs.bin"
    file = InputsFile(path, 48_000.0)
    file.write(AUDIO_THREAD, [slot(0, GATE, 3), slot(64, COMMAND, 7, payload=9)], 128)
    file.flush()
    file.file.close()
    first, _, packed = path.read_bytes().partition(b"\n")
    found = read_inputs(path)
    header = json.loads(first) | {"format": 1}
    path.write_bytes(json.dumps(header).encode() + b"\n" + zlib.decompressobj().decompress(packed))
    before = read_inputs(path)
    assert before.audio.entries.tolist() == found.audio.entries.tolist()
    assert before.audio.payloads.tolist() == found.audio.payloads.tolist()
    assert (before.audio.until, len(before.audio.entries)) == (128, 2)


def test_settings_that_have_another_number_now_are_found_by_their_names(tmp_path):
    path, names = tmp_path / "inputs.bin", list(PART.names)
    file = InputsFile(path, 48_000.0)
    for part, name in ((0, names[0]), (1, names[3])):
        entry = np.zeros(1, ENTRY)
        entry["kind"], entry["index"], entry["value"] = PART_SETTING, part * len(names) + names.index(name), 0.5
        file.write(WORKER_THREAD, [entry.tobytes() + bytes(RECORD_BYTES)], 100)
    file.flush()
    file.file.close()
    was = read_inputs(path).worker.entries["index"].tolist()
    first, _, rest = path.read_bytes().partition(b"\n")
    header = json.loads(first)
    order = [names[3], *names[:3], *names[4:]]  # as another version had them
    path.write_bytes(json.dumps(header | {"part": order}).encode() + b"\n" + rest)
    then = [order[k % len(order)] for k in was]
    found = read_inputs(path).worker.entries["index"].tolist()
    assert [names[k % len(names)] for k in found] == then
    assert [k // len(names) for k in found] == [0, 1]
    path.write_bytes(json.dumps(header | {"part": ["gone", *names[1:]]}).encode() + b"\n" + rest)
    with pytest.raises(LivehostError, match=r"changes settings that this livehost does not have .gone."):
        read_inputs(path)


def test_attention_comes_back_as_it_was_but_for_small_weights(tmp_path):
    rng, file = np.random.default_rng(3), AttentionFile(tmp_path / "attention.bin", 48_000.0)
    told = [attention(0, [10], rng), attention(1, [10, 20], rng), attention(2, [10, 20, 30], rng)]
    told.append(attention(3, [10, 20, 31], rng))  # the last one has turned out to be another
    told.append(attention(4, [5, 6], rng, part=1))
    told.append(attention(5, [20, 31, 40], rng))  # the oldest has left the window
    told.append(attention(6, [50], rng))  # all is forgotten
    for event in told:
        file.add(event)
    file.blocks.pack()
    file.blocks.file.flush()
    file.blocks.file.close()
    found = list(read_attention_file(tmp_path / "attention.bin"))
    assert len(found) == len(told)
    for a, b in zip(told, found, strict=True):
        assert {k: a[k] for k in ("frame", "part", "step", "decision", "frames", "index", "source")} == {
            k: b[k] for k in ("frame", "part", "step", "decision", "frames", "index", "source")
        }
        largest = a["rows"].max(axis=2, keepdims=True)
        assert (np.abs(a["rows"] - b["rows"]) <= largest * (0.5 / 15 + 1e-3)).all()
        assert sum(b["mean"]) == pytest.approx(1.0)


def test_an_hour_of_attention_is_small(tmp_path):
    """A model of the usual size, stepped 35 times a second, in the middle of a long session."""
    rng, file = np.random.default_rng(0), AttentionFile(tmp_path / "attention.bin", 48_000.0)
    for step in range(350):
        positions = list(range(step, step + 257))
        rows = rng.random((4, 5, 257)).astype(np.float32) ** 24  # as peaked as those of trained models
        rows /= rows.sum(axis=2, keepdims=True)
        file.add({**attention(step, positions, rng), "rows": rows})
    file.blocks.pack()
    file.blocks.file.flush()
    file.blocks.file.close()
    per_hour = (tmp_path / "attention.bin").stat().st_size * 360
    assert per_hour < 250e6  # random weights; a log takes 1,800 MB for them


def test_plans_come_back(tmp_path):
    plan = {
        "frame": 480, "kind": "next", "decision": 3, "decide_ms": 0.5, "fallback": 1, "heard_ms": 8.0, "sounding": 1,
        "now": 0, "part": 1, "index": [4, 2], "probability": [0.75, 0.25],
    }  # fmt: skip
    writer = open_plans(tmp_path / "plans.bin", 48_000.0)
    writer.add(plan_bytes(plan))
    writer.pack()
    writer.add(plan_bytes({**plan, "index": [], "probability": []}))
    writer.pack()
    writer.file.flush()
    writer.file.close()
    assert list(read_plans(tmp_path / "plans.bin")) == [plan, {**plan, "index": [], "probability": []}]
    data = (tmp_path / "plans.bin").read_bytes()
    (tmp_path / "plans.bin").write_bytes(data[:-3])
    assert list(read_plans(tmp_path / "plans.bin")) == [plan]
    (tmp_path / "plans.bin").write_bytes(b"{}\n" + data)
    with pytest.raises(LivehostError, match="is not of kind 'livehost plans', format 2"):
        list(read_plans(tmp_path / "plans.bin"))


@pytest.mark.parametrize("context", [None, np.arange(3), {"a": np.arange(2), "b": np.ones((2, 2))}])
def test_a_player_comes_back_with_what_it_had_been_told(tmp_path, context):
    PlayerRecord(3, 1, {"player": "nearest"}, context, np.array([1, 0], np.uint8)).save(tmp_path / "p.npz")
    found = read_player(tmp_path / "p.npz")
    assert (found.number, found.part, found.about, found.verdicts.tolist()) == (3, 1, {"player": "nearest"}, [1, 0])
    if isinstance(context, dict):
        assert {name: array.tolist() for name, array in found.context.items()} == {"a": [0, 1], "b": [[1, 1], [1, 1]]}
    else:
        assert np.array_equal(found.context, context) if context is not None else found.context is None
    (tmp_path / "p.npz").write_bytes((tmp_path / "p.npz").read_bytes()[:50])
    with pytest.raises(LivehostError, match="it is not whole"):
        read_player(tmp_path / "p.npz")


@pytest.mark.parametrize(
    ("description", "backend"),
    [
        ("small, onnxruntime 1.31.1 native, CPU", "native"), ("small, onnxruntime 1 in a Python thread, CPU", "python"),
        ("small, TorchScript (torch 2.13.0) in a Python thread, CPU", "torchscript"), ("nearest", ""),
    ],
)  # fmt: skip
def test_a_description_tells_the_back_end(description, backend):
    assert backend_of(description) == backend


class FullDisk:
    """A file that takes so many bytes and no more."""

    def __init__(self, file, room):
        self._file, self.room = file, room

    def write(self, data):
        taken = self._file.write(data[: self.room])
        self.room -= taken
        if taken < len(data) and not self.room:
            if taken:
                return taken
            raise OSError(errno.ENOSPC, "No space left on device")
        return taken

    def __getattr__(self, name):
        return getattr(self._file, name)


def test_what_a_full_disk_does_not_take_is_written_once_it_has_room(tmp_path, monkeypatch):
    file = AppendFile(tmp_path / "a.bin")
    file._file = disk = FullDisk(file._file, 7)
    for piece in (b"abc", b"defg", b"hij"):
        file.add(piece)
    with pytest.raises(OSError, match="No space left"):
        file.flush()
    assert (tmp_path / "a.bin").read_bytes() == b"abcdefg"
    disk.room = 100
    file.flush()
    assert (tmp_path / "a.bin").read_bytes() == b"abcdefghij"
    monkeypatch.setattr(append, "MAX_WAITING", 5)
    file.add(b"1234")
    file.add(b"5678")
    assert file.lost == 1
    file.close()


def test_a_folder_that_holds_anything_stays(tmp_path):
    names = []
    for _ in range(3):
        folder = layout.make_session_folder(tmp_path / "evening")
        (folder / "a").touch()
        names.append(folder.name)
    assert names == ["evening", "evening-2", "evening-3"]
    (tmp_path / "file").touch()
    assert layout.make_session_folder(tmp_path / "file").name == "file-2"
