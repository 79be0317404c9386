"""The performance player: a step of its model, how much faster than it must be it is, and what must never be in notes.

A full run plays through JACK too: from the frame of a note to its arrival at another program's port.
"""

import math
import time
from collections.abc import Iterator

import numpy as np

from livehost.bench.adversaries import adversary
from livehost.bench.jack_rig import RATE, click_bank, rig
from livehost.bench.measure import Timer
from livehost.bench.models import performance_export, shipped_performance
from livehost.bench.performance_rig import PlayerRig, faults, open_rnn
from livehost.bench.performance_storm import storm
from livehost.bench.step_timing import step_many
from livehost.bench.suite import CannotRun, Context, Figure, NotInstalled, absent
from livehost.bench.suites.loopback import latency_figures, ms
from livehost.inference.performance_export import PerformanceExport

_NOTE_ON = 0x90
#: Notes a second that it must keep up with, and how often a step is asked for beside a busy GIL.
_NOTES_PER_S, _PERIOD_US = 30.0, 4000.0
_STORM_EVENTS, _QUICK_EVENTS = 100_000, 2000


def run(context: Context) -> Iterator[Figure]:
    """Measure the shipped models, else those of random weights."""
    timer = Timer(6 if context.quick else 16)
    for attentive in (False, True):
        word = "attentive" if attentive else "plain"
        if context.quick and shipped_performance(attentive=attentive) is None:
            continue  # to make one takes a minute
        try:
            export = open_rnn(performance_export(attentive=attentive), "native")
        except NotInstalled as error:
            yield absent(f"step, {word}", "ms", "compute", error)
            continue
        yield _step(timer, export, word)
        yield _headroom(context, export, word)
        if not attentive:
            yield from _beside_the_gil(context, export)
        yield from _storm(context, export, word)
    if not context.quick:
        yield from _midi(context)


def _step(timer: Timer, export: PerformanceExport, word: str) -> Figure:
    """Time steps, each of which is kept, of a model that knows as much as it can."""
    stepper = export.stepper()
    for event in range(stepper.shape.window + 8):
        stepper.step(event % stepper.shape.events)
    timing = timer.timed(60, function=stepper.begin, form=2, state=stepper.memory.address, argument=1)
    note = f"{export.manifest.name}, {export.backend}"
    stepper.close()
    return timing.figure(f"step, {word}", note=note, scale=1e-3, unit="ms")


def _headroom(context: Context, export: PerformanceExport, word: str) -> Figure:
    """Think of notes as fast as it can be done: what the player does besides counts, too."""
    rig_, rounds = PlayerRig(export, note_density=_NOTES_PER_S, polyphony=32, lookahead_ms=500.0), []
    for _ in range(3 if context.quick else 10):
        before, told, spent = rig_.player["generated"], rig_.player["told"], 0.0
        while rig_.player["generated"] < before + (20 if context.quick else 100):
            rig_.frame += rig_.hop
            began = time.thread_time()  # whatever else runs on this machine
            rig_.call("think")
            spent += time.thread_time() - began
            rig_.io["count"] = 0
            rig_.call("step")
            if rig_.player["told"] > told + 4000:
                break  # a model that plays no notes
        notes = rig_.player["generated"] - before
        rounds.append(notes / spent / _NOTES_PER_S)
    events = rig_.player["told"] / max(rig_.player["generated"], 1)
    rig_.player.close()
    return Figure(
        f"notes thought of in {_NOTES_PER_S:.0f} a second, {word}", max(rounds), "×", "ratio", rounds, better="higher",
        noise=0.5, note=f"{events:.1f} events a note; all of the player's work",
    )  # fmt: skip


def _beside_the_gil(context: Context, export: PerformanceExport) -> Iterator[Figure]:
    """Step on a real-time thread at a steady pace, alone and while another thread holds the GIL."""
    context.say("beside a thread that holds the GIL …")
    count, turns = (60, 3) if context.quick else (300, 8)
    stepper = export.stepper()
    events = np.random.default_rng(0).integers(0, 388, (512, 1)).astype(np.float32)
    step_many(stepper, events, 50, period_us=_PERIOD_US / 4, urgent=True)
    rounds: dict[str, list[np.ndarray]] = {"none": [], "sort": []}
    for _ in range(turns):  # in turns, so that what else disturbs the machine disturbs both
        for name, times in rounds.items():
            with adversary(name):
                times.append(step_many(stepper, events, count, period_us=_PERIOD_US, urgent=True))
    stepper.close()
    free, loaded = (np.concatenate(times) for times in rounds.values())
    p99, p99_loaded = float(np.percentile(free, 99)), float(np.percentile(loaded, 99))
    note = f"{p99_loaded / 1000:.2f} against {p99 / 1000:.2f} ms; sorted() of 300,000 floats, again and again"
    yield Figure("p99 with the GIL held elsewhere", p99_loaded / p99, "×", "tail", note=note)


def _storm(context: Context, export: PerformanceExport, word: str) -> Iterator[Figure]:
    """Play through panics, resets, contexts, notes and settings at random, and check every note."""
    events = _QUICK_EVENTS if context.quick else _STORM_EVENTS // 2
    context.say(f"{events} events of the {word} model, panics and loads between them …")
    played, told = storm(export, events=events)
    found = faults(played.notes, told["longest"], int(told["polyphony"]))
    note = (
        f"{told['events']:.0f} events, {len(played.notes)} note-ons and -offs, {told['panics']:.0f} panics, "
        f"{told['loads']:.0f} loads, {told['resets']:.0f} resets"
    )
    yield Figure(f"hanging notes, {word}", found["hanging"], "count", "count", note=note)
    yield Figure(f"negative times, {word}", found["negative"], "count", "count")
    yield Figure(f"frames out of order, {word}", found["backwards"], "count", "count")
    wrong = found["doubled"] + found["too long"] + found["too many"]
    yield Figure(f"notes beyond a limit, {word}", wrong, "count", "count", note="twice, too long, too many")


def _midi(context: Context) -> Iterator[Figure]:
    """Play through JACK for a while; from each note's frame to its arrival at another program's port."""
    seconds, model = 20.0, performance_export(attentive=False)
    context.say(f"{seconds:.0f} s through JACK …")
    bank = click_bank(context.scratch / "clicks")
    arguments = (
        "--osc-in", "0", "--player", "performance", "--model", str(model), "--set", "player.mode=continue",
        "--set", "player.note_sounds=false", "--set", "player.note_density=12",
    )  # fmt: skip
    with rig(context.scratch / "performance", bank, *arguments, midi=True) as r:
        first = r.start(np.zeros(int(seconds * RATE), np.float32))
        take = r.probe.finish()
        session = r.end()
    begun = [e for e in session.events if e["kind"] == "note" and e["velocity"]]
    places = np.array([session.position(e["frame"], first) for e in begun], np.int64)
    there = (places >= RATE // 10) & (places < take.heard.shape[1] - RATE // 10)
    scheduled = take.frame(places[there])
    arrivals = take.midi[(take.midi[:, 1] & 0xF0 == _NOTE_ON) & (take.midi[:, 3] > 0)]
    matched = []
    for frame, event in zip(scheduled, np.array(begun)[there], strict=True):
        at = arrivals[(arrivals[:, 2] == event["pitch"]) & (arrivals[:, 0] >= frame - RATE // 200), 0]
        if len(at):
            matched.append(at[0] - frame)
    if not matched:
        raise CannotRun("No note has arrived at the JACK port.")
    yield Figure("notes received", 100 * len(matched) / len(scheduled), "%", "count", better="higher")
    yield from latency_figures("scheduled to received", np.array(matched), len(scheduled))
    times = ms(matched)
    apart = np.abs(times - np.median(times))
    yield Figure(
        "scheduled to received, from its median", float(np.median(apart)), "ms", "tail", apart.tolist(),
        note=f"median of {len(times)}; a JACK block is 1.33 ms",
    )  # fmt: skip
    late = sum(e["kind"] == "late_plan" for e in session.events)
    yield Figure("late plans", late, "count", "tail", noise=math.inf, note=f"in {seconds:.0f} s")
