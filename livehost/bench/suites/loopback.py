"""Sound in to sound out through JACK: another program plays to livehost and records what comes back, to the sample."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike

from livehost.bench.feedback_loop import play_in_room
from livehost.bench.jack_rig import BLOCK, RATE, Session, answers_to, attacks, click_bank, drum_bank, hits, rig
from livehost.bench.program import free_udp_port, send_osc
from livehost.bench.rooms import ROOMS, Room, alike
from livehost.bench.suite import CannotRun, Context, Figure, Kind
from livehost.bench.suites.feedback import louder
from livehost.synthesis.takes import make_take, match
from livehost.synthesis.wide import write_wide_bank

_DELAY_MS = 5.5  # the shortest at which an answer is chosen by the stroke that it answers
_NOISE = 0.05  # of a constant distance: a block more is 15 %
_ATTEMPTS = 3
_FEEDBACK_S, _ALIKE = 12.0, tuple(alike(delay_ms, -12.0) for delay_ms in (5.0, 10.0, 20.0, 40.0))
_PLAIN = ("--set", "player.dynamics=0", "--set", "engine.fade_in_ms=0", "--set", "bank.match_loudness=false")


def ms(frames: ArrayLike) -> np.ndarray:
    """Express frames in milliseconds."""
    return np.asarray(frames, np.float64) * 1000 / RATE


def latency_figures(name: str, frames: np.ndarray, onsets: int, *, constant: bool = False) -> Iterator[Figure]:
    """Give median, p99, maximum and jitter of frames; `constant` where nothing but frames decides the median."""
    if len(frames) == 0:
        raise CannotRun("livehost answered nothing through JACK.")
    times = ms(frames)
    note = f"{len(frames)} answers to {onsets} onsets"
    kind: Kind = "exact" if constant else "tail"
    yield Figure(f"{name} median", float(np.median(times)), "ms", kind, times, noise=_NOISE, note=note)
    yield Figure(f"{name} p99", float(np.percentile(times, 99)), "ms", "tail")
    yield Figure(f"{name} max", float(times.max()), "ms", "tail")
    yield Figure(f"{name} jitter", round(float(times.std()), 6), "ms", "tail", note="standard deviation")


def run(context: Context) -> Iterator[Figure]:
    """As soon as possible, then at a constant distance, then with its own sound in its ears."""
    yield from _answers(context)
    if not context.quick:
        yield from _feedback(context)


def _answers(context: Context) -> Iterator[Figure]:
    count, seconds = (12, 2.0) if context.quick else (50, 12.0)
    takes = {
        "clicks": hits(count, 1, *((130.0, 180.0) if context.quick else ())),
        "drums": make_take(2, RATE, seconds, "drums"),
    }
    if not context.quick:
        takes["plucks"] = make_take(2, RATE, seconds, "plucks")  # soft attacks: where one begins is a matter of taste
    port = free_udp_port()
    found: dict[str, dict[str, np.ndarray]] = {"": {}, f" + {_DELAY_MS:g} ms": {}}
    graph = np.zeros(0)
    with rig(context.scratch / "answers", click_bank(context.scratch / "clicks"), *_PLAIN, "--osc-in", str(port)) as r:
        for mode, answers in found.items():
            send_osc(port, "/livehost/model/answer_delay_ms", _DELAY_MS if mode else 0.0)
            for kind, (take, truth) in takes.items():
                if context.quick and mode and kind != "clicks":
                    continue  # where a drum begins is a question of its own, and wants many of them
                context.say(f"{kind}{mode} …")
                heard = r.play(np.append(take, np.zeros(RATE // 5, np.float32))).heard
                answers[kind] = answers_to(truth, attacks(heard[0]))
                if kind == "clicks":
                    graph = answers_to(truth, attacks(heard[2]))
        session = r.end()
    yield Figure("graph", float(ms(graph).min()), "ms", "exact", note="the loop alone, and part of all below")
    for mode, answers in found.items():
        for kind, frames in answers.items():
            constant = kind == "clicks" and mode != ""
            yield from latency_figures(f"{kind}{mode}", frames, len(takes[kind][1]), constant=constant)
    yield _known(session)
    blocks = r.next_block - 1
    missed = session.missed(1, blocks)
    yield Figure("blocks missed by livehost", missed, "count", "tail", note=f"of {blocks}")


def _known(session: Session) -> Figure:
    """Give how much of its stroke each answer at a constant distance knew, at least."""
    delay = round(_DELAY_MS * RATE / 1000)
    known = [
        event["heard_ms"]
        for event in session.events
        if event["kind"] == "sample" and event["frame"] - event["onset_frame"] == delay
    ]
    note = f"{len(known)} answers, {_DELAY_MS:g} ms after their onset"
    return Figure("known of the stroke", min(known, default=0.0), "ms", "tail", better="higher", note=note)


def _feedback(context: Context) -> Iterator[Figure]:
    """Send its own sound back to it, one session a room, and see from its log whom it answered."""
    take, truth = make_take(3, RATE, _FEEDBACK_S, "drums", level_db=-12.0)
    music = np.append(take, np.zeros(RATE, np.float32))
    drums, wide = drum_bank(context.scratch / "drums"), write_wide_bank(context.scratch / "wide", RATE)
    counts = [_in_a_room(context, room, drums, music, truth) for room in _ALIKE]
    voices, own, lost = (sum(column) for column in zip(*counts, strict=True))
    yield from _self_figures("", (voices, own, lost), len(truth) * len(counts))
    for room in ROOMS:
        yield from _self_figures(f", {room.name}", _in_a_room(context, room, wide, music, truth), len(truth))


def _in_a_room(context: Context, room: Room, bank: Path, music: np.ndarray, truth: np.ndarray) -> tuple[int, int, int]:
    """Play a session in a room; see `count_self`."""
    context.say(f"its own sound back, {room.name} …")
    arguments = ["--osc-in", "0"]
    if room.louder_db is not None:
        _, played = play_in_room(music, bank, {})
        arguments += ["--set", f"player.gain_db={louder(music, played, room.louder_db)}"]
    for attempt in range(_ATTEMPTS):
        folder = context.scratch / f"feedback-{room.name.replace(' ', '-')}-{attempt}"
        with rig(folder, bank, *arguments) as r:
            r.probe.stand_in(room.responses(RATE, len(music)))
            whole = r.play(music).lost_blocks == 0
            session = r.end()
        # where the graph lost a block, what came back was torn: no room does that
        if whole and not session.missed(r.firsts[0], len(music) // BLOCK):
            break
        context.say("the graph lost blocks …")
    return count_self(session, r.firsts[0], len(music), truth)


def _self_figures(of: str, counted: tuple[int, int, int], onsets: int) -> Iterator[Figure]:
    voices, own, lost = counted
    yield Figure(f"answers to itself{of}", 100 * own / max(voices, 1), "%", "tail", note=f"{own} of {voices} voices")
    yield Figure(f"onsets lost{of}", 100 * lost / onsets, "%", "tail", note=f"{lost} of {onsets}")


def count_self(session: Session, first: int, frames: int, truth: np.ndarray) -> tuple[int, int, int]:
    """Voices of a take, those that answer no onset of the musician, and the musician's onsets that got no voice."""
    answered = [
        session.position(event["onset_frame"], first)
        for event in session.events
        if event["kind"] == "sample" and event["reason"] == "answer"
    ]
    inside = np.sort([at for at in answered if 0 <= at < frames])
    pairs = len(match(inside, truth, 0.025 * RATE))
    return len(inside), len(inside) - pairs, len(truth) - pairs
