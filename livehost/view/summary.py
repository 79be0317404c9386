"""What is printed at the end of a session."""

from rich.table import Table
from rich.text import Text

from livehost.stage.snapshot import Snapshot
from livehost.view.plain import clock, number


def triple(values: tuple[float, ...], unit: str, digits: int = 1) -> str:
    """Write median, p99 and maximum (or the first of them), ``3.1 / 5.0 / 6.2 ms``; a dash where there is nothing."""
    texts = [number(value, digits) for value in values]
    return "–" if set(texts) <= {"–"} else f"{' / '.join(texts)} {unit}"


def summary_table(snapshot: Snapshot) -> Table:
    """Sum a session up.

    Parameters
    ----------
    snapshot : Snapshot
        The last one.

    Returns
    -------
    rich.table.Table
        Two columns: what, how much.
    """
    s = snapshot
    trouble = {name: count for name, count in s.counters.items() if count}
    rows = [
        ("played", f"{clock(s.frame / s.rate, 1)} of music in {clock(s.uptime_s, 1)}, {s.blocks:,} blocks"),
        ("heard", f"onsets: {s.counts.get('onset', 0):,}, own echoes ignored: {s.counts.get('masked', 0):,}"),
        ("answered", f"sounds: {s.counts.get('sample', 0):,}"),
        ("onset → sound, median / p99 / max", triple(s.onset_to_sound_ms, "ms")),
        ("a decision, median / p99", triple(s.decide_ms[:2], "ms", 2)),
        ("callback, median / p99 / max", triple(s.callback_us, "µs")),
        ("callback, share of the block", f"{100 * s.cpu:.1f} %"),
        ("trouble", ", ".join(f"{name}: {count:,}" for name, count in trouble.items()) or "none"),
    ]
    table = Table(show_header=False, box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(style="dim")
    table.add_column()
    for what, how_much in rows:
        table.add_row(what, Text(how_much, style="bold yellow" if what == "trouble" and trouble else ""))
    return table
