"""A progress bar, shown only when there is something to wait for; and how long that may be."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

#: A shorter wait need not be told in a pipe.
_WORTH_TELLING_S = 5.0


def lasting(seconds: float) -> str:
    """Write a time as people say it: ``40 s``, ``6 min``, ``1 h 20 min``."""
    if seconds < 90:
        return f"{max(seconds, 0):.0f} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


@contextmanager
def progress_bar(console: Console, what: str) -> Iterator[Callable[[int, int, str], None]]:
    """Give a callback ``(done, total, name)`` that draws a bar from its first call on.

    Parameters
    ----------
    console : rich.console.Console
        Where it is drawn; on no terminal, a line at every tenth, with the time left where that is some seconds.
    what : str
        What goes on, such as "Reading the bank".

    Yields
    ------
    callable
        To be called for each file, or whatever is counted.
    """
    columns = (
        TextColumn(what, markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
    )
    bar = Progress(*columns, console=console, transient=True)
    task = bar.add_task("", total=None, visible=False)
    started = False
    tenth, began = -1, time.monotonic()

    def progress(done: int, total: int, name: str) -> None:
        nonlocal started, tenth
        if not console.is_terminal:
            if total and done * 10 // total > tenth:
                tenth = done * 10 // total
                left = (time.monotonic() - began) * (total - done) / done if done else 0.0
                wait = f", about {lasting(left)} left" if left >= _WORTH_TELLING_S else ""
                console.print(f"{what}: {done} of {total}{wait}", markup=False, highlight=False)
            return
        if not started:
            bar.start()
            started = True
        bar.update(task, completed=done, total=total, description=name[-40:], visible=True)

    try:
        yield progress
    finally:
        if started:
            bar.stop()
