"""The table of ``livehost settings``."""

import math

from rich.table import Table

from livehost.settings import TABLE, Setting


def _range(setting: Setting) -> str:
    if setting.choices:
        return " | ".join(setting.choices)
    if isinstance(setting.default, bool):
        return "true | false"
    return "" if math.isinf(setting.low) else f"{setting.low:g} … {setting.high:g}"


def settings_table() -> Table:
    """All settings: key, default, unit, range, whether OSC may change it live, meaning."""
    table = Table("key", "default", "unit", "range", "live", "meaning")
    for s in TABLE.values():
        table.add_row(s.key, str(s.default), s.unit, _range(s), "✓" if s.room else "", s.help)
    return table
