"""A session from settings to its end: the loop behind ``livehost run`` and ``livehost demo``."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from rich.console import Console

from livehost.bridge.osc.perform import Performer
from livehost.errors import LivehostError
from livehost.settings import Settings
from livehost.stage.begin import Begin
from livehost.stage.snapshot import Snapshot
from livehost.stage.stage import Stage
from livehost.stage.state_keeper import StateKeeper
from livehost.stage.supervision import ALONE, Supervision, restart_sentence
from livehost.view.keys import keyboard, shown
from livehost.view.terminal import BackgroundWriter, in_background

#: How long a session that was told to end may take over it, s; its exit status where it takes longer, and where it had
#: not begun.
CLOSING_S, ENDED_BY_FORCE, INTERRUPTED = 2.7, 75, 130
_REFRESH_S = 0.1
_POLL_S = 0.02


class Stop:
    """Whether the session is to end; `ready` once it can end by itself.

    It is no `threading.Event`: a signal that comes while the main thread holds the lock of one would wait for itself.
    """

    def __init__(self) -> None:
        self.ready, self._asked = False, False
        self._wake: SimpleQueue[None] = SimpleQueue()  # its `put` may be called from a signal handler

    def ask(self) -> None:
        """End the session, or what there is of one."""
        self._asked = True
        self._wake.put(None)
        if not self.ready:
            end_by_force_after(CLOSING_S, INTERRUPTED)  # an exception may get lost in a compiler
            raise KeyboardInterrupt

    def is_set(self) -> bool:
        """Tell whether it was asked for."""
        return self._asked

    def wait(self, seconds: float) -> None:
        """Wait until it is asked for, so long at most."""
        with suppress(Empty):
            self._wake.get(timeout=seconds)


@contextmanager
def interruptible(*, by_ctrl_c: bool = True) -> Iterator[Stop]:
    """Give an event that Ctrl-C, SIGTERM and a closed terminal set, so that all of them end a session cleanly.

    Before it is ready they raise KeyboardInterrupt: whatever it waits for, it waits no longer. Where a supervisor takes
    Ctrl-C, and passes it on as SIGTERM, it means nothing here.
    """
    stop = Stop()
    signals = [s for s in (*("SIGINT",)[: int(by_ctrl_c)], "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, s)]
    before: dict[int, Any] = {}
    if threading.current_thread() is threading.main_thread():
        for name in signals:
            number = getattr(signal, name)
            before[number] = signal.signal(number, lambda *_: stop.ask())
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@dataclass(frozen=True)
class Outcome:
    """How a session went.

    Attributes
    ----------
    rate : float
        Hz.
    snapshot : Snapshot
        The last one.
    """

    rate: float
    snapshot: Snapshot


def run_session(
    values: Settings,
    console: Console,
    *,
    ui: bool = True,
    also_write: Path | None = None,
    keep: Path | None = None,
    begin: Begin | None = None,
    supervision: Supervision = ALONE,
) -> Outcome:
    """Run one session.

    Parameters
    ----------
    values : Settings
        Everything that was asked for.
    console : rich.console.Console
        Where sentences, dashboard and summary go.
    ui : bool
        Show the dashboard where the console is a terminal.
    also_write : Path, optional
        Sound file that what is played is written to, while it sounds as well.
    keep : Path, optional
        File that its state is kept in, live, for the next session.
    begin : Begin, optional
        What an earlier session has left, from which it goes on.
    supervision : Supervision
        What it tells its supervisor, where there is one.

    Returns
    -------
    Outcome

    Raises
    ------
    LivehostError
        Where it could not start, the sound card was lost, or a file is not whole; all files are closed by then.
    """
    from livehost.view.dashboard import Dashboard, PlainLog, summary_table
    from livehost.view.progress import progress_bar

    began, say = time.monotonic(), _printer(console)
    begin = begin or Begin()
    with interruptible(by_ctrl_c=supervision.alone) as stop, in_background(console) as writer:
        with progress_bar(console, "Reading the bank") as progress:
            stage = Stage(values, say, progress, also_write)
        driver, monitor = stage.driver, stage.monitor
        if writer is not None:  # offline nothing is in a hurry, and every line counts
            writer.hurry_when(lambda: driver.realtime or stop.is_set())
        live = ui and console.is_terminal and driver.realtime
        keeper: StateKeeper | None = None
        printing = None if live else stage.bus.subscribe(PlainLog(console, driver.rate, values["player.mode"]).event)
        try:
            if begin.kept.scene:
                stage.control.scene_list.enter(begin.kept.scene)
            stage.start(lambda: stage.state.take_up(begin.kept, begin.path))
            stop.ready = True
            stage.state.record_on(begin.kept)
            if keep is not None and driver.realtime:
                keeper = StateKeeper(keep, stage.state.now, stage.state.write_contexts, stage.bus, stage.notices.warn)
                keeper.start()
                stage.watch.look_after(keeper.service)
            supervision.plays(stage.clocks)
            for service in supervision.services:
                stage.watch.look_after(service)
            if supervision.restarted:
                told = supervision.restart()
                stage.bus.publish("restarted", **told)
                stage.notices.warn(restart_sentence(told))
            say(
                f"Ready after {time.monotonic() - began:.1f} s: {monitor.info()['bank_size']} sounds, {driver.device}, "
                f"{driver.rate:.0f} Hz, blocks of {driver.block}."
            )
            with ExitStack() as open_now:
                refresh = _nothing
                if live:
                    dashboard = open_now.enter_context(Dashboard(console))
                    performer = Performer(stage.control, stage.outputs.osc, "key")
                    keys = open_now.enter_context(keyboard(performer, say))
                    if keys is not None:
                        stage.watch.look_after(keys)
                    names = (lambda: shown(values)) if keys is not None else None
                    refresh = _refresher(monitor.snapshot, dashboard.update, writer, names)
                while not stage.finished() and not stop.is_set():
                    refresh()
                    if supervision.turn():
                        signal.signal(signal.SIGINT, lambda *_: stop.ask())
                        stage.notices.warn("The supervisor is gone: it plays on, and nothing starts it again.")
                    if driver.realtime:
                        stop.wait(_POLL_S)
        finally:
            supervision.ends()
            if printing is not None:
                printing.close()  # its last fade is no panic to tell of
            with closing_in_time(stop.is_set()):
                if keeper is not None:
                    keeper.close()
                stage.close()
        console.print(summary_table(monitor.snapshot()))
    if stage.outputs.problems_at_close:
        raise LivehostError(" ".join(stage.outputs.problems_at_close))
    return Outcome(driver.rate, monitor.snapshot())


@contextmanager
def closing_in_time(asked: bool) -> Iterator[None]:
    """End the process where closing takes longer than whoever asked it to end will wait: something below us hangs.

    Files are right to the last second by then, and MIDI notes have ended.
    """
    timer = end_by_force_after(CLOSING_S, ENDED_BY_FORCE) if asked else None
    try:
        yield
    finally:
        if timer is not None:
            timer.cancel()


def end_by_force_after(seconds: float, code: int) -> threading.Timer:
    """End the process in a while, whatever holds it, unless the timer that is given is cancelled."""
    timer = threading.Timer(seconds, os._exit, (code,))
    timer.daemon = True
    timer.start()
    return timer


def _printer(console: Console) -> Callable[[str], None]:
    return lambda text: console.print(text, markup=False, highlight=False, soft_wrap=True)


def _nothing() -> None:
    """Refresh nothing."""


def _refresher(
    snapshot: Callable[[], Snapshot],
    show: Callable[[Snapshot], None],
    writer: BackgroundWriter | None,
    keys: Callable[[], tuple[tuple[str, str], ...]] | None,
) -> Callable[[], None]:
    """Give a function that shows a snapshot, with its keys, not too often, and only to a terminal that keeps up."""
    last = 0.0

    def refresh() -> None:
        nonlocal last
        if time.monotonic() - last >= _REFRESH_S and (writer is None or writer.idle):
            last = time.monotonic()
            show(snapshot() if keys is None else replace(snapshot(), keys=keys()))

    return refresh
