"""What is seen of a training: a progress bar, a table, TensorBoard."""

import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, TextColumn
from rich.progress import Progress as Bar
from rich.table import Table as RichTable

from livehost.studio.bank_transformer.validation import SHOWN, Table
from livehost.view.progress import lasting

#: Steps between points of the curves.
EVERY = 20
#: Seconds between two lines where there is no bar.
TOLD_S = 30.0


class Report:
    """Shows how training goes, on a console and in TensorBoard.

    Parameters
    ----------
    console : Console, optional
        Nothing is shown without one.
    log : path, optional
        Folder for TensorBoard; nothing is logged without one.
    """

    def __init__(self, console: Console | None = None, log: Path | None = None) -> None:
        self.console = console
        self._told_s = time.monotonic()
        self._bar: Bar | None = None
        self._task: Any = None
        self._writer: Any = None
        self._last_score = float("nan")
        self._began: tuple[float, int] | None = None
        if log is not None:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                from torch.utils.tensorboard import SummaryWriter

            self._writer = SummaryWriter(str(log))

    @contextmanager
    def running(self, minutes: float, steps: int | None) -> Iterator[None]:
        """Show the bar while training."""
        if self.console is None:
            yield
            return
        what = f"{steps} steps" if steps is not None else f"{minutes:g} min"
        columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:.0f} %"),
                   TextColumn("{task.fields[left]}"), TextColumn("{task.fields[text]}"))  # fmt: skip
        with Bar(*columns, console=self.console, transient=not self.console.is_terminal) as self._bar:
            self._task = self._bar.add_task(f"Training, {what}", total=1.0, text="", left="")
            yield
        self._bar = None

    def step(
        self, progress: Any, share: float, loss: float, parts: dict[str, float], norm: float, left_s: float
    ) -> None:
        """Show a step, and how long the rest may take; in a pipe, every half a minute."""
        if self._began is None:
            self._began = (progress.seconds, progress.tokens)
        speed = (progress.tokens - self._began[1]) / max(progress.seconds - self._began[0], 1e-3)
        text = f"step {progress.step} · loss {loss:.3f} · MRR {self._last_score:.3f} · {speed:,.0f} tokens/s"
        left = f"about {lasting(left_s)} left"
        if self._bar is not None:
            self._bar.update(self._task, completed=share, text=text, left=left)
        if self.console is not None and not self.console.is_terminal and time.monotonic() - self._told_s >= TOLD_S:
            self._tell(f"  {left} · {text}")
        if progress.step % EVERY == 0:
            values = {"loss/total": loss, "gradient/length": norm, "speed/tokens": speed}
            self._log(values | {f"loss/{name}": value for name, value in parts.items()}, progress.step)

    def validated(self, progress: Any, table: Table, value: float, left_s: float) -> None:
        """Show a validation: one line."""
        self._last_score = value
        rows = {f"valid/{name}": row["mrr"] for name, row in table.items()}
        self._log(rows | {"valid/score": value}, progress.step)
        if self.console is not None and table:
            line = " · ".join(f"{name} {row['mrr']:.3f}" for name, row in table.items())
            mark = "*" if progress.best_step == progress.step else " "
            spent = f"{progress.seconds / 60:5.1f} min, about {lasting(left_s)} left"
            self._tell(f"{mark} step {progress.step:6d}, {spent}  MRR {value:.3f}  {line}")

    def _tell(self, line: str) -> None:
        self._told_s = time.monotonic()
        if self.console is not None:
            self.console.print(line)

    def close(self) -> None:
        """Finish the log."""
        writer, self._writer = self._writer, None
        if writer is not None:
            _forgivingly(writer.close)

    def _log(self, values: dict[str, float], step: int) -> None:
        if self._writer is None:
            return
        for name, value in values.items():
            if not _forgivingly(self._writer.add_scalar, name, value, step):
                self._writer = None
                break


def _forgivingly(function: Any, *arguments: Any) -> bool:
    """Do what writes curves; a full disk costs the curves, not the training."""
    try:
        function(*arguments)
    except OSError:
        return False
    return True


def shown(table: Table, before: Table | None = None) -> RichTable:
    """Make a table of a validation: MRR of the model and of the baselines, by task and domain."""
    columns = ["task and domain", "steps", *(["before"] if before else []), "model", "top-1", *SHOWN, "× best"]
    rich = RichTable(*columns, title="MRR on recordings that were not learnt from")
    for name, row in table.items():
        best = max((row[method] for method in SHOWN if method in row), default=0.0)
        was = [f"{before[name]['mrr']:.3f}" if name in before else ""] if before else []
        others = [f"{row[method]:.3f}" if method in row else "" for method in SHOWN]
        ratio = f"{row['mrr'] / best:.2f}" if best else ""
        rich.add_row(name, f"{row['steps']:.0f}", *was, f"{row['mrr']:.3f}", f"{row['top1']:.3f}", *others, ratio)
    return rich
