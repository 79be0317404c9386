"""A new kind of event: a row of the table of records, whoever emits it, a row of the table of addresses."""

import contextlib
import json
import re

import pytest

from tests.bridge.fakes import Patch


def test_it_touches_three_files(toys):
    assert toys.touched["event"] == {"events.py", "engine/worker/listener.py", "bridge/osc/sections/streams.py"}


def test_log_osc_terminal_and_dashboard_tell_of_it(toys, take, bank_dir, tmp_path):
    patch, log = Patch(), tmp_path / "e.jsonl"
    with contextlib.closing(patch.socket):
        said = toys.livehost(
            "run", "--driver", "offline", "--input", str(take), "--player", "nearest", "--bank", str(bank_dir),
            "--events", str(log), "--osc-out", f"127.0.0.1:{patch.port}", "--no-ui",
        )  # fmt: skip
        heard = patch.waiting()
    events = [json.loads(line) for line in log.read_text().splitlines()]
    over = [e["frame"] for e in events if e["kind"] == "segment"]
    (louder,) = [e for e in events if e["kind"] == "louder"]
    assert louder["frame"] == over[3]
    assert 6 < louder["by_db"] < 30
    told = [(address, *values) for address, *values in heard if address == "/livehost/event/louder"]
    assert told == [("/livehost/event/louder", pytest.approx(louder["by_db"], rel=1e-6))]
    (line,) = [line for line in said.splitlines() if " louder " in line]
    assert re.fullmatch(r" *0:0\d\.\d{3}  louder   by_db \d+\.\d\d", line)
    page = toys.session({"bank.dir": str(bank_dir), "audio.input": str(take), "player.name": "nearest"})["dashboard"]
    assert line.split(maxsplit=1)[1] in page
