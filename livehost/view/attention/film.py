"""The film of a session's attention: the lanes move, the playhead stands, and the sound is heard."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from livehost.errors import LivehostError
from livehost.extras import require
from livehost.view.attention.lanes import HEARD_LANE, HEAT_LANE, PLAYED_LANE, draw_lanes, draw_lines
from livehost.view.attention.scene import Scene, ages_shown, heat, lines
from livehost.view.theme import INK, PAPER, SOFT

WIDTH, HEIGHT, DPI, FPS = 1280, 720, 100, 25
#: What is seen at once, and how much of it lies before the playhead.
WINDOW_S, PAST_S = 12.0, 9.0
#: The lines of a decision stay for this long, paler and paler.
LINGER_S = 1.6
_TILE_S = 8.0
_LEFT = 110
_PIXELS_PER_S = (WIDTH - _LEFT) / WINDOW_S
#: What of the page's height a film shows.
_TOP, _BOTTOM = 84.0, HEAT_LANE[1] + 30.0


def write_film(scene: Scene, path: Path, progress: Callable[[int, int], None] | None = None) -> None:
    """Write the film.

    Parameters
    ----------
    scene : Scene
        What is shown; where it has recordings they are the sound, left heard, right played.
    path : Path
        MP4 (H.264, AAC).
    progress : callable, optional
        Called with (frames done, frames).

    Raises
    ------
    LivehostError
        Where imageio-ffmpeg is missing, or its ffmpeg fails.
    """
    require("A film, unlike a picture (.png),", "imageio_ffmpeg")
    import imageio_ffmpeg

    count = max(int(np.ceil(scene.shown_s * FPS)), 1)
    with tempfile.TemporaryDirectory(prefix="livehost-") as folder:
        sound = _write_sound(scene, Path(folder) / "sound.wav")
        writer = imageio_ffmpeg.write_frames(
            str(path), (WIDTH, HEIGHT), fps=FPS, quality=7, macro_block_size=16, ffmpeg_log_level="error",
            audio_path=None if sound is None else str(sound), audio_codec=None if sound is None else "aac",
        )  # fmt: skip
        try:
            with closing(writer):
                writer.send(None)
                for done, frame in enumerate(_frames(scene, count)):
                    writer.send(frame)
                    if progress is not None:
                        progress(done + 1, count)
        except (OSError, RuntimeError) as error:  # the latter where it finds no ffmpeg
            with suppress(OSError):
                path.unlink(missing_ok=True)
            why = str(error).strip().splitlines()[-1] if str(error).strip() else "it gives no reason"
            raise LivehostError(f"ffmpeg could not write {path}: {why.rstrip('.')}.") from None


def _write_sound(scene: Scene, path: Path) -> Path | None:
    """Write the stereo file, left heard, right played; None where there is no recording."""
    first, last = (round(at * scene.rate) for at in (scene.start_s, scene.end_s))
    if scene.heard is None and scene.played is None:
        return None
    stereo = np.zeros((last - first, 2), np.float32)
    for channel, samples in enumerate((scene.heard, scene.played)):
        if samples is not None:
            part = samples[first:last]
            stereo[: len(part), channel] = part
    soundfile.write(path, stereo, int(scene.rate), "PCM_24")
    return path


def _frames(scene: Scene, count: int) -> Iterator[np.ndarray]:
    """Give all frames, uint8 [HEIGHT, WIDTH, 3]."""
    strip, stage = _Strip(scene), _Stage(scene)
    for k in range(count):
        now = scene.start_s + k / FPS
        yield stage.draw(now, strip.window(now - PAST_S))


class _Strip:
    """The lanes of the whole session as one long picture, painted where it is needed."""

    def __init__(self, scene: Scene) -> None:
        self._scene, self._ages = scene, ages_shown(scene.log, most=48)
        self._width = round(_TILE_S * _PIXELS_PER_S)
        self._tile = lru_cache(maxsize=4)(self._paint)

    def window(self, start_s: float) -> np.ndarray:
        """Give what is seen from a time on, uint8 [HEIGHT, WIDTH − _LEFT, 3]."""
        first = round(start_s * _PIXELS_PER_S)
        tiles = range(first // self._width, (first + WIDTH - _LEFT - 1) // self._width + 1)
        row = np.concatenate([self._tile(number) for number in tiles], axis=1)
        offset = first - tiles[0] * self._width
        return row[:, offset : offset + WIDTH - _LEFT]

    def _paint(self, number: int) -> np.ndarray:
        scene = self._scene
        start, end = number * self._width / _PIXELS_PER_S, (number + 1) * self._width / _PIXELS_PER_S
        figure, page = _page(self._width, 0)
        page.set_xlim(start, end)
        draw_lanes(page, scene, start, end, self._width)
        image = heat(scene, start, end, self._width, self._ages)
        page.imshow(image, extent=(start, end, HEAT_LANE[1], HEAT_LANE[0]), aspect="auto", interpolation="nearest")
        page.set(xlim=(start, end), ylim=(_BOTTOM, _TOP))
        for second in range(int(start) - 1, int(end) + 2):  # beyond its edges too: half of a word may stand here
            if 0 <= second <= scene.seconds:
                text = f"{second} s" if scene.seconds <= 120 else f"{second // 60}:{second % 60:02d}"
                page.text(second, HEAT_LANE[1] + 20, text, fontsize=8, color=SOFT, ha="center")
        canvas: Any = figure.canvas
        canvas.draw()
        return np.asarray(canvas.buffer_rgba())[:, :, :3].copy()


class _Stage:
    """What moves before the strip: the playhead, the lines of the newest decisions, what the newest step looks at."""

    def __init__(self, scene: Scene) -> None:
        self._scene, self._times = scene, scene.times
        self._decisions = scene.decisions()
        self._starts = np.array([start for start, _ in self._decisions])
        self._figure, self._page = _page(WIDTH - _LEFT, _LEFT)
        self._figure.set_size_inches(WIDTH / DPI, HEIGHT / DPI)
        self._page.set(ylim=(_BOTTOM, _TOP))
        for lane, name in ((HEARD_LANE, "heard"), (PLAYED_LANE, "played"), (HEAT_LANE, "how far\nback")):
            at = 1.0 - _pixel(0.5 * sum(lane)) / HEIGHT
            self._figure.text(
                (_LEFT - 14) / WIDTH, at, name, fontsize=12, color=INK, fontweight="bold", ha="right", va="center"
            )
        self._clock = self._figure.text(20 / WIDTH, 1 - 34 / HEIGHT, "", fontsize=16, color=INK, animated=True)
        canvas: Any = self._figure.canvas
        canvas.draw()
        self._empty = canvas.copy_from_bbox(self._figure.bbox)

    def draw(self, now: float, window: np.ndarray) -> np.ndarray:
        """Draw one frame."""
        canvas: Any = self._figure.canvas
        canvas.restore_region(self._empty)
        pixels = np.asarray(canvas.buffer_rgba())
        pixels[:, _LEFT:, :3] = window
        x = _LEFT + round(PAST_S * _PIXELS_PER_S)
        # what is to come is paler
        pixels[:, x:, :3] = (0.35 * pixels[:, x:, :3] + 0.65 * _PAPER_RGB).astype(np.uint8)
        pixels[round(_pixel(HEARD_LANE[0])) : round(_pixel(HEAT_LANE[1])), x - 1 : x + 1, :3] = _INK_RGB
        self._page.set_xlim(now - PAST_S, now - PAST_S + WINDOW_S)
        for collection in self._lines(now):
            self._page.draw_artist(collection)
            collection.remove()
        self._clock.set_text(_clock(now))
        self._figure.draw_artist(self._clock)
        return np.ascontiguousarray(pixels[:, :, :3])

    def _lines(self, now: float) -> Iterator[LineCollection]:
        first, last = np.searchsorted(self._starts, (now - LINGER_S, now + 1e-6))
        for start, look in self._decisions[first:last]:
            strength = 1.0 - (now - start) / LINGER_S
            chosen = lines([(start, look)], self._scene.rate, 1000)
            yield draw_lines(self._page, chosen, self._scene.full_weight, WINDOW_S, strength)


def _page(width: int, left: int) -> tuple[Figure, Any]:
    figure = Figure(figsize=((width + left) / DPI, HEIGHT / DPI), dpi=DPI, facecolor=PAPER)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((left / (width + left), 0, width / (width + left), 1), facecolor="none")
    axes.set_axis_off()
    return figure, axes


def _pixel(y: float) -> float:
    """Row of a film's frame at which a height of the page lies."""
    return (y - _TOP) / (_BOTTOM - _TOP) * HEIGHT


def _clock(now: float) -> str:
    return f"{int(now // 60)}:{now % 60:04.1f}"


def _rgb(colour: str) -> np.ndarray:
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], np.float32)


_PAPER_RGB, _INK_RGB = _rgb(PAPER), _rgb(INK).astype(np.uint8)
