"""The tables of `livehost studio list` and `describe`: every family and preset, what it needs, time, licence."""

import difflib
from collections.abc import Iterator

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from livehost.errors import LivehostError
from livehost.inference.export import find_export
from livehost.inference.manifest import load_table
from livehost.studio.families import FAMILIES
from livehost.studio.family import Family, Preset
from livehost.view.progress import lasting

_VERBS = ("train", "evaluate", "export", "generate")


def family_named(name: str) -> Family:
    """Find a family.

    Raises
    ------
    LivehostError
        Where there is none; the sentence names the nearest one, or all.
    """
    if name in FAMILIES:
        return FAMILIES[name]
    near = difflib.get_close_matches(name, FAMILIES, 1, 0.5)
    hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(FAMILIES)}."
    raise LivehostError(f"There is no family called {name}. {hint}", 2)


def family_table() -> Table:
    """List every family and preset: what it is for, how long it takes to train, the licence of its shipped export."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("family", no_wrap=True)
    table.add_column("preset", no_wrap=True)
    table.add_column("what for")
    table.add_column("to train, two cores", justify="right")
    table.add_column("shipped export")
    for family in FAMILIES.values():
        table.add_row(Text(family.name, "bold"), "", family.about, "", shipped(family))
        for preset in family.presets:
            table.add_row("", preset.name, preset.help, time_to_train(family, preset), "")
    return table


def time_to_train(family: Family, preset: Preset) -> str:
    """Say how long a preset takes to train."""
    return lasting(60 * (preset.minutes or family.usual.minutes))


def shipped(family: Family) -> str:
    """Say which export livehost comes with, and its licence; a dash where there is none."""
    if not family.shipped:
        return "–"
    try:
        table = load_table(find_export(family.shipped))
    except LivehostError:
        return f"{family.shipped}, not installed"
    return f"{family.shipped}, {table.get('licence', 'no licence')}"


def describe(family: Family) -> Iterator[RenderableType]:
    """Describe a family: what it does and needs, its presets and commands, what its shipped export was made from."""
    yield Text(f"{family.name}: {family.title}", "bold")
    yield Text(family.about)
    facts = Table(box=None, show_header=False, pad_edge=False)
    facts.add_column(no_wrap=True)
    facts.add_column()
    facts.add_row("learns from", family.material)
    facts.add_row("needs", ", ".join(family.train.needs) or "nothing more")
    facts.add_row("to train", f"{lasting(60 * family.usual.minutes)} on two cores; further, with --from, "
                  f"{lasting(60 * family.further.minutes)}")  # fmt: skip
    facts.add_row("commands", "\n".join(_commands(family)))
    facts.add_row("shipped export", "\n".join(_export(family)))
    yield facts
    presets = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in ("preset", "typed", "what for", "to train, two cores"):
        presets.add_column(column)
    for preset in family.presets:
        presets.add_row(preset.name, preset.typed or "–", preset.help, time_to_train(family, preset))
    yield presets


def _commands(family: Family) -> Iterator[str]:
    for verb in _VERBS:
        command = getattr(family, verb)
        if command is not None:
            yield f"livehost {verb} {family.name}: {command.help}"


def _export(family: Family) -> Iterator[str]:
    yield shipped(family)
    if not family.shipped:
        return
    try:
        table = load_table(find_export(family.shipped))
    except LivehostError:
        return
    for row in table.get("data", []):
        yield f"learnt from {row.get('name')}, {row.get('licence')}, {row.get('hours', 0):.1f} h"
    if command := table.get("training", {}).get("command"):
        yield f"made by: {command}"
