import errno
import io
from types import SimpleNamespace

import numpy as np
from rich.console import Console

from livehost.studio.training import report
from livehost.studio.training.learner import StepResult
from livehost.studio.training.report import Report
from livehost.studio.training.task import Labels

AT = SimpleNamespace(step=7, seconds=65.0, units=5000, best_step=7)
TAKEN = StepResult(units=50, loss=3.25, parts={}, norm=1.0)
LABELS = Labels(unit="tokens", score="MRR", column="mrr")


def shown(terminal):
    console = Console(file=io.StringIO(), width=160, force_terminal=terminal, legacy_windows=False, color_system=None)
    told = Report(console, labels=LABELS)
    with told.running(8.0, None):
        told.step(AT, 0.5, TAKEN, 250.0)
        told.validated(AT, {"continue own": {"mrr": 0.5}}, 0.5, 245.0)
    return console.file.getvalue()


def test_the_time_left_is_shown_on_a_terminal():
    told = shown(terminal=True)
    assert "50 % about 4 min left step 7 · loss 3.250" in " ".join(told.split())
    assert "* step      7,   1.1 min, about 4 min left  MRR 0.500  continue own 0.500" in told


def test_and_every_so_often_in_a_pipe(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(report.time, "monotonic", lambda: now[0])
    console = Console(file=io.StringIO(), width=160)
    told = Report(console, labels=LABELS)
    with told.running(8.0, None):
        for second in range(100):
            now[0] = float(second)
            told.step(AT, 0.5, TAKEN, 250.0 - second)
    lines = [line for line in console.file.getvalue().splitlines() if "left" in line]
    assert [line.split(" · ")[0] for line in lines] == [
        "  about 4 min left", "  about 3 min left", "  about 3 min left",
    ]  # fmt: skip


def test_nobody_is_told_where_nobody_looks():
    told = Report(labels=LABELS)
    with told.running(8.0, None):
        told.step(AT, 0.5, TAKEN, 250.0)
        told.validated(AT, {"continue own": {"mrr": 0.5}}, 0.5, 245.0)


class FullDisk:
    """A sound that cannot be written."""

    name, rate, sound, picture = "1", 8000, np.zeros(8, np.float32), np.zeros((2, 2, 3))

    def __init__(self):
        self.asked = []

    def write(self, stem):
        self.asked.append(stem.name)
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_costs_the_sounds_and_not_the_training(tmp_path):
    told, one = Report(log=tmp_path / "log", labels=LABELS), FullDisk()
    told.shown(AT, [one])
    told.shown(AT, [one])
    told.close()
    assert one.asked == ["000007-1"]  # then it is left
