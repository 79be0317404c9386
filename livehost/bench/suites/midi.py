"""MIDI: from the frame at which a voice starts to the note at another program's JACK port; and whether any stays on."""

import itertools
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import numpy as np

from livehost.bench.jack import JackServer, jack_server
from livehost.bench.jack_rig import RATE, Rig, attacks, click_bank, rig
from livehost.bench.midi_peer import Peer
from livehost.bench.program import Program, free_udp_port, send_osc
from livehost.bench.suite import CannotRun, Context, Figure
from livehost.bench.suites.loopback import latency_figures, ms

_NOTE_ON, _NOTE_OFF = 0x90, 0x80
#: Notes that are sent in a second, and those that livehost is asked to play meanwhile; the longest pause for an end, s.
_PER_SECOND, _PLAYS, _END_S = 1000.0, 50.0, 5.0
#: How long a port that is back may take to be found, s.
_BACK_S = 2.5
#: What comes after each part of a session.
_TROUBLES = ("panic", "port", "panic", "end")


def run(context: Context) -> Iterator[Figure]:
    """Play items by hand, and see when sound and note arrive; then many notes, with all that may go wrong between."""
    yield from _timing(context)
    yield from _storm(context)


def _timing(context: Context) -> Iterator[Figure]:
    count = 12 if context.quick else 100
    port = free_udp_port()
    bank = click_bank(context.scratch / "clicks")
    arguments = ("--osc-in", str(port), "--player", "off", "--set", "bank.match_loudness=false")
    context.say(f"{count} notes …")
    with rig(context.scratch / "midi", bank, *arguments, midi=True) as r:
        yield from _notes(r, port, count)


def _notes(r: Rig, port: int, count: int) -> Iterator[Figure]:
    rng = np.random.default_rng(2)
    pauses = rng.uniform(0.08, 0.14, count)
    first = r.start(np.zeros(int((pauses.sum() + 1.5) * RATE), np.float32))
    time.sleep(0.3)
    for k, pause in enumerate(pauses):
        send_osc(port, "/livehost/bank/play", k % 4)
        time.sleep(pause)
    take = r.probe.finish()
    session = r.end()
    places = [session.position(e["frame"], first) for e in session.events if e["kind"] == "sample"]
    scheduled = take.frame(np.array([at for at in places if 0 <= at < take.heard.shape[1]], np.int64))
    on = take.midi[(take.midi[:, 1] & 0xF0 == _NOTE_ON) & (take.midi[:, 3] > 0), 0]
    off = take.midi[
        (take.midi[:, 1] & 0xF0 == _NOTE_OFF) | ((take.midi[:, 1] & 0xF0 == _NOTE_ON) & (take.midi[:, 3] == 0))
    ]
    if len(scheduled) == 0 or len(on) == 0:
        raise CannotRun("No note has arrived at the JACK port.")
    yield Figure("notes received", 100 * len(on) / count, "%", "count", better="higher", note=f"of {count} voices")
    yield Figure("notes that never end", len(on) - len(off), "count", "count")
    if len(on) != len(scheduled):
        raise CannotRun(f"{len(scheduled)} voices have started, and {len(on)} notes arrived.")
    yield from latency_figures("scheduled to received", on - scheduled, count)
    times = ms(on - scheduled)
    apart = np.abs(times - np.median(times))
    yield Figure(
        "scheduled to received, from its median", float(np.median(apart)), "ms", "tail", apart.tolist(),
        note="median; a JACK block is 1.33 ms",
    )  # fmt: skip
    audible = take.frame(attacks(take.heard[0]))
    if len(audible) == len(on):
        offsets = ms(on - audible)
        note = "negative: the note is there before the sound"
        yield Figure("note against sound median", float(np.median(offsets)), "ms", "tail", offsets.tolist(), note=note)


def _storm(context: Context) -> Iterator[Figure]:
    """Pass random notes on, and play some; in between panics, ports that go, SIGTERM, and SIGKILL every other time."""
    events, sessions = (2000, 1) if context.quick else (100_000, 10)
    bank, scratch = click_bank(context.scratch / "clicks"), context.scratch / "storm"
    left: list[str] = []
    begun = 0
    with jack_server(RATE, 64) as server, Peer(server, "storm") as keys:
        for session in range(sessions):
            context.say(f"{events // sessions} notes, {session + 1} of {sessions} …")
            number = signal.SIGKILL if session % 2 else signal.SIGTERM
            begun += _session(server, keys, bank, scratch, events // sessions, session, number, left)
    yield Figure("note events", begun, "count", "count", better="higher", note=f"began, of {events} events, on or off")
    yield Figure("notes left on", len(left), "count", "count", note="; ".join(left[:3]))


def _session(
    server: JackServer, keys: Peer, bank: Path, scratch: Path, events: int, seed: int, number: int, left: list[str]
) -> int:
    """Play one session to its end; gives how many notes began, and adds where some were left on."""
    port = free_udp_port()
    program = Program(
        "--bank", bank, "--driver", "null", "--player", "off", "--osc-in", str(port), "--midi-in", "storm-keys",
        "--midi-out", "synth", "--set", "midi.thru=true", "--set", "player.after_panic=onset",
        "--set", f"run.scenes={scratch}", environment=server.environment,
    )  # fmt: skip
    begun, synth = 0, Peer(server, "synth")

    def leave() -> None:
        synth.__exit__()  # whichever it is by then

    with ExitStack() as stack:
        stack.callback(leave)
        stack.enter_context(program)
        for part, trouble in enumerate(_TROUBLES):
            with _plays(port):
                keys.storm(events // len(_TROUBLES), _PER_SECOND, 10 * seed + part)
                if trouble == "end":
                    program.stop(number)
            if trouble == "port":  # it goes, and another of its name comes
                begun += synth.held()[1]
                synth.__exit__()
                synth = Peer(server, "synth")
                time.sleep(_BACK_S)
                continue
            if trouble == "panic":
                synth.held()  # until all has come that was sent
                send_osc(port, "/livehost/panic")
            if held := _still_held(synth):
                left.append(f"{held} after {signal.Signals(number).name if trouble == 'end' else 'a panic'}")
        return begun + synth.held()[1]


def _still_held(synth: Peer) -> int:
    """Count the notes that sound, when they had time to end."""
    deadline = time.monotonic() + _END_S
    while (held := synth.held()[0]) and time.monotonic() < deadline:
        pass
    return held


@contextmanager
def _plays(port: int) -> Iterator[None]:
    """Ask for sounds meanwhile."""
    over = threading.Event()

    def ask() -> None:
        for k in itertools.count():
            if over.wait(1 / _PLAYS):
                return
            send_osc(port, "/livehost/bank/play", k % 4)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    yield
    over.set()
    asking.join()
