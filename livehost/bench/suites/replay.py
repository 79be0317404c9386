"""Sessions in real time, under load and OSC traffic, rendered again: the same decisions, the same sound to the bit."""

import multiprocessing
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import soundfile

from livehost.bench.jack import jack_server, need_portaudio
from livehost.bench.jack_rig import drum_bank
from livehost.bench.material import RATE
from livehost.bench.program import Program, free_udp_port
from livehost.bench.show_traffic import send_traffic
from livehost.bench.suite import CannotRun, Context, Figure
from livehost.replay.command import compare_session
from livehost.session_folder import layout
from livehost.stage.session import ENDED_BY_FORCE
from livehost.synthesis.performer import perform

#: Sessions, seconds of each, and how many play at once, each the load of the others.
_SESSIONS, _SECONDS, _AT_ONCE = 20, 60.0, 4
_QUICK_SECONDS = 2.0
_PER_SECOND = 60.0
#: Files of a session besides its sound.
_TEXTS = (layout.EVENTS, layout.ATTENTION, layout.PLANS, layout.INPUTS)
_BANKS = ("drums", "more")


def run(context: Context) -> Iterator[Figure]:
    """Play sessions and render them again; see `livehost.bench.suite`."""
    count, seconds = (1, _QUICK_SECONDS) if context.quick else (_SESSIONS, _SECONDS)
    for k, name in enumerate(_BANKS):
        drum_bank(context.scratch / name, 16 + 8 * k)
    context.say(f"{count} session{'s' if count > 1 else ''} of {seconds:.0f} s")
    with spinning(0 if context.quick else 1), ThreadPoolExecutor(_AT_ONCE) as pool:
        jobs = [pool.submit(_play, context.scratch, k, seconds) for k in range(count)]
        folders = [job.result() for job in jobs]
    decisions = sound = 0
    answers = changes = panics = fallbacks = 0
    bytes_an_hour = 0.0
    for folder in folders:
        session, replay, compared = compare_session(folder)
        decisions += compared.first_decision < 0 and compared.decisions > 0
        sound += compared.first_frame < 0 and compared.frames > 0
        if not compared.same:
            context.say(f"{folder.name}: {compared.difference or compared.first_frame} ({replay.missed} missed)")
        kinds = [event["kind"] for event in session.events]
        answers += kinds.count("sample")
        changes += kinds.count("player_changed")
        panics += kinds.count("silenced")
        fallbacks += sum(event.get("fallback", 0) for event in session.events if event["kind"] == "sample")
        hours = session.end / session.rate / 3600
        written = sum((folder / name).stat().st_size for name in _TEXTS)
        bytes_an_hour = max(bytes_an_hour, written / hours)
    note = f"{answers} answers, {fallbacks} by the stand-in, {changes} swaps, {panics} panics and stops"
    yield Figure(
        "sessions whose decisions are the same", 100 * decisions / count, "%", "exact", better="higher", note=note
    )
    yield Figure("sessions whose sound is the same to the bit", 100 * sound / count, "%", "exact", better="higher")
    yield Figure("log, attention and inputs of an hour", bytes_an_hour / 1e6, "MB", "exact")


@contextmanager
def spinning(processes: int) -> Iterator[None]:
    """Keep so many processors busy."""
    spawn = multiprocessing.get_context("spawn")
    spinners = [spawn.Process(target=_spin, daemon=True) for _ in range(processes)]
    for spinner in spinners:
        spinner.start()
    try:
        yield
    finally:
        for spinner in spinners:
            spinner.terminate()
            spinner.join()


def _spin() -> None:
    while True:
        sum(range(10_000))


def _play(scratch: Path, number: int, seconds: float) -> Path:
    """Play one session, every other one through JACK where there is one; gives its folder."""
    take, folder = scratch / f"take-{number}.wav", scratch / f"session-{number}"
    soundfile.write(take, perform(seconds + 5.0, RATE, number)[0], RATE, "PCM_24")
    port, through_jack = free_udp_port(), number % 2 == 1
    if through_jack:
        try:
            need_portaudio()
        except CannotRun:
            through_jack = False
    server: Any = jack_server(RATE, 64) if through_jack else nullcontext(None)
    with server as jack:
        arguments: list[str | Path] = [
            "--bank", scratch / _BANKS[0], "--driver", "portaudio" if through_jack else "null", "--input", take,
            "--session", folder, "--osc-in", str(port), "--seed", str(number),
            "--set", f"player.contexts={folder}-kept",
        ]  # fmt: skip
        environment = jack.environment if jack is not None else None
        with Program(*arguments, environment=environment) as program:
            traffic = threading.Thread(target=send_traffic, args=(port, seconds, number, _BANKS, _PER_SECOND))
            traffic.start()
            traffic.join()
            if (code := program.stop()) not in (0, ENDED_BY_FORCE):  # on a machine that is too busy to close in time
                raise CannotRun(f"livehost ended with {code}: {program.errors.strip()[-300:]}")
    return folder
