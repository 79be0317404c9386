"""Builders of the rows of the table of addresses."""

from typing import Any

from livehost.bridge.osc.schema import Address, Arg
from livehost.setting import Setting
from livehost.settings import TABLE


def of_setting(path: str, key: str) -> Address:
    """Make the address of a live setting: everything but its path is the setting's."""
    setting: Setting = TABLE[key]
    tag, low, high = _kind(setting)
    arg = Arg(tag, path.rsplit("/", 1)[-1], setting.unit, low, high, choices=setting.choices)
    access = "set" if setting.thread else "query"
    return Address(f"/livehost/{path}", access, setting.help, (arg,), "state", setting=key, voice=setting.voice)


def _kind(setting: Setting) -> tuple[str, float, float]:
    if isinstance(setting.default, bool):
        return "i", 0, 1
    tag = "s" if isinstance(setting.default, str) else "i" if isinstance(setting.default, int) else "f"
    return tag, setting.low, setting.high


def settings(prefix: str, keys: dict[str, str]) -> tuple[Address, ...]:
    """Make addresses of settings: name in the address → key."""
    return tuple(of_setting(prefix + name, key) for name, key in keys.items())


def info(name: str, tag: str, text: str) -> Address:
    """Make the address of a fact of the session, below /livehost/info."""
    return fact(f"info/{name}", name, text, Arg(tag, name))


def fact(path: str, name: str, text: str, arg: Arg) -> Address:
    """Make the address of a fact of the session, by its name in `Control.info`."""
    return Address(f"/livehost/{path}", "query", text, (arg,), "state", info=name)


def out(path: str, text: str, *args: Arg, group: str, record: str = "", part: int = -1) -> Address:
    """Make an address that is only sent."""
    return Address(f"/livehost/{path}", "out", text, args, group, record=record, part=part)


def do(path: str, access: str, text: str, *args: Arg, action: tuple[Any, ...], part: int = -1) -> Address:
    """Make the address of an action."""
    return Address(path, access, text, args, action=action, part=part)
