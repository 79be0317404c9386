"""One supervisor for one kept state."""

import os
import subprocess
import sys

import pytest

from livehost.errors import LivehostError
from livehost.supervise import lock
from livehost.supervise.lock import hold, holder, lock_file

HOLD = """
import sys
from pathlib import Path
from livehost.supervise.lock import hold
print(hold(Path(sys.argv[1])), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def other(tmp_path):
    """Another process that holds the lock of a state, and the state."""
    state = tmp_path / "new" / "state.toml"
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(state)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    process.stdout.readline()
    yield process, state
    process.kill()
    process.communicate()


@pytest.fixture(autouse=True)
def _released():
    yield
    while lock._held:
        os.close(lock._held.pop())


def test_the_second_is_refused_in_a_sentence_that_names_the_first(other):
    process, state = other
    with pytest.raises(LivehostError) as refused:
        hold(state)
    assert str(refused.value) == (
        f"A supervisor (process {process.pid}) looks after the livehost of {state} already: end that one first, or "
        "give this one a file of its own with LIVEHOST_STATE."
    )
    assert refused.value.exit_code == 2
    assert holder(state) == f" (process {process.pid})"


def test_it_goes_with_its_process_however_that_ends(other):
    process, state = other
    process.kill()
    process.wait()
    assert holder(state) == ""
    assert hold(state) == ""
    assert lock_file(state).read_text() == f"{os.getpid()}\n"


def test_nobody_holds_what_is_not_there(tmp_path):
    assert holder(tmp_path / "state.toml") == ""


def test_a_folder_that_cannot_be_made_is_a_reason(tmp_path):
    (tmp_path / "file").write_text("")
    assert hold(tmp_path / "file" / "state.toml") in ("Not a directory", "File exists")
