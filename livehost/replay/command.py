"""``livehost replay``: a session rendered again, compared with what it was."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from llvmlite.binding import get_host_cpu_name

import livehost
from livehost.errors import LivehostError
from livehost.replay.compare import Comparison, decisions
from livehost.replay.recorded import RecordedSession, read_session
from livehost.replay.render import Replay
from livehost.rt.compile_cache import build_digest, compile_ahead, is_warm
from livehost.stage.audio_file import open_writer


def replay_session(
    folder: Path,
    *,
    wanted: dict[str, Any] | None = None,
    bank: Path | None = None,
    model: str = "",
    output: Path | None = None,
    say: Callable[[str], None],
    progress: Callable[[int, int, str], None] | None = None,
) -> bool:
    """Render a session again, compare it, and say how it went.

    Parameters
    ----------
    folder : Path
        Of ``livehost run --session``.
    wanted : mapping
        Settings that hold from the beginning to the end, by key.
    bank : Path, optional
        That plays part 0, in place of the one that did; the same sounds in another folder are the same bank.
    model : str
        Name or folder of a model that plays part 0.
    output : Path, optional
        Sound file to write.
    say : callable
        Gets each sentence.
    progress : callable, optional
        Gets ``(done, total, name)`` while a bank is built.

    Returns
    -------
    bool
        False where it should be as it was, and is not.

    Raises
    ------
    LivehostError
        Where the session cannot be read, or what it was played with is not to be had.
    """
    if not is_warm():
        compile_ahead(say)
    session = read_session(folder)
    for note in [*session.notes, *_changes(session)]:
        say(note)
    began = time.monotonic()
    replay = Replay(session, wanted, bank=str(bank.absolute()) if bank else "", model=model, progress=progress)
    compared = _compare(session, replay, output)
    took, seconds = time.monotonic() - began, session.end / session.rate
    say(f"Rendered {seconds:.1f} s in {took:.1f} s." + (f" Wrote {output}." if output else ""))
    if replay.exact:
        say(_exactly(session, compared, replay.missed))
        return compared.same
    say(_otherwise(session, replay))
    return True


def compare_session(folder: Path) -> tuple[RecordedSession, Replay, Comparison]:
    """Render a session as it was, and compare it.

    Raises
    ------
    LivehostError
        Where it cannot be read, or what it was played with is not to be had.
    """
    session = read_session(folder)
    replay = Replay(session)
    return session, replay, _compare(session, replay, None)


def _compare(session: RecordedSession, replay: Replay, output: Path | None) -> Comparison:
    """Run a replay to its end, write what it plays, and compare it."""
    writer = open_writer(output, 2, int(session.rate), exact=output.suffix.lower() == ".wav") if output else None
    compared = Comparison()
    try:
        for at, piece in replay.run():
            compared.sound(at, session.played[at : at + len(piece)], piece)
            if writer is not None:
                writer.write(piece)
    except OSError as error:
        raise LivehostError(f"{output} cannot be written: {error.strerror or error}.") from None
    finally:
        replay.close()
        if writer is not None:
            writer.close()
    compared.events(session.events, _told_by(session, replay.events), _until(session))
    return compared


def _told_by(session: RecordedSession, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out the plans behind the last that a session which was cut off has kept."""
    if session.inputs.audio.closed and session.inputs.worker.closed:
        return events
    last = max((event["frame"] for event in session.events if event["kind"] == "next"), default=-1)
    return [event for event in events if event["kind"] != "next" or event["frame"] <= last]


def _until(session: RecordedSession) -> int:
    """Frame before which the log is whole: one that was cut off may lack its last events."""
    if session.inputs.audio.closed and session.inputs.worker.closed:
        return session.end
    return min(session.end, max((event["frame"] for event in session.events), default=0))


def _changes(session: RecordedSession) -> list[str]:
    """Say where what renders it now is not what played it."""
    notes, header = [], session.header
    if header["build"] != build_digest():
        notes.append(
            f"It was played by another build (livehost {header.get('livehost', '?')}, {header['build']}) than this one "
            f"(livehost {livehost.__version__}, {build_digest()}): it may differ."
        )
    if header["processor"] != get_host_cpu_name():
        notes.append(
            f"It was played on another kind of processor ({header['processor']}) than this one: rounding may differ."
        )
    return notes


def _exactly(session: RecordedSession, compared: Comparison, missed: int) -> str:
    if compared.same:
        return (
            f"As it was: {compared.decisions} decisions are the same, and {compared.frames:,} frames of sound, to the "
            "bit."
        )
    parts = []
    if compared.first_decision >= 0:
        at = compared.first_decision / session.rate
        parts.append(f"decisions from {at:.3f} s on ({compared.difference})")
    if compared.first_frame >= 0:
        parts.append(f"sound from {compared.first_frame / session.rate:.3f} s on (frame {compared.first_frame})")
    more = f"; {missed} inputs found no place" if missed else ""
    return f"It differs: {' and '.join(parts)}{more}."


def _otherwise(session: RecordedSession, replay: Replay) -> str:
    """Say how it would have been, against how it was."""
    then, now = (
        {
            (row.get("part", 0), row["onset_frame"]): row["index"]
            for row in decisions(rows, session.end)
            if row["kind"] == "sample" and row["onset_frame"] >= 0
        }
        for rows in (session.events, replay.events)
    )
    both = then.keys() & now.keys()
    same = sum(then[key] == now[key] for key in both)
    return (
        f"As it would have been: {len(then)} answers then, {len(now)} now; of {len(both)} onsets that both answer, "
        f"{same} with the same item."
    )
