"""A progress bar, shown only when there is something to wait for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


@contextmanager
def progress_bar(console: Console, what: str) -> Iterator[Callable[[int, int, str], None]]:
    """Give a callback ``(done, total, name)`` that draws a bar from its first call on.

    Parameters
    ----------
    console : rich.console.Console
        Where it is drawn; on no terminal, a line at every tenth.
    what : str
        What goes on, such as "Reading the bank".

    Yields
    ------
    callable
        To be called for each file, or whatever is counted.
    """
    columns = (
        TextColumn(what),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    bar = Progress(*columns, console=console, transient=True)
    task = bar.add_task("", total=None, visible=False)
    started = False
    tenth = -1

    def progress(done: int, total: int, name: str) -> None:
        nonlocal started, tenth
        if not console.is_terminal:
            if total and done * 10 // total > tenth:
                tenth = done * 10 // total
                console.print(f"{what}: {done} of {total}", highlight=False)
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
