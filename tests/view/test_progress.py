import io

import pytest
from rich.console import Console

from livehost.view import progress
from livehost.view.progress import lasting, progress_bar


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-1, "0 s"),
        (0.4, "0 s"),
        (89, "89 s"),
        (90, "2 min"),
        (3500, "58 min"),
        (3600, "1 h 0 min"),
        (4810, "1 h 20 min"),
    ],
)
def test_times_as_people_say_them(seconds, words):
    assert lasting(seconds) == words


def test_a_pipe_gets_a_line_at_every_tenth_with_the_time_left(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    console = Console(file=io.StringIO(), width=80)
    with progress_bar(console, "Preparing, then 8 min of training") as tell:
        for done in range(21):
            now[0] = 2.0 * done
            tell(done, 20, "[/b].wav")
    lines = console.file.getvalue().splitlines()
    assert lines[0] == "Preparing, then 8 min of training: 0 of 20"
    assert lines[1] == "Preparing, then 8 min of training: 2 of 20, about 36 s left"
    assert lines[-1] == "Preparing, then 8 min of training: 20 of 20"
    assert len(lines) == 11


def test_names_are_mere_text_on_a_bar():
    console = Console(file=io.StringIO(), width=80, force_terminal=True)
    with progress_bar(console, "[/b]") as tell:
        tell(1, 2, "[/red] [bold].wav")
    assert "[/red] [bold].wav" in console.file.getvalue()
