"""What is seen of a training run: a progress bar, a line for each validation, TensorBoard, and the run's own file."""

import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from livehost.studio.training.learner import StepResult
from livehost.studio.training.run_file import RunFile
from livehost.studio.training.shown import SHOWN, Shown
from livehost.studio.training.state import TrainingState
from livehost.studio.training.task import Labels, Table
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
    labels : Labels
        Of the task's numbers.
    file : RunFile, optional
        Keeps what was validated.
    """

    def __init__(
        self,
        console: Console | None = None,
        log: Path | None = None,
        labels: Labels | None = None,
        file: RunFile | None = None,
    ) -> None:
        self.console, self.labels, self._file = console, labels or Labels(), file
        self._losses: list[float] = []
        self._told_s = time.monotonic()
        self._bar: Progress | None = None
        self._bar_task: Any = None
        self._writer: Any = None
        self._last_score = float("nan")
        self._began: tuple[float, int] | None = None
        if log is not None:
            self._shown_folder = log.parent / SHOWN
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
        with Progress(*columns, console=self.console, transient=not self.console.is_terminal) as self._bar:
            self._bar_task = self._bar.add_task(f"Training, {what}", total=1.0, text="", left="")
            yield
        self._bar = None

    def step(self, state: TrainingState, share: float, taken: StepResult, left_s: float) -> None:
        """Show a step; in a pipe, every half a minute.

        Parameters
        ----------
        state : TrainingState
            After it.
        share : float
            Of the budget that is used up, 0 … 1.
        taken : StepResult
        left_s : float
            How long the rest may take, seconds.
        """
        unit = self.labels.unit
        self._losses.append(taken.loss)
        if self._began is None:
            self._began = (state.seconds, state.units)
        speed = (state.units - self._began[1]) / max(state.seconds - self._began[0], 1e-3)
        score = f"{self.labels.score} {self._last_score:.3f}"
        text = f"step {state.step} · loss {taken.loss:.3f} · {score} · {speed:,.0f} {unit}/s"
        left = f"about {lasting(left_s)} left"
        if self._bar is not None:
            self._bar.update(self._bar_task, completed=share, text=text, left=left)
        if self.console is not None and not self.console.is_terminal and time.monotonic() - self._told_s >= TOLD_S:
            self._print(f"  {left} · {text}")
        if state.step % EVERY == 0:
            values = {"loss/total": taken.loss, "gradient/length": taken.norm, f"speed/{unit}": speed}
            self._log(values | {f"loss/{name}": value for name, value in taken.parts.items()}, state.step)

    def validated(self, state: TrainingState, table: Table, value: float, left_s: float) -> None:
        """Show a validation: one line, with a star where it is the best so far."""
        self._last_score, column = value, self.labels.column
        if self._file is not None:
            loss = sum(self._losses) / len(self._losses) if self._losses else float("nan")
            self._file.validated(asdict(state), table, value, loss)
        self._losses.clear()
        if self._writer is not None:
            rows = {f"valid/{name}": row[column] for name, row in table.items()}
            self._log(rows | {"valid/score": value}, state.step)
        if self.console is not None and table:
            line = " · ".join(f"{name} {row[column]:.3f}" for name, row in table.items())
            mark = "*" if state.best_step == state.step else " "
            spent = f"{state.seconds / 60:5.1f} min, about {lasting(left_s)} left"
            self._print(f"{mark} step {state.step:6d}, {spent}  {self.labels.score} {value:.3f}  {line}")

    def shown(self, state: TrainingState, shown: Sequence[Shown]) -> None:
        """Write what the model sounds like, as files and into TensorBoard."""
        for one in shown:
            if self._writer is not None and not _forgivingly(self._write_shown, one, state.step, self._writer):
                self._writer = None

    def _write_shown(self, shown: Shown, step: int, writer: Any) -> None:
        self._shown_folder.mkdir(exist_ok=True)
        shown.write(self._shown_folder / f"{step:06d}-{shown.name}")
        writer.add_audio(f"{SHOWN}/{shown.name}", shown.sound[None], step, shown.rate)
        writer.add_image(f"{SHOWN}/{shown.name}", shown.picture, step, dataformats="HWC")

    def _print(self, line: str) -> None:
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
