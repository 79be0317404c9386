"""``livehost plot attention``: what each choice rested on, as a picture or as a film with its sound."""

from collections.abc import Callable
from pathlib import Path

from livehost.errors import LivehostError
from livehost.view.attention.log import read_attention
from livehost.view.attention.scene import make_scene
from livehost.view.picture.page import DPI, saving

#: Endings of files that can be written.
PICTURE, FILM = ".png", ".mp4"
_USUAL_RATE = 48_000.0


def plot_attention(
    log: Path | str,
    output: Path | str,
    *,
    heard: Path | str | None = None,
    played: Path | str | None = None,
    rate: float | None = None,
    part: int = 0,
    start_s: float = 0.0,
    end_s: float | None = None,
    title: str | None = None,
    dpi: int = DPI,
    progress: Callable[[int, int], None] | None = None,
) -> Path:
    """Draw the attention of a session.

    The picture has what was heard above, what was played below, and a line from each sound that was played to those
    that it rested on, as thick as their weight; under them every step's weight by how many sounds ago they were; at
    the right shares, the sounds that counted most, and each head. The film shows the same, moving, with the sound: left
    heard, right played.

    Parameters
    ----------
    log : path
        ``events.jsonl`` of ``livehost run --events``.
    output : path
        Ending in .png or .mp4.
    heard, played : path, optional
        Recordings of ``livehost run --record`` (``heard.wav``, ``played.wav``): waveforms, and the film's sound.
    rate : float, optional
        Hz of the session, where neither a recording nor the log says it (48,000).
    part : int
        Whose choices.
    start_s, end_s : float
        Stretch of the session that is shown; by default all of it.
    title : str, optional
        Headline of the picture.
    dpi : int
        Of the picture; 100 gives 1600 × 900 pixels.
    progress : callable, optional
        Called with (frames done, frames) while a film is made.

    Returns
    -------
    Path
        `output`.

    Raises
    ------
    LivehostError
        For a log without attention, a stretch without anything, a file that cannot be read or written.
    """
    output = Path(output)
    if output.suffix.lower() not in (PICTURE, FILM):
        raise LivehostError(f"{output} has another ending than {PICTURE} or {FILM}: which shall it be?", 2)
    if rate is not None and rate <= 0:
        raise LivehostError(f"A session has a rate above 0 Hz, not {rate:g}.", 2)
    found = read_attention(Path(log), part)
    scene = make_scene(found, found.rate or rate or _USUAL_RATE, _path(heard), _path(played), start_s, end_s)
    with saving(output):
        if output.suffix.lower() == FILM:
            from livehost.view.attention.film import write_film

            write_film(scene, output, progress)
        else:
            from livehost.view.attention.page import draw_page

            draw_page(scene, title, dpi).savefig(output, format="png", dpi=dpi)
    return output


def _path(name: Path | str | None) -> Path | None:
    return None if name is None else Path(name)
