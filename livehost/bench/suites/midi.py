"""MIDI: from the frame at which a voice starts to the note at another program's JACK port."""

import time
from collections.abc import Iterator

import numpy as np

from livehost.bench.jack_rig import RATE, Rig, attacks, click_bank, rig
from livehost.bench.program import free_udp_port, send_osc
from livehost.bench.suite import CannotRun, Context, Figure
from livehost.bench.suites.loopback import latency_figures, ms

_NOTE_ON, _NOTE_OFF = 0x90, 0x80


def run(context: Context) -> Iterator[Figure]:
    """Play items by hand, and see when sound and note arrive."""
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
    audible = take.frame(attacks(take.heard[0]))
    if len(audible) == len(on):
        offsets = ms(on - audible)
        note = "negative: the note is there before the sound"
        yield Figure("note against sound median", float(np.median(offsets)), "ms", "tail", offsets.tolist(), note=note)
