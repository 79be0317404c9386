"""OSC: from the message to the sound, from the sound to the message at a socket and in Pure Data, and under a flood."""

import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from typing import Self

import numpy as np
import soundfile
from pythonosc.osc_message import OscMessage
from pythonosc.parsing.osc_types import ParseError

from livehost.bench.jack_rig import BLOCK, RATE, Rig, answers_to, attacks, click_bank, rig
from livehost.bench.pd_receiver import pure_data
from livehost.bench.program import free_udp_port, send_osc
from livehost.bench.suite import CannotRun, Context, Figure, NotInstalled, absent
from livehost.bench.suites.loopback import latency_figures, ms
from livehost.bridge.osc import wire

_SAMPLE = "/livehost/event/sample"
_FLOOD, _FLOOD_QUICK, _BATCH, _BATCH_S = 100_000, 8_000, 200, 0.01
_PINGS, _GAINS, _HELD_S, _GAINS_DB, _MOVED, _ATTACK = 200, 40, 20.0, (-6.0, 0.0), 0.005, 0.01
_HEADS = (b"", b"#bundle\0", b"/livehost/", b"/\0\0\0,")


class Listener:
    """A UDP socket that notes when each message came; a context manager.

    Parameters
    ----------
    now : callable
        What time it is.
    """

    def __init__(self, now: Callable[[], int]) -> None:
        self.messages: list[tuple[int, str]] = []
        self._now = now
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.settimeout(0.1)
        self.port: int = self._socket.getsockname()[1]
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        self._socket.close()

    def subscribe(self, port: int, group: str) -> None:
        """Ask livehost at a port to send a group here, for ten seconds more."""
        self._socket.sendto(wire.encode("/livehost/subscribe", "is", 0, group), ("127.0.0.1", port))

    def times(self, address: str) -> np.ndarray:
        """When the messages of an address came."""
        return np.array([when for when, path in list(self.messages) if path == address], np.int64)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                packet = self._socket.recv(65_536)
            except TimeoutError:
                continue
            when = self._now()
            try:
                self.messages.append((when, OscMessage(packet).address))
            except (ParseError, ValueError):
                continue  # a bundle of meters


def distances(sounds: np.ndarray, arrivals: np.ndarray, longest: int = RATE // 4) -> np.ndarray:
    """Frames from each sound to the nearest arrival, negative where it came before the sound."""
    if len(arrivals) == 0:
        return arrivals
    nearest = arrivals[np.abs(arrivals[None, :] - sounds[:, None]).argmin(axis=1)] - sounds
    return nearest[np.abs(nearest) < longest]


def flood(port: int, count: int, seed: int = 0) -> None:
    """Send random datagrams, evenly."""
    rng = np.random.default_rng(seed)
    noise = rng.bytes(1 << 16)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        due = time.monotonic()
        for k in range(count):
            at, size = int(rng.integers(0, 60_000)), int(rng.integers(0, 1500))
            sock.sendto(_HEADS[k % 4] + noise[at : at + size], ("127.0.0.1", port))
            if k % _BATCH == 0:
                due += _BATCH_S
                time.sleep(max(0.0, due - time.monotonic()))


def run(context: Context) -> Iterator[Figure]:
    """Play items by hand, listen to what is told of them, then send rubbish."""
    count = 12 if context.quick else 100
    port, pd_port = free_udp_port(), free_udp_port()
    bank = click_bank(context.scratch / "clicks")
    held = np.tile([0.25, -0.25], int(_HELD_S * RATE) // 2)  # its level is that of every sample
    soundfile.write(bank / "held.wav", held, RATE, "PCM_16")
    arguments = (
        "--osc-in", str(port), "--osc-out", f"127.0.0.1:{pd_port}", "--player", "off",
        "--set", "bank.match_loudness=false",
    )  # fmt: skip
    with rig(context.scratch / "osc", bank, *arguments) as r:
        now = r.probe.frame_now
        with Listener(now) as direct, Listener(now) as through_pd:
            with ExitStack() as stack:
                receivers = {"a socket": (direct, _SAMPLE)}
                try:
                    stack.enter_context(pure_data(context.scratch / "pd", pd_port, _SAMPLE, through_pd.port))
                    _wait_for_pd(pd_port, through_pd)
                    receivers["Pure Data"] = (through_pd, "/pd")
                except NotInstalled as error:
                    yield absent("received by Pure Data", "%", "count", error)
                    yield absent("sound to Pure Data p99", "ms", "tail", error)
                direct.subscribe(port, "event")
                context.say(f"{count} items by hand …")
                yield from _by_hand(r, port, count, receivers)
            yield _pinged(port)
            context.say(f"{max(count, _GAINS)} changes of the gain …")
            yield _gain_changes(r, port, max(count, _GAINS))
            amount = _FLOOD_QUICK if context.quick else _FLOOD
            context.say(f"{amount:,} random datagrams …")
            yield from _flooded(r, port, amount)


def _wait_for_pd(pd_port: int, through_pd: Listener) -> None:
    deadline = time.monotonic() + 15
    while not len(through_pd.times("/pd")):
        if time.monotonic() > deadline:
            raise CannotRun("Pure Data has started, and sends nothing on.")
        send_osc(pd_port, _SAMPLE, 0)
        time.sleep(0.1)
    time.sleep(0.3)
    through_pd.messages.clear()


def _by_hand(r: Rig, port: int, count: int, receivers: Mapping[str, tuple[Listener, str]]) -> Iterator[Figure]:
    rng = np.random.default_rng(1)
    pauses = rng.uniform(0.08, 0.14, count)
    r.start(np.zeros(int((pauses.sum() + 1.5) * RATE), np.float32))
    time.sleep(0.3)
    sent = []
    for k, pause in enumerate(pauses):
        if k % 50 == 0:  # a lease lasts 10 s
            receivers["a socket"][0].subscribe(port, "event")
        sent.append(r.probe.frame_now())
        send_osc(port, "/livehost/bank/play", k % 4)
        time.sleep(pause)
    take = r.probe.finish()
    audible = take.frame(attacks(take.heard[0]))
    if len(audible) == 0:
        raise CannotRun("Nothing was heard of what OSC asked for.")
    yield from latency_figures("message to sound", answers_to(np.array(sent), audible, 200.0), count)
    for name, (listener, address) in receivers.items():
        times = ms(distances(audible, listener.times(address)))
        note = f"after the sound itself, of {len(times)} messages"
        yield Figure(f"received by {name}", 100 * len(times) / count, "%", "count", better="higher")
        if len(times):
            yield Figure(f"sound to {name} median", float(np.median(times)), "ms", "tail", times.tolist(), note=note)
            yield Figure(f"sound to {name} p99", float(np.percentile(times, 99)), "ms", "tail", note=note)


def _pinged(port: int) -> Figure:
    """Measure how long an answer to /livehost/ping takes."""
    ping, times = wire.encode("/livehost/ping"), []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.settimeout(2)
        for k in range(_PINGS):
            time.sleep(0.002 + 0.0001 * (k % 10))
            begun = time.perf_counter()
            sock.sendto(ping, ("127.0.0.1", port))
            sock.recv(100)
            times.append(1000 * (time.perf_counter() - begun))
    return Figure("ping", float(np.median(times)), "ms", "tail", times, note="there and back")


def _gain_changes(r: Rig, port: int, count: int) -> Figure:
    """Measure how long after its packet a change of the gain is heard, on a sound that stands still."""
    pauses = np.random.default_rng(2).uniform(0.07, 0.12, count)
    r.start(np.zeros(int((pauses.sum() + 1.0) * RATE), np.float32))
    send_osc(port, "/livehost/bank/play", 4)
    time.sleep(0.4)
    sent, packets = [], [wire.encode("/livehost/master/gain_db", "f", gain_db) for gain_db in _GAINS_DB]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        for k, pause in enumerate(pauses):
            sent.append(r.probe.frame_now())
            sock.sendto(packets[k % 2], ("127.0.0.1", port))
            time.sleep(pause)
    take = r.probe.finish()
    sound, places = np.abs(take.heard[0]) + 1e-9, take.frame(np.arange(take.heard.shape[1]))
    times = []
    for frame in sent:
        at = int(np.searchsorted(places, frame))
        moved = np.flatnonzero(np.abs(sound[at : at + RATE // 20] / sound[at] - 1) > _MOVED)
        if moved.size and sound[at] > _ATTACK:
            times.append(1000 * float(places[at + moved[0]] - frame) / RATE)
    if not times:
        raise CannotRun("No change of the gain was heard.")
    send_osc(port, "/panic")
    send_osc(port, "/livehost/start")
    note = f"of {len(times)}; 1 ms of it is the limiter's look-ahead"
    return Figure("gain change to sound", float(np.median(times)), "ms", "tail", times, note=note)


def _flooded(r: Rig, port: int, count: int) -> Iterator[Figure]:
    seconds = count / _BATCH * _BATCH_S + 1.0
    silence = np.zeros(int(seconds * RATE), np.float32)
    calm = r.start(silence)
    r.probe.finish()
    loud = r.start(silence)
    flood(port, count)
    r.probe.finish()
    r.start(np.zeros(RATE, np.float32))
    time.sleep(0.2)
    send_osc(port, "/livehost/bank/play", 0)
    answered = len(attacks(r.probe.finish().heard[0]))
    session = r.end()
    blocks = len(silence) // BLOCK
    before, during = session.missed(calm, blocks), session.missed(loud, blocks)
    note = f"of {blocks}; as long without a flood: {before}"
    yield Figure("blocks missed in a flood", during, "count", "tail", note=note)
    share = 100 * (blocks - during) / max(blocks - before, 1)
    yield Figure("blocks served in a flood", share, "%", "ratio", better="higher", note=f"{count:,} datagrams")
    yield Figure("obeys after the flood", answered, "count", "count", better="higher")
