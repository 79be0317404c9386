"""The loop around a stage: what is shown, who is watched, how it ends; the stage itself is made up."""

import contextlib
import io
import signal
import threading
from types import SimpleNamespace

import pytest
from rich.console import Console

from livehost.errors import LivehostError
from livehost.settings import Settings
from livehost.stage import session
from livehost.stage.event_bus import EventBus
from livehost.stage.session import INTERRUPTED, Stop, closing_in_time, interruptible, run_session
from livehost.stage.snapshot import Snapshot
from livehost.view.keys import KEYS


class MadeUp:
    """A stage that is over after a number of turns."""

    def __init__(self, turns=3, realtime=True, problems=()):
        self.turns, self.did, self.watched = turns, [], []
        self.driver = SimpleNamespace(realtime=realtime, rate=1000.0, device="a card", block=64)
        self.monitor = SimpleNamespace(info=lambda: {"bank_size": 5}, snapshot=self._snapshot)
        self.bus = EventBus(lambda _: None)
        self.watch = SimpleNamespace(look_after=self.watched.append)
        self.control, self.outputs = object(), SimpleNamespace(problems_at_close=[], osc=None)
        self.state = SimpleNamespace(take_up=lambda *_: None, record_on=lambda *_: None)
        self._problems, self.snapshots = list(problems), 0
        self.notices = SimpleNamespace(warn=self.did.append)

    def _snapshot(self):
        self.snapshots += 1
        return Snapshot(rate=self.driver.rate, frame=self.snapshots)

    def start(self, prepare):
        prepare()
        self.did.append("start")

    def clocks(self):
        return 1, 2, 3

    def finished(self):
        self.turns -= 1
        return self.turns <= 0

    def close(self):
        self.bus.publish("log", level="info", text="its last fade")
        self.bus.pump()
        self.did.append("close")
        self.outputs.problems_at_close = self._problems


@pytest.fixture
def run(monkeypatch):
    """Run a session of a made-up stage; its outcome, and what stood on the console."""
    monkeypatch.setattr(session, "_POLL_S", 0.0)

    def go(stage, *, terminal=False, keys=None, **more):
        @contextlib.contextmanager
        def keyboard(performer, say):
            assert performer is not None
            yield keys

        def make(values, say, progress, also_write):
            say("Reading.")
            progress(1, 2, "a.wav")
            stage.did.append((values["bank.dir"], also_write))
            return stage

        monkeypatch.setattr(session, "Stage", make)
        monkeypatch.setattr(session, "keyboard", keyboard)
        console = Console(file=io.StringIO(), force_terminal=terminal, width=120)
        outcome = run_session(Settings({"bank.dir": "sounds"}), console, **more)
        return outcome, console.file.getvalue()

    return go


@pytest.fixture
def shown(monkeypatch):
    """Snapshots that a dashboard was given."""
    given = []

    @contextlib.contextmanager
    def dashboard(_console):
        yield SimpleNamespace(update=given.append)

    monkeypatch.setattr("livehost.view.dashboard.Dashboard", dashboard)
    return given


def test_it_starts_says_so_and_closes(run):
    stage = MadeUp()
    outcome, text = run(stage, also_write="copy.wav")
    assert stage.did == [("sounds", "copy.wav"), "start", "close"]
    assert "Reading." in text
    assert "5 sounds, a card, 1000 Hz, blocks of 64." in text
    assert (outcome.rate, outcome.snapshot.rate) == (1000.0, 1000.0)
    assert stage.turns == 0


@pytest.mark.parametrize("realtime", [True, False])
def test_without_a_terminal_events_are_printed_up_to_the_end(run, shown, realtime):
    stage = MadeUp(realtime=realtime)

    def start(_prepare):
        stage.bus.publish("log", level="info", text="a word")
        stage.bus.publish("sample", index=1, name="kick", reason="answer", decision=1)
        stage.bus.pump()

    stage.start = start
    _, text = run(stage)
    assert "kick" in text
    assert "its last fade" not in text
    assert shown == []
    assert stage.watched == []


def test_the_keyboard_is_looked_after_and_its_keys_are_shown(run, shown):
    stage, keys = MadeUp(), object()
    run(stage, terminal=True, keys=keys)
    assert stage.watched == [keys]
    ((*_, (name, word)),) = [snapshot.keys for snapshot in shown]
    assert (name, word) == (KEYS[-1].name, KEYS[-1].word)


def test_without_a_keyboard_no_keys_are_shown_and_nobody_is_looked_after(run, shown):
    stage = MadeUp()
    run(stage, terminal=True)
    assert stage.watched == []
    assert [snapshot.keys for snapshot in shown] == [Snapshot().keys]


@pytest.mark.parametrize(("realtime", "ui"), [(False, True), (True, False)])
def test_offline_or_where_it_is_not_wanted_there_is_no_dashboard(run, shown, realtime, ui):
    run(MadeUp(realtime=realtime), terminal=True, keys=object(), ui=ui)
    assert shown == []


def test_the_dashboard_is_refreshed_ten_times_a_second_by_a_writer_that_keeps_up(monkeypatch):
    clock, taken, writer = [100.0], [], SimpleNamespace(idle=True)
    monkeypatch.setattr(session.time, "monotonic", lambda: clock[0])
    refresh = session._refresher(Snapshot, taken.append, writer, None)
    for seconds, count in ((0.0, 1), (0.05, 1), (0.0501, 2), (0.09, 2), (0.011, 3)):
        clock[0] += seconds
        refresh()
        assert len(taken) == count
    writer.idle = False
    clock[0] += 1.0
    refresh()
    assert len(taken) == 3
    writer.idle = True
    refresh()
    assert len(taken) == 4


def test_files_that_are_not_whole_are_an_error_at_the_end(run):
    stage = MadeUp(problems=["One is short.", "Another is gone."])
    with pytest.raises(LivehostError, match=r"^One is short\. Another is gone\.$") as ended:
        run(stage)
    assert ended.value.exit_code == 1
    assert stage.did[-1] == "close"


def test_what_goes_wrong_meanwhile_closes_it_all_the_same(run):
    stage = MadeUp()
    stage.finished = lambda: 1 / 0
    with pytest.raises(ZeroDivisionError):
        run(stage)
    assert stage.did[-1] == "close"


@pytest.fixture
def ended(monkeypatch):
    """Timers that would end the process: [(seconds, code, whether it was cancelled)]."""
    timers = []

    class Timer:
        def __init__(self, seconds, function, arguments):
            assert function is session.os._exit
            self.told, self.cancelled, self.started = (seconds, *arguments), False, False
            timers.append(self)

        def start(self):
            assert self.daemon
            self.started = True

        def cancel(self):
            self.cancelled = True

    monkeypatch.setattr(session.threading, "Timer", Timer)
    return timers


def test_a_signal_ends_a_session_that_can_end_by_itself_and_breaks_off_one_that_cannot(ended):
    stop = Stop()
    stop.ready = True
    stop.ask()
    assert stop.is_set()
    assert ended == []
    stop = Stop()
    with pytest.raises(KeyboardInterrupt):
        stop.ask()
    assert stop.is_set()
    (timer,) = ended
    assert (timer.told, timer.started, timer.cancelled) == ((2.7, INTERRUPTED), True, False)
    assert INTERRUPTED == 130


def test_closing_takes_no_longer_than_whoever_asked_will_wait(ended):
    with closing_in_time(False):
        pass
    assert ended == []
    with closing_in_time(True):
        assert [(timer.told, timer.started, timer.cancelled) for timer in ended] == [((2.7, 75), True, False)]
    assert ended[0].cancelled
    with pytest.raises(ZeroDivisionError), closing_in_time(True):
        raise ZeroDivisionError
    assert ended[1].cancelled


def test_a_session_that_was_asked_to_end_is_closed_in_time(run, ended):
    stage = MadeUp(turns=10**9)
    asked = iter(range(10))

    def finished():
        if next(asked) == 3:
            signal.raise_signal(signal.SIGTERM)
        return False

    stage.finished = finished
    run(stage)
    assert stage.did[-1] == "close"
    assert [timer.told for timer in ended] == [(2.7, 75)]


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_signals_are_taken_for_as_long_as_the_session_lasts(name):
    number = getattr(signal, name)
    before = signal.getsignal(number)
    with interruptible() as stop:
        stop.ready = True
        signal.raise_signal(number)
        assert stop.is_set()
    assert signal.getsignal(number) is before


def test_in_another_thread_signals_are_left_alone():
    before, stops = signal.getsignal(signal.SIGTERM), []

    def work():
        with interruptible() as stop:
            stops.append((stop.is_set(), signal.getsignal(signal.SIGTERM) is before))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert stops == [(False, True)]


def test_a_signal_at_any_moment_of_the_wait_is_taken():
    stop = Stop()
    stop.ready = True
    taken = []
    before = signal.signal(signal.SIGALRM, lambda *_: (stop.ask(), taken.append(1)))
    signal.setitimer(signal.ITIMER_REAL, 0.0002, 0.0002)
    try:
        while len(taken) < 3000:
            stop.wait(0.0001)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert stop.is_set()
