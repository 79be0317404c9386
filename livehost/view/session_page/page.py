"""``livehost show``: the pictures of a session folder, and a page that holds them with its sound."""

from html import escape
from pathlib import Path
from typing import Any

import numpy as np

from livehost.errors import LivehostError
from livehost.event_kinds import KINDS
from livehost.session_folder import layout
from livehost.session_log import SessionLog
from livehost.view.html import html_page
from livehost.view.picture.page import clock
from livehost.view.picture.recording import read_recording
from livehost.view.picture.session import plot_session
from livehost.view.picture.story import tell
from livehost.view.picture.time import tempo_fact, together_fact
from livehost.view.theme import HAIR

PAGE, PICTURE, ATTENTION = "index.html", "picture.png", "attention.png"
#: Kinds of events that the page lists, and most of them.
_LISTED = (
    "silenced", "resumed", "rest", "begin", "unquantised", "player_changed", "part_failed", "record_gap", "card_lost",
    "card_back", "reset",
)  # fmt: skip
_MOST = 500
_NOTHING = np.zeros((0, 1), np.float32)


def show_session(folder: Path) -> str:
    """Draw a session into its folder: ``picture.png``, ``attention.png`` where there is any, and ``index.html``.

    Returns
    -------
    str
        A sentence that names what was written.

    Raises
    ------
    LivehostError
        Where the folder holds no log, or cannot be written.
    """
    log = SessionLog(layout.find_file(folder, layout.EVENTS, "event log"))
    events = list(log.events())
    rate = log.rate or 48_000.0
    sounds = {name: _sound(folder / name, rate) for name in (layout.HEARD, layout.PLAYED)}
    seconds = max([len(samples) / rate for samples in sounds.values()] + [e["frame"] / rate for e in events] + [0.0])
    plot_session(sounds[layout.HEARD], sounds[layout.PLAYED], rate, events, folder / PICTURE, title=folder.name)
    pictures = [PICTURE]
    if (folder / layout.ATTENTION).is_file():
        from livehost.view.attention.plot import plot_attention

        try:
            plot_attention(folder, folder / ATTENTION, rate=rate, end_s=seconds)
            pictures.append(ATTENTION)
        except LivehostError:
            pass  # no model has played
    missing = [name for name, samples in sounds.items() if not len(samples)]
    page = _page(folder.name, log, events, seconds, pictures, [name for name in sounds if name not in missing])
    try:
        (folder / PAGE).write_text(page, "utf-8")
    except OSError as error:
        raise LivehostError(f"{folder / PAGE} cannot be written: {error.strerror}.") from None
    without = f" There is no sound in {' and '.join(missing)}." if missing else ""
    return f"Wrote {', '.join(str(folder / name) for name in (*pictures, PAGE))}.{without}"


def _sound(path: Path, rate: float) -> np.ndarray:
    """Give a recording's samples, float32 [frames, channels]; none where it is not there, or of another rate."""
    try:
        samples, own = read_recording(path)
    except LivehostError:
        return _NOTHING
    return samples if own == rate else _NOTHING


def _page(
    name: str, log: SessionLog, events: list[dict[str, Any]], seconds: float, pictures: list[str], sounds: list[str]
) -> str:
    rate, header = log.rate or 48_000.0, log.header
    story = tell(events, rate, seconds)
    count = {kind: sum(event["kind"] == kind for event in events) for kind in ("onset", "sample", "note", "silenced")}
    facts = [
        clock(round(seconds, 1), seconds), f"{count['onset']} onsets", f"{count['sample']} sounds",
        f"{count['note']} notes", *(fact for fact in (tempo_fact(story), together_fact(story)) if fact),
        f"{count['silenced']} panics and stops", f"livehost {header.get('livehost', '?')}",
        f"{rate:.0f} Hz",
    ]  # fmt: skip
    if log.broken:
        facts.append(f"{log.broken} broken lines in the log")
    players = [
        (f"part {row.get('part')}", f"{row.get('model') or row.get('player')} on {row.get('bank')}")
        for row in header.get("parts", [])
    ]
    settings = sorted((key, str(value)) for key, value in header.get("settings", {}).items())
    rows = [(clock(event["frame"] / rate, seconds), _told(event)) for event in events if event["kind"] in _LISTED]
    listed = [("began with", ""), *settings, ("then", ""), *_changes(events, rate, seconds)]
    more = f"<p>and {len(rows) - _MOST} more</p>" if len(rows) > _MOST else ""
    body = [
        f"<h1>{escape(name)}</h1><p>{escape('   ·   '.join(facts))}</p>",
        *(f'<p>{escape(sound)}<br><audio controls preload="none" src="{sound}"></audio></p>' for sound in sounds),
        *(f'<img src="{picture}" alt="{picture}">' for picture in pictures),
        "<h2>Who played</h2>" + _table(players),
        "<h2>What happened</h2>" + _table(rows[:_MOST]) + more,
        "<h2>Settings</h2>" + _table(listed),
    ]
    style = f"td{{border-top:1px solid {HAIR};padding:.2em 1em .2em 0}}img,audio{{width:100%}}"
    return html_page(name, body, style)


def _changes(events: list[dict[str, Any]], rate: float, seconds: float) -> list[tuple[str, str]]:
    """List the settings that changed, at most as many as a person reads."""
    found = [
        (clock(e["frame"] / rate, seconds), f"{e.get('key')} = {e.get('value')} ({e.get('by')})")
        for e in events
        if e["kind"] == "setting"
    ]
    return found[:_MOST]


def _told(event: dict[str, Any]) -> str:
    """Say what an event was, as other views do."""
    record = KINDS.get(event["kind"])
    fields = [f"{key} {value}" for key, value in event.items() if key not in ("frame", "kind")]
    return f"{record.word if record is not None else event['kind']}: {', '.join(fields)}" if fields else event["kind"]


def _table(rows: list[tuple[str, str]]) -> str:
    cells = "".join(f"<tr><td>{escape(a)}</td><td>{escape(b)}</td></tr>" for a, b in rows)
    return f"<table>{cells}</table>" if rows else "<p>nothing</p>"
