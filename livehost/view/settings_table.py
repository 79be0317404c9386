"""The table of ``livehost settings``."""

import math

from rich import box
from rich.table import Table

from livehost.setting import Setting
from livehost.settings import TABLE


def _range(setting: Setting) -> str:
    if setting.choices:
        return " ".join(setting.choices)
    if isinstance(setting.default, bool):
        return "true false"
    if isinstance(setting.default, str):
        return "text"
    return f"{setting.low:g} … {setting.high:g} {setting.unit}".strip() if math.isfinite(setting.low) else setting.unit


def settings_table() -> Table:
    """All settings: key and default, what it takes, whether it may change while livehost runs, meaning."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("key = default", no_wrap=True)
    table.add_column("takes", max_width=18)
    table.add_column("live")
    table.add_column("meaning")
    for s in TABLE.values():
        if s.voice > 0:  # as voice 00
            continue
        default = str(s.default).lower() if isinstance(s.default, bool) else str(s.default)
        table.add_row(f"{s.key} = {default}", _range(s), "✓" if s.thread else "", s.help)
    return table
