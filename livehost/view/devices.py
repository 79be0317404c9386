"""The tables of ``livehost devices``."""

from rich.table import Table

from livehost.errors import LivehostError


def device_tables() -> list[Table | str]:
    """Tables of sound devices and of MIDI ports; a sentence in place of what is not there."""
    return [_sound(), *_midi()]


def _sound() -> Table | str:
    from livehost.engine.drivers.devices import list_devices
    from livehost.engine.drivers.patience import ask

    try:
        devices = ask(list_devices)
    except LivehostError as error:
        return str(error)
    if not devices:
        return "There is no sound device; livehost runs on its own clock, without sound (--driver null)."
    table = Table("", "sound device", "host", "in", "out", "Hz", "default")
    for d in devices:
        cells = (d["index"], d["name"], d["host"], d["inputs"], d["outputs"], f"{d['rate']:.0f}", d["default"])
        table.add_row(*map(str, cells))
    return table


def _midi() -> list[Table | str]:
    from livehost.bridge.midi.out import port_names

    try:
        found = {side: port_names(inputs=side == "in") for side in ("out", "in")}
    except LivehostError as error:
        return [str(error)]
    return [_ports(side, names) for side, names in found.items()]


def _ports(side: str, names: list[str]) -> Table | str:
    if not names:
        return f"There is no MIDI {side}put port; --midi-{side} NAME makes a virtual one."
    table = Table(f"MIDI {side}put port")
    for name in names:
        table.add_row(name)
    return table
