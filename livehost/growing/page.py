"""The page about a grown bank: what was made of what, to be heard and seen, and what was rejected and why."""

from html import escape
from pathlib import Path
from urllib.parse import quote

import numpy as np

from livehost.atomic_file import atomic_write
from livehost.bank.decode import UnusableSound, decode
from livehost.growing.files import writing
from livehost.growing.grow import Growth, counted
from livehost.growing.picture import draw_growth
from livehost.growing.record import RECORD, Grown
from livehost.view.bank_map.map import envelope
from livehost.view.html import html_page
from livehost.view.theme import ACCENT, HAIR, SOFT

PAGE, PICTURE = "grown.html", "grown.png"
#: Size of the outline of a sound, and its points.
_WIDE, _HIGH, _POINTS = 120, 32, 40
_STYLE = (
    f"small{{color:{SOFT}}}td{{border-top:1px solid {HAIR};padding:.2em 1em .2em 0;vertical-align:middle}}"
    f"img{{width:100%}}audio{{height:32px;width:220px}}path{{fill:{ACCENT}}}"
)


def write_page(growth: Growth) -> Path:
    """Write the page and its picture into the folder of the bank.

    Returns
    -------
    Path
        The page.

    Raises
    ------
    LivehostError
        Where they cannot be written.
    """
    folder, record = growth.order.out, growth.record
    draw_growth(growth, folder / PICTURE)
    about = record.about
    rejected = "".join(f"<tr><td>{count}</td><td>{escape(words)}</td></tr>" for words, count in counted(record).items())
    learnt = ", ".join(f"{row.get('name')} ({row.get('licence')})" for row in about["learnt_from"])
    facts = [
        ("grew from", f"{about['bank']}, {about['sounds']} sounds, {about['way']}"),
        ("by", f"{about['model']} ({about['kind']}, {about['licence']}) and {about['voice']}"),
        ("the model has learnt from", learnt or "it does not say"),
        ("seed", str(growth.order.seed)), ("livehost", about["livehost"]),
    ]  # fmt: skip
    body = [
        f"<h1>{escape(folder.resolve().name)}</h1><p>{escape(growth.summary())}</p>",
        f'<img src="{PICTURE}" alt="old and new sounds, and what became of the candidates">',
        "<table>" + "".join(f"<tr><td>{escape(a)}</td><td>{escape(b)}</td></tr>" for a, b in facts) + "</table>",
        f"<h2>Rejected</h2><table>{rejected}</table>" if rejected else "<h2>Nothing was rejected</h2>",
        "<h2>Grown</h2><table>" + "".join(_row(folder, sound) for sound in record.grown) + "</table>",
        f"<p>All of it stands in {RECORD}, too.</p>",
    ]
    text = html_page(folder.resolve().name, body, _STYLE)
    with writing(folder), atomic_write(folder / PAGE) as new:
        new.write_text(text, "utf-8", "replace")
    return folder / PAGE


def _row(folder: Path, sound: Grown) -> str:
    name, parents = escape(sound.name), escape(" and ".join(sound.parents) or "no sound in particular")
    if len(sound.parents) == 2:
        parents += f", {sound.share:.0%} of the way"
    cells = (
        _outline(folder / sound.name), f'<audio controls preload="none" src="{quote(sound.name)}"></audio>', name,
        f"<small>from {parents}</small>", f"<small>most like {escape(sound.nearest)}, {sound.distance:.2f}</small>",
        f"<small>{sound.seconds:.2f} s, {sound.loudness_db:.1f} LKFS</small>",
    )  # fmt: skip
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>\n"


def _outline(path: Path) -> str:
    """Draw the envelope of a sound; nothing where it cannot be read."""
    try:
        heights = envelope(decode(path, 44_100).samples, _POINTS) * _HIGH / 2
    except (UnusableSound, OSError):
        return ""
    x = np.linspace(0, _WIDE, _POINTS)
    points = [*zip(x, _HIGH / 2 - heights, strict=True), *zip(x[::-1], _HIGH / 2 + heights[::-1], strict=True)]
    drawn = "L".join(f"{a:.0f} {b:.1f}" for a, b in points)
    return f'<svg width="{_WIDE}" height="{_HIGH}"><path d="M{drawn}Z"/></svg>'
