"""The supervisor and small programs that stand in for livehost: they beat, die, hang, and end."""

import contextlib
import os
import pty
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.waiting import until

#: A stand-in: appends what it was told to a file, and does what its first argument says at its n-th start.
CHILD = """
import os, signal, sys, time
from livehost.supervise.link import PLAYING, Beat, supervised
link = supervised()
with open(sys.argv[1], "a") as file:
    print(os.getpid(), link.restarts, link.failsafe, link.why, sep="|", file=file)
plan = sys.argv[2:]
what = plan[min(link.restarts, len(plan) - 1)]
turn = 0
def beat():
    global turn
    turn += 1
    os.write(link.beats, Beat(PLAYING, turn, turn, turn, turn).pack())
if what.startswith("exit"):
    beat()
    sys.exit(int(what[4:]))
if what == "fails":
    sys.exit(1)
if what == "die":
    beat()
    os.kill(os.getpid(), signal.SIGKILL)
if what == "deaf":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
if what == "well":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(5))
while True:
    if what != "hang":
        beat()
    time.sleep(0.05)
"""
#: The supervisor in a process of its own, its patience shortened.
PARENT = """
import sys
from livehost.supervise import supervisor, watchdog
watchdog.SILENT_S = watchdog.STARTING_S = 0.8
supervisor.ENDING_S = 0.5
sys.exit(supervisor.Supervisor([sys.executable, "-c", sys.argv[1], *sys.argv[2:]]).run())
"""


class Supervised:
    """A supervisor that runs a stand-in with a plan."""

    def __init__(self, folder, *plan, **options):
        self.told = folder / "told"
        command = [sys.executable, "-c", PARENT, CHILD, str(self.told), *plan]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, **options)

    def starts(self):
        lines = self.told.read_text().splitlines() if self.told.exists() else []
        return [line.split("|") for line in lines]

    def wait_for_start(self, number):
        until(lambda: len(self.starts()) >= number, f"start {number}")
        return int(self.starts()[number - 1][0])

    def end(self):
        _, errors = self.process.communicate(timeout=20)
        return self.process.returncode, errors


@pytest.fixture
def supervise(tmp_path):
    made = []

    def make(*plan, **options):
        made.append(Supervised(tmp_path, *plan, **options))
        return made[-1]

    yield make
    for one in made:
        one.process.kill()
        for pid, *_ in one.starts():
            with contextlib.suppress(OSError):
                os.kill(int(pid), signal.SIGKILL)
        one.process.communicate()


@pytest.mark.parametrize("code", [0, 1, 2, 7])
def test_an_exit_status_passes_through(supervise, code):
    one = supervise(f"exit{code}")
    assert one.end() == (code, "")
    assert len(one.starts()) == 1


def test_one_that_is_killed_is_started_again_and_told_why(supervise):
    one = supervise("well")
    os.kill(one.wait_for_start(1), signal.SIGKILL)
    second = one.wait_for_start(2)
    assert [start[1:] for start in one.starts()] == [
        ["0", "False", ""], ["1", "False", "livehost was killed by signal 9 (SIGKILL)"]
    ]  # fmt: skip
    until(lambda: _deaf_to(second, signal.SIGINT), "it leaves Ctrl-C to its supervisor")
    one.process.send_signal(signal.SIGINT)
    assert one.end() == (5, "livehost: livehost was killed by signal 9 (SIGKILL). It is started again.\n")
    with pytest.raises(ProcessLookupError):
        os.kill(second, 0)


def _signals(pid, number, *what):
    """Whether a process ignores ("SigIgn") or catches ("SigCgt") a signal."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return any(int(line.split()[1], 16) >> (number - 1) & 1 for line in lines if line.startswith(what))


def _deaf_to(pid, number):
    return _signals(pid, number, "SigIgn")


def test_the_third_crash_in_a_minute_begins_failsafe(supervise):
    one = supervise("die", "die", "die", "exit0")
    code, errors = one.end()
    assert code == 0
    assert [start[2] for start in one.starts()] == ["False", "False", "False", "True"]
    assert errors.endswith("livehost was killed by signal 9 (SIGKILL). It begins again in failsafe.\n")


def test_one_that_hangs_is_killed_and_started_again(supervise):
    one = supervise("hang", "exit0")
    assert one.end()[0] == 0
    assert one.starts()[1][3] == "livehost hung: Python stood still for 1 s"


def test_a_process_that_is_stopped_hangs(supervise):
    one = supervise("well", "exit3")
    os.kill(one.wait_for_start(1), signal.SIGSTOP)
    assert one.end()[0] == 3


def test_a_restart_that_fails_is_tried_again(supervise):
    one = supervise("die", "fails", "exit4")
    assert one.end()[0] == 4
    assert one.starts()[2][3] == "livehost ended with exit status 1"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_is_passed_on(supervise, number):
    one = supervise("well")
    one.wait_for_start(1)
    _let_it_handle(one)
    one.process.send_signal(number)
    assert one.end() == (5, "")


def test_one_that_does_not_end_in_time_is_killed(supervise):
    one = supervise("deaf")
    one.wait_for_start(1)
    _let_it_handle(one)
    one.process.send_signal(signal.SIGTERM)
    assert one.end() == (75, "")


def _let_it_handle(one):
    """Wait until the stand-in catches or ignores SIGTERM."""
    pid = int(one.starts()[0][0])
    until(lambda: _signals(pid, signal.SIGTERM, "SigIgn", "SigCgt"), "the stand-in takes SIGTERM")


def test_ctrl_c_on_the_terminal_ends_both_and_the_terminal_is_as_before(supervise):
    import termios

    outer, inner = pty.openpty()
    said = []
    try:
        before = termios.tcgetattr(inner)
        one = supervise("well", stdin=inner, stdout=inner, start_new_session=True, preexec_fn=_controlled_by(inner))
        pid = one.wait_for_start(1)
        _let_it_handle(one)
        raw = list(before)
        raw[3] &= ~termios.ECHO
        termios.tcsetattr(inner, termios.TCSANOW, raw)  # as a dashboard leaves it that is killed
        os.kill(pid, signal.SIGKILL)
        one.wait_for_start(2)
        until(lambda: termios.tcgetattr(inner)[3] == before[3], "the terminal is put back")
        reader = threading.Thread(target=lambda: said.append(os.read(outer, 4096)), daemon=True)
        reader.start()
        reader.join(10)
        assert b"\x1b[?25h" in said[0]
        assert b"\x1b[?1049l" in said[0]
        second = int(one.starts()[1][0])
        until(lambda: _deaf_to(second, signal.SIGINT), "it leaves Ctrl-C to its supervisor")
        os.write(outer, b"\x03")
        assert one.end()[0] in (5, 143)
        with pytest.raises(ProcessLookupError):
            os.kill(second, 0)
    finally:
        os.close(outer)
        os.close(inner)


def _controlled_by(terminal):
    def take():
        import fcntl
        import termios

        fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)

    return take
