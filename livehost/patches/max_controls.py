"""One control of the table in a Max patcher: a `live.*` object that says its address, and shows what is reported."""

import re
from dataclasses import dataclass, field
from typing import Any

from py2max.core.box import Box

from livehost.patches.controls import Control
from livehost.patches.max_box import MaxPatch

#: Unit styles of Live's parameters: 0 whole, 1 with decimals, and by unit.
_STYLES = {"dB": 4, "dBFS": 4, "ms": 2, "Hz": 3, "%": 5, "semitones": 7}
_FLOAT, _INT, _ENUM = 0, 1, 2
#: Values of a parameter of Live's whole type, at most.
_INT_VALUES = 256
CELL = (112, 62)


@dataclass
class Wires:
    """What all controls of a patcher are connected to.

    Attributes
    ----------
    patch : MaxPatch
    heard : Box
        Gives all messages that come.
    say : Box
        Takes what the widgets say.
    send : Box
        Takes what is to go out at once.
    names : dict
        Parameter by the id of its box: long name, short name.
    """

    patch: MaxPatch
    heard: Box
    say: Box
    send: Box
    names: dict[str, tuple[str, str]] = field(default_factory=dict)


def short(one: Control) -> str:
    """Name a control in one or two words; its unit stands beside its value."""
    *before, last = one.words
    last = re.sub("_(db|ms)$", "", last).replace("_", " ")
    return f"{before[0]} {last}" if last == "gain" and before[0] not in ("model", "part") else last


def parameter(one: Control) -> dict[str, Any]:
    """Make what Live knows of a control: names, type, range, unit, default."""
    made: dict[str, Any] = {"parameter_longname": one.name, "parameter_shortname": short(one), "parameter_modmode": 0}
    if one.kind in ("toggle", "button", "menu"):
        words = list(one.choices) if one.kind == "menu" else ["off", "on"]
        made |= {"parameter_enum": words, "parameter_mmax": len(words) - 1, "parameter_type": _ENUM}
        if one.kind == "button":
            return made
        return made | {"parameter_initial": [int(one.initial)], "parameter_initial_enable": 1}
    whole = one.whole and one.high - one.low < _INT_VALUES
    number = int if whole else float
    made |= {"parameter_mmin": number(one.low), "parameter_mmax": number(one.high)}
    made |= {"parameter_type": _INT if whole else _FLOAT}
    made |= {"parameter_unitstyle": 0 if one.whole else _STYLES.get(one.unit, 1)}
    return made | {"parameter_initial": [number(one.initial)], "parameter_initial_enable": 1}


def add(wires: Wires, one: Control, shown: tuple[int, int, int, int], label: str = "") -> Box:
    """Add a control, its label above or in it, and its cords; what was added."""
    patch = wires.patch
    y = patch.row()
    box = _ADDERS[one.kind](wires, one, shown, y)
    if label:
        x, top = shown[:2]
        patch.comment(label, (x, top - 16, CELL[0] - 4, 16))
    if one.reports:
        _report(wires, one, box, y)
    return box


def _live(wires: Wires, kind: str, one: Control, shown: tuple[int, int, int, int], y: int, **more: Any) -> Box:
    valueof = parameter(one)
    box = wires.patch.widget(
        kind, 260, y, shown, parameter_enable=1, varname=one.name, annotation=one.help, annotation_name=one.name,
        saved_attribute_attributes={"valueof": valueof}, **more,
    )  # fmt: skip
    wires.names[str(box.id)] = (one.name, str(valueof["parameter_shortname"]))
    return box


def _value(kind: str) -> Any:
    """Make the adder of an object that puts out its value."""

    def adder(wires: Wires, one: Control, shown: tuple[int, int, int, int], y: int) -> Box:
        box = _live(wires, kind, one, shown, y)
        wires.patch.chain(box, wires.patch.obj(f"prepend {one.path}", 380, y), wires.say)
        return box

    return adder


def _button(wires: Wires, one: Control, shown: tuple[int, int, int, int], y: int) -> Box:
    box = _live(wires, "live.button", one, shown, y)
    wires.patch.chain(box, wires.patch.msg(one.path, 380, y), wires.send)
    return box


def _text(wires: Wires, one: Control, shown: tuple[int, int, int, int], y: int) -> Box:
    box = wires.patch.widget("textedit", 260, y, shown, keymode=1, lines=1, hint=one.help)
    typed, word = wires.patch.obj("route text", 380, y), wires.patch.obj("tosymbol", 460, y)
    wires.patch.chain(box, typed, word, wires.patch.obj(f"prepend {one.path}", 540, y), wires.say)
    return box


def _number(wires: Wires, one: Control, shown: tuple[int, int, int, int], y: int) -> Box:
    box = wires.patch.widget("number" if one.whole else "flonum", 260, y, shown, hint=one.help, parameter_enable=0)
    wires.patch.chain(box, wires.patch.obj(f"prepend {one.path}", 380, y), wires.say)
    return box


def _display(wires: Wires, _: Control, shown: tuple[int, int, int, int], y: int) -> Box:
    return wires.patch.msg("", 260, y, shown)


_ADDERS = {
    "slider": _value("live.dial"),
    "toggle": _value("live.toggle"),
    "menu": _value("live.menu"),
    "button": _button,
    "text": _text,
    "number": _number,
    "shown": _display,
}
#: Size of each in a cell.
SIZES = {
    "slider": (60, 48), "toggle": (18, 18), "menu": (100, 18), "button": (22, 22), "text": (104, 20),
    "number": (60, 20), "shown": (104, 20),
}  # fmt: skip


def _report(wires: Wires, one: Control, box: Box, y: int) -> None:
    """Show what livehost tells, without saying it again."""
    patch = wires.patch
    mine = patch.obj(f"route {one.path}", 20, y)
    patch.cord(wires.heard, mine)
    if one.kind == "menu":
        words = patch.obj(f"route {' '.join(one.choices)}", 20, patch.row())
        patch.cord(mine, words)
        for place in range(len(one.choices)):
            number = patch.msg(f"set {place}", 20 + 60 * place, patch.row())
            patch.cord(words, number, place)
            patch.cord(number, box)
        return
    patch.chain(mine, patch.obj("prepend set", 180, y), box)
