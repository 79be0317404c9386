"""`livehost train strokes`: trains the head of a model that plays, shows it beside what counting says, writes it."""

import os
import shlex
import sys
import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from rich.console import Console

from livehost.atomic_file import make_folder
from livehost.errors import LivehostError
from livehost.inference.export import DEFAULT_EXPORT, find_export, read_manifest
from livehost.inference.kinds.bank_transformer import NAME
from livehost.studio.audio_data.prepare import prepare
from livehost.studio.audio_data.recording import load_recording, load_recordings
from livehost.studio.bank_transformer.augment import NONE, Strength
from livehost.studio.bank_transformer.from_export import read_export
from livehost.studio.bank_transformer.strokes.baselines import RepeatLast, histogram, nats, remaining
from livehost.studio.bank_transformer.strokes.graft import graft
from livehost.studio.bank_transformer.strokes.head import Answers, gather, head_nats, train_head
from livehost.studio.bank_transformer.strokes.questions import enough
from livehost.studio.evaluation.json_file import plain, write_json
from livehost.studio.evaluation.table import Column, make_table
from livehost.studio.exporting.write import folder_beside, put
from livehost.studio.training.checkpoint import network
from livehost.view.progress import progress_bar

#: Sequences that teach at most, and that are held out; share of the time that is spent on drawing them.
SEQUENCES, HELD_OUT, DRAWING = 2000, 120, 0.7
#: How often sounds are played in composed rhythms while it is learnt.
COMPOSED = 0.6
#: How far tempo and sound are varied: times are learnt at every tempo.
STRENGTH = Strength(time=0.35, transpose=3, unknown=0.0)


def train_strokes(options: Mapping[str, Any], console: Console) -> dict[str, dict[str, float]]:
    """Train the head of an export on recordings, and write the export with it.

    Parameters
    ----------
    options : mapping of str to object
        `from_`: export. `data`: folders of sounds and MIDI; `hours`, `scores`: music to render, as of `train bank`;
        `cache`: folder of prepared recordings. `test`: prepared caches of music that is only asked about. `out`: folder
        of the export that is written. `minutes`, `seed`, `threads`. `json`: file for the figures.
    console : rich.console.Console

    Returns
    -------
    dict of str to dict
        By what was asked about: nats of the head and of the baselines.

    Raises
    ------
    LivehostError
        Where nothing can be learnt, or the export has a head already.
    """
    torch.set_num_threads(options["threads"] or os.cpu_count() or 1)
    manifest = read_manifest(find_export(options["from_"] or DEFAULT_EXPORT), NAME)
    if manifest.shape.strokes:
        raise LivehostError(f"The export {manifest.name} has a head for the next stroke already.", 2)
    known = read_export(manifest)
    model = network(known).eval()
    mean, scale = (known[name].numpy() for name in ("mean", "scale"))
    with progress_bar(console, "Preparing") as progress:
        prepared = prepare(
            options["data"] or [], options["cache"], hours=options["hours"], seed=options["seed"],
            workers=options["threads"] or os.cpu_count() or 1, progress=progress, scores=options["scores"],
        )  # fmt: skip
    recordings = [load_recording(path) for path in prepared.paths]
    sides = {side: enough([r for r in recordings if r.split == side]) for side in ("train", "valid", "test")}
    if not (sides["train"] and sides["valid"]):
        raise LivehostError("There is too little to learn the next stroke from: give more music, or more hours.")
    began = time.monotonic()
    until = began + 60 * options["minutes"]

    def draw(
        side: list[Any], most: int, seed: int, deadline: float, strength: Strength = NONE, composed: float = 0.0
    ) -> Answers:
        with progress_bar(console, "Listening") as progress:
            return gather(
                model, side, mean, scale, sequences=most, until=deadline, seed=seed, strength=strength,
                composed=composed, progress=progress,
            )  # fmt: skip

    held_out = draw(sides["valid"], HELD_OUT, 1, until, NONE, COMPOSED)
    taught = draw(
        sides["train"], SEQUENCES, options["seed"] + 2, began + DRAWING * 60 * options["minutes"], STRENGTH, COMPOSED
    )
    head = train_head(taught, held_out, until=until, seed=options["seed"])
    asked = {f"{domain}, held out": [r for r in sides["test"] if r.domain == domain] for domain in _domains(sides)}
    for cache in options["test"] or []:
        others = enough(load_recordings(cache))
        asked |= {
            f"{cache.name}: {domain}": [r for r in others if r.domain == domain] for domain in _domains({"": others})
        }
    figures = {
        name: figures_of(head, draw(rows, HELD_OUT, 3, float("inf")), taught) for name, rows in asked.items() if rows
    }
    took = (time.monotonic() - began) / 60
    console.print(strokes_table(figures))
    console.print(f"{len(taught):,} questions taught, {took:.1f} min.", highlight=False)
    out = Path(options["out"])
    make_folder(out.parent)
    command = shlex.join(["livehost", *sys.argv[1:]])
    with folder_beside(out) as work:
        graft(manifest, model, head, work, prepared.data, command, lambda text: console.print(text, highlight=False))
        put(work, out)
    console.print(f"Wrote {out}.", highlight=False, markup=False)
    if options["json"] is not None:
        write_json(options["json"], {name: {k: plain(v) for k, v in row.items()} for name, row in figures.items()})
    return figures


def _domains(sides: Mapping[str, list[Any]]) -> list[str]:
    return sorted({r.domain for rows in sides.values() for r in rows})


def figures_of(head: Any, answers: Answers, taught: Answers) -> dict[str, float]:
    """Compare the head with what counting says, in nats a question; what is over counts for none of them.

    Parameters
    ----------
    head : nn.Linear
    answers : Answers
        Held out.
    taught : Answers
        That the baselines count.
    """
    with torch.inference_mode():
        said = head(answers.hidden, answers.aside).softmax(-1).numpy().astype(np.float64)
    seconds, elapsed = answers.seconds, answers.elapsed
    counted = np.tile(histogram(taught.seconds), (len(seconds), 1))
    again = RepeatLast(taught.seconds, taught.last)(answers.last)
    return {
        "questions": float(len(seconds)),
        "head": float(nats(remaining(said, elapsed), seconds).mean()),
        "histogram": float(nats(remaining(counted, elapsed), seconds).mean()),
        "repeat last": float(nats(remaining(again, elapsed), seconds).mean()),
        "head, as it is": float(head_nats(head, answers).mean()),
    }


def strokes_table(figures: Mapping[str, Mapping[str, float]]) -> Any:
    """Make the table: nats a question, by what was asked about."""
    columns = [
        Column("nats to the next stroke", lambda row: row[0], left=True),
        Column("  questions", lambda row: f"  {row[1]['questions']:.0f}"),
        *(Column(f"  {name}", partial(_nats, name)) for name in ("head", "histogram", "repeat last")),
    ]
    return make_table(list(figures.items()), columns)


def _nats(name: str, row: tuple[str, Mapping[str, float]]) -> str:
    return f"  {row[1][name]:.3f}"
