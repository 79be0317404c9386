"""A bank that grows while it plays: by a process that goes behind everything else, and a hot swap at its end."""

import contextlib
import json
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from livehost.errors import LivehostError
from livehost.settings import Settings
from livehost.stage.background_job import Busy, Fail
from livehost.stage.catalogue import Catalogue, bare
from livehost.stage.event_bus import EventBus
from livehost.stage.hot_swap import HotSwap
from livehost.stage.notices import Notices

#: What runs the process.
COMMAND = [sys.executable, "-m", "livehost.growing.host"]
#: Windows has its priority given by whoever starts it; elsewhere the process itself goes behind.
if sys.platform == "win32":
    _FLAGS = subprocess.IDLE_PRIORITY_CLASS
else:
    _FLAGS = 0
#: How often at most it is told how far it has come, how long it waits for another load, and how long the end waits, s.
_TELL_S, _LOAD_S, _END_S = 0.25, 60.0, 0.5
#: The name of a grown bank: that of the first one, and how often it has grown.
_NAME, _GROWN = "{}-grown{}", re.compile(r"-grown(-\d+)?$")


class BankGrowth:
    """Grows the bank of a part; one at a time.

    Parameters
    ----------
    values : Settings
    hot_swap : HotSwap
        Has the bank, and puts the grown one in its place.
    catalogue : Catalogue
        Finds the model, and knows where banks stand.
    bus : EventBus
        Gets `growth` events.
    notices : Notices
    rate : float
        Of the session, Hz.
    live : bool
        Whether sound goes on meanwhile; a session offline does not wait for anything to grow.
    """

    def __init__(
        self,
        values: Settings,
        hot_swap: HotSwap,
        catalogue: Catalogue,
        bus: EventBus,
        notices: Notices,
        rate: float,
        *,
        live: bool,
    ) -> None:
        self._values, self._hot_swap, self._catalogue = values, hot_swap, catalogue
        self._bus, self._notices, self._rate, self._live = bus, notices, rate, live
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._begun, self._done, self._wanted, self._told = 0, 0, 0, 0.0
        self._ended = ""  # why it was ended, where it was

    def begin(self, family: str, count: int, like: Sequence[str], fail: Fail, part: int = 0) -> None:
        """Begin to grow a part's bank; returns at once.

        Parameters
        ----------
        family : str
            Name of an export that makes sounds.
        count : int
        like : sequence of str
            Names or numbers of items that the sounds are to be like; none: all.
        fail : callable
            Told, from another thread, why there are no more sounds.
        part : int

        Raises
        ------
        LivehostError
            Where a bank grows already, or there is no such model, or no bank.
        """
        with self._lock:
            if self._process is not None:
                raise LivehostError(
                    f"A bank grows already, {self._done} of {self._wanted} sounds are there: wait for it, "
                    "or end it with /livehost/bank/grow/stop.", 2
                )  # fmt: skip
            if not self._live:
                raise LivehostError("A bank grows only while sound goes on; livehost grow makes one before.", 2)
            order = self._order(family, count, like, part)
            self._process = process = _start(order)
            self._begun += 1
            self._done, self._wanted, self._told, self._ended = 0, count, 0.0, ""
        self._notices.say(f"The bank grows by {count} sounds of {family}, into {order['out']}.")
        self._tell("begun", Path(order["out"]).name, part)
        arguments = (process, Path(order["out"]).name, part, fail)
        threading.Thread(target=self._listen, args=arguments, name="livehost growth", daemon=True).start()

    def stop(self) -> None:
        """End what grows; the sounds that are there stay, and nothing else is played.

        Raises
        ------
        LivehostError
            Where nothing grows.
        """
        process = self._process
        if process is None:
            raise LivehostError("No bank grows.", 2)
        self._ended = "it was ended"
        process.kill()

    def close(self) -> None:
        """End what grows, with the session."""
        process = self._process
        if process is None:
            return
        self._ended = "the session has ended"
        process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):  # then the system ends it
            process.wait(_END_S)

    def _order(self, family: str, count: int, like: Sequence[str], part: int) -> dict[str, Any]:
        active = self._hot_swap.active[part]
        if active is None or not len(active.bank):
            raise LivehostError(f"Part {part} has no bank that could grow.", 2)
        folder = Path(active.bank.directory)
        names = active.bank.names
        return {
            "samples": str(folder), "model": str(self._catalogue.export(bare(family, "model"))),
            "out": str(self._free(folder)), "count": count, "originals": True,
            "vocoder": str(self._values["bank.vocoder"]),
            "like": [names[int(item)] if item.isdecimal() and int(item) < len(names) else item for item in like],
            "seed": int(self._values["run.seed"]) + self._begun, "slice_onsets": bool(self._values["bank.slice"]),
            "then_open": {
                "rate": int(self._rate), "slice_onsets": bool(self._values["bank.slice"]),
                "match_loudness": bool(self._values["bank.match_loudness"]),
            },
        }  # fmt: skip

    def _free(self, folder: Path) -> Path:
        """Give a folder that is not there, beside the banks that can be loaded."""
        first, number = _GROWN.sub("", folder.name), 1
        while (out := self._catalogue.banks / _NAME.format(first, f"-{number}" if number > 1 else "")).exists():
            number += 1
        return out

    def _listen(self, process: "subprocess.Popen[bytes]", name: str, part: int, fail: Fail) -> None:
        """Follow the process to its end, and put what it made in place."""
        said, error = "", ""
        for raw in process.stdout or ():
            word, _, rest = raw.decode("utf-8", "replace").rstrip("\n").partition(" ")
            if word == "progress":
                done, _, sound = rest.partition(" ")
                self._progress(int(done), sound, part)
            elif word == "done":
                said = rest
            elif word == "error":
                error = rest
        code = process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()
        ended = self._ended
        with self._lock:
            self._process = None
        if said and not ended:
            self._tell("done", name, part)
            self._notices.say(f"The bank has grown: {said}")
            self._load(name, part, fail)
            return
        text = f"The bank has not grown: {ended or error or f'its process ended with status {code}'}"
        text = text if text.endswith(".") else f"{text}."
        self._tell("ended" if ended else "failed", name, part)
        self._notices.say(text, "info" if ended else "error")
        fail(text)

    def _progress(self, done: int, sound: str, part: int) -> None:
        self._done, now = done, time.monotonic()
        if now - self._told >= _TELL_S or done == self._wanted:
            self._told = now
            self._tell("grows", sound, part)

    def _tell(self, state: str, name: str, part: int) -> None:
        self._bus.publish("growth", state=state, done=self._done, count=self._wanted, name=name, part=part)

    def _load(self, name: str, part: int, fail: Callable[[str], None]) -> None:
        """Put a grown bank in place; where something else is being loaded, after that."""
        until = time.monotonic() + _LOAD_S
        while True:
            try:
                self._hot_swap.load("bank", name, fail, part)
            except Busy as error:
                if time.monotonic() < until:
                    time.sleep(_TELL_S)
                    continue
                self._notices.say(f"The bank {name} is not used: {error}", "error")
                fail(str(error))
            return


def _start(order: dict[str, Any]) -> "subprocess.Popen[bytes]":
    """Start the process, and give it its order.

    Raises
    ------
    LivehostError
        Where it cannot be started.
    """
    try:
        process = subprocess.Popen(
            COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            creationflags=_FLAGS,
        )
        assert process.stdin is not None  # noqa: S101  it was asked for
        process.stdin.write(json.dumps(order).encode() + b"\n")
        process.stdin.flush()
    except OSError as error:
        raise LivehostError(f"No process can be started for the bank to grow in: {error.strerror}.") from error
    return process
