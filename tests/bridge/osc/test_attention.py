"""A step of the model on its way out: what OSC says adds up, and the log is read back as it was."""

import contextlib

import numpy as np
import pytest

from livehost.bridge.event_log import line
from livehost.bridge.osc import wire
from livehost.bridge.osc.attention import LONGEST, PIECE, head_messages, log_line, messages
from livehost.bridge.osc.sender import PACKET_BYTES, OscSender
from livehost.view.attention.log import read_attention
from tests.bridge.fakes import Patch

PATH = "/livehost/attention"


def step(positions, layers=2, heads=3):
    rng = np.random.default_rng(positions)
    rows = rng.random((layers, heads, positions)).astype("f4")
    rows /= rows.sum(axis=2, keepdims=True)
    mean = rows.mean(axis=(0, 1))
    best = np.argsort(-mean)[:8].tolist()
    source = [k % 2 for k in range(positions)]
    index = [k if k % 2 else -1 for k in range(positions)]
    missing = 8 - len(best)
    return {
        "frame": 960, "kind": "attention", "part": 0, "step": 41, "decision": 7, "memory": 1, "slot": 0,
        "layers": layers, "heads": heads, "positions": positions, "rows": rows, "mean": mean,
        "source": source, "index": index, "frames": [100 * k for k in range(positions)],
        "top_position": best + [-1] * missing, "top_weight": mean[best].tolist() + [0.0] * missing,
        "top_index": [index[b] for b in best] + [-1] * missing,
    }  # fmt: skip


def decoded(built):
    out = {}
    for key, packet in built.items():
        assert len(packet) + 20 <= PACKET_BYTES
        (message,) = wire.decode(packet)
        assert message.address == key.split()[0]
        out[key] = message.args
    return out


@pytest.mark.parametrize("positions", [1, 5, 256, 257])
def test_every_row_that_is_sent_sums_to_1_and_fits_a_packet(positions):
    event, count = step(positions), min(positions, LONGEST)
    told, heads = decoded(messages(event)), decoded(head_messages(event))
    assert told[f"{PATH}/frame"] == (41, 2, 3, count)
    assert len(told[f"{PATH}/mean"]) == count
    assert sum(told[f"{PATH}/mean"]) == pytest.approx(1, abs=1e-5)
    kept = event["mean"][-count:]
    np.testing.assert_allclose(told[f"{PATH}/mean"], kept / kept.sum(), atol=1e-6)
    assert set(heads) == {f"{PATH}/{layer:02d}/{head:02d}" for layer in range(2) for head in range(3)}
    assert all(sum(row) == pytest.approx(1, abs=1e-5) for row in heads.values())


def test_the_positions_come_in_pieces_with_an_offset():
    event = step(257)
    told = decoded(messages(event))
    pairs = []
    for at in range(0, LONGEST, PIECE):
        offset, *values = told[f"{PATH}/source {at}"]
        assert offset == at == len(pairs)
        pairs += zip(values[::2], values[1::2], strict=True)
    assert pairs == list(zip(event["source"][1:], event["index"][1:], strict=True))


def test_the_top_is_counted_in_what_is_sent():
    event = step(257)
    values = decoded(messages(event))[f"{PATH}/top"]
    for position, weight, index in zip(values[::3], values[1::3], values[2::3], strict=True):
        assert event["mean"][position + 1] == pytest.approx(weight)
        assert event["index"][position + 1] == index
    assert decoded(messages(step(2)))[f"{PATH}/top"][3:] != ()
    assert len(decoded(messages(step(2)))[f"{PATH}/top"]) == 6


def test_the_log_is_read_back(tmp_path):
    event = step(9)
    path = tmp_path / "e.jsonl"
    path.write_text(line(log_line(event, "rows")) + line(log_line(event, "mean")))
    log = read_attention(path)
    assert log.broken == 0
    assert [look.frame for look in log.looks] == [960, 960]
    for look in log.looks:
        np.testing.assert_allclose(look.weight, event["mean"], atol=1e-5)
        assert look.source.tolist() == event["source"]
        assert look.index.tolist() == event["index"]
        assert look.onset.tolist() == event["frames"]
    np.testing.assert_allclose(log.heads, event["rows"][:, :, ::-1], atol=1e-3)


def test_nothing_is_logged_that_was_not_asked_for_or_came_too_late():
    event = step(3)
    assert log_line(event, "off") is None
    assert "rows" not in log_line(event, "mean")
    del event["rows"]
    assert log_line(event, "rows") is None


def test_who_gets_what():
    ears, other = Patch(), Patch()
    with contextlib.closing(ears.socket), contextlib.closing(other.socket):
        with contextlib.closing(OscSender(f"127.0.0.1:{ears.port}")) as sender:
            sender.subscribe(("127.0.0.1", other.port), "heads")
            sender.event(step(4))
            first = ears.hear()
            heads = other.hear()
            late = step(4)
            del late["rows"]
            sender.event(late)
        assert {m[0] for m in first} == {f"{PATH}/{name}" for name in ("frame", "mean", "source", "top")}
        assert len(heads) == 6
        assert {len(m) for m in heads} == {5}
        assert ears.waiting() == other.waiting() == []
