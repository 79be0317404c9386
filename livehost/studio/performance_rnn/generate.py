"""``livehost generate performance``: lets a model play into a MIDI file."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console

from livehost.errors import LivehostError
from livehost.performance.condition import condition
from livehost.performance.stream import decode, encode
from livehost.performance.vocabulary import STEP_S, shift_of
from livehost.studio.performance_rnn.beam import beam_search
from livehost.studio.performance_rnn.choose import Choice
from livehost.studio.performance_rnn.improvise import Line, improvise
from livehost.studio.performance_rnn.midi import read_performance, write_performance
from livehost.studio.performance_rnn.steps import open_model

#: Of a prime, the newest events that are taken: more than any model remembers.
PRIME_EVENTS = 2048
#: Longest performance that is generated, seconds.
LONGEST_S = 6 * 3600.0
#: Pitch classes by name, for `--histogram C,E,G`.
_NAMES = {name: k for k, names in enumerate(
    ("C B#", "C# DB", "D", "D# EB", "E FB", "F E#", "F# GB", "G", "G# AB", "A", "A# BB", "B CB")
) for name in names.split()}  # fmt: skip


def generate_performance(options: Mapping[str, Any], console: Console) -> np.ndarray:
    """Generate a performance, and write it; see `livehost generate performance -h` for the options.

    Returns
    -------
    numpy.ndarray
        `NOTE` [notes], what was played.

    Raises
    ------
    LivehostError
        One sentence: a number that is none, a prime that cannot be read, a model that cannot be opened.
    """
    seconds, out = options["seconds"], Path(options["out"])
    if not 0 < seconds <= LONGEST_S:
        raise LivehostError(f"--seconds is above 0 and at most {LONGEST_S:g}, not {seconds:g}.", 2)
    if out.is_dir():
        raise LivehostError(f"{out} is a folder; give the name of a file.", 2)
    choice = Choice(options["temperature"], options["top_k"], options["top_p"])
    histogram = parse_histogram(options["histogram"]) if options["histogram"] is not None else None
    asked = condition(histogram, options["density"])
    line = Line([], max(round(seconds / STEP_S), 1))
    if options["prime"] is not None:
        line.prime(*_prime(Path(options["prime"])))
    model = open_model(options["model"])
    if options["beam"] > 1:
        found = beam_search(model, line, lambda _: asked, options["beam"], seed=options["seed"])
        line = found.line
        console.print(f"Beam search: {found.choices} choices, {found.mean:.3f} nats each.", highlight=False)
    else:
        improvise(model.lines(1), [line], lambda _: asked, choice, options["seed"])
    notes = played(line)
    write_performance(notes, out)
    console.print(
        f"Wrote {out}: {len(notes)} notes in {(line.now - line.begin) * STEP_S:.1f} s, by {model.name}.",
        markup=False, highlight=False,
    )  # fmt: skip
    return notes


def played(line: Line) -> np.ndarray:
    """Give the notes that a line has begun behind what had been before, from 0 s on, none longer than its end."""
    notes = decode(line.events, line.sources)
    begin, end = line.begin * STEP_S, line.end * STEP_S
    notes = notes[(notes["start_s"] >= begin - STEP_S / 2) & (notes["start_s"] < end)]
    notes["end_s"] = np.minimum(notes["end_s"], end) - begin
    notes["start_s"] -= begin
    return notes


def parse_histogram(text: str) -> list[float]:
    """Read a histogram: twelve numbers from C on, or names of pitch classes.

    Examples
    --------
    >>> parse_histogram("C,E,G")
    [1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0]
    """
    parts = [part.strip() for part in text.split(",")]
    if all(part.upper() in _NAMES for part in parts):
        weights = [0.0] * 12
        for part in parts:
            weights[_NAMES[part.upper()]] += 1.0
        return weights
    try:
        return [float(part) for part in parts]
    except ValueError as error:
        raise LivehostError(
            f"--histogram is 12 numbers from C on (1,0,0,0,1,0,0,1,0,0,0,0) or pitch classes (C,E,G), not {text!r}.",
            2,
        ) from error


def _prime(path: Path) -> tuple[list[int], list[int]]:
    """Read what a performance goes on from: the newest events of a MIDI file, as one's own."""
    notes = read_performance(path)
    newest = notes[-PRIME_EVENTS:]
    stream = encode(newest, start_s=float(newest["start_s"].min()))
    events = stream.events[-PRIME_EVENTS:].tolist()
    return [shift_of(1), *events], [0] * (len(events) + 1)
