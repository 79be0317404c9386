"""Any number of viewers look at one session, come and go, and change nothing: not the session, not one another."""

import io
import json
from dataclasses import replace

import pytest
from rich.console import Console

from livehost.settings import Settings
from livehost.stage.stage import Stage
from livehost.view.dashboard import Dashboard
from livehost.view.plain import PlainLog
from tests.foundations.conftest import STROKES


@pytest.fixture
def run(bank_dir, take, tmp_path):
    """Plays the take in pieces, and lets a viewer look between them; the log and the warnings."""

    def play(name, look=None):
        said = []
        values = {
            "audio.driver": "offline", "player.name": "nearest", "player.mode": "answer", "bank.dir": str(bank_dir),
            "audio.input": str(take),
            "log.events": str(tmp_path / f"{name}.jsonl"),
        }  # fmt: skip
        stage = Stage(Settings(values), said.append)
        stage.start()
        viewing = look(stage) if look else iter(int, 1)
        while not stage.finished():
            next(viewing)
        next(viewing)
        stage.close()
        lines = [json.loads(line) for line in (tmp_path / f"{name}.jsonl").read_text().splitlines()]
        return [e for e in lines[1:] if e["kind"] != "log"], said

    return play


def page():
    return Dashboard(Console(file=io.StringIO(), width=140, height=40))


def test_viewers_that_come_go_fail_and_never_read_change_nothing(run):
    told = {}

    def look(stage):
        pages, text = [page(), page()], io.StringIO()
        printed = stage.bus.subscribe(PlainLog(Console(file=text, width=200)).event)
        lazy, steady = stage.bus.queue(5), stage.bus.queue(100_000)

        def broken(_event):
            raise ValueError("a page that was closed")

        stage.bus.subscribe(broken)
        read, rounds = [], 0
        while True:
            first, second = (replace(stage.monitor.snapshot(), uptime_s=0.0) for _ in range(2))
            one, two = pages[0].render(first).plain, pages[1].render(second).plain
            assert one == two
            read += steady.read()
            rounds += 1
            if rounds == 5:
                printed.close()
                printed.close()
                told["printed"] = text.getvalue()
            told.update(rounds=rounds, read=read, lazy=lazy, later=text.getvalue())
            yield

    alone, _ = run("alone")
    watched, said = run("watched", look)
    assert watched == alone
    assert told["rounds"] > 10
    kinds = [e["kind"] for e in told["read"]]
    assert kinds.count("onset") == kinds.count("sample") == len(STROKES)
    assert len(told["lazy"].read()) == 5
    assert told["lazy"].dropped >= len(kinds) - 5
    assert told["printed"] == told["later"]
    assert 0 < told["printed"].count("answer") < len(STROKES)
    assert sum("broken has failed, and goes on" in line for line in said) == 1
