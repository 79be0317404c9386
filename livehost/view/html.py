"""A page of HTML with livehost's ink and paper."""

from collections.abc import Sequence
from html import escape

from livehost.view.theme import INK, PAPER, SOFT


def html_page(title: str, body: Sequence[str], style: str = "") -> str:
    """Write a whole page.

    Parameters
    ----------
    title : str
        Plain text.
    body : sequence of str
        Its parts, HTML.
    style : str
        CSS besides the usual.
    """
    usual = (
        f"body{{background:{PAPER};color:{INK};font:15px/1.5 sans-serif;max-width:1600px;margin:2em auto;padding:1em}}"
        f"p{{color:{SOFT}}}"
    )
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{usual}{style}</style></head><body>\n'
        + "\n".join(body)
        + "\n</body></html>\n"
    )
