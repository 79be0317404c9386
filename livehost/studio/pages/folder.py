"""A page in a folder, with the sounds and the pictures of mels that stand on it."""

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

import numpy as np
import soundfile

from livehost.atomic_file import atomic_write, make_folder
from livehost.dsp.mel_contract import MelContract
from livehost.errors import LivehostError
from livehost.studio.audio.mel_picture import mel_picture
from livehost.studio.audio.voice import Voice
from livehost.view.html import html_page
from livehost.view.theme import HAIR, SOFT

PAGE = "index.html"
_STYLE = (
    f"figure{{margin:0}}figcaption{{color:{SOFT};font-size:12px}}img{{height:90px;max-width:100%;image-rendering:pixelated}}"
    f".grid{{display:grid;gap:10px}}audio{{width:100%;height:30px}}td,th{{border-top:1px solid {HAIR};"
    "padding:.2em 1em .2em 0;text-align:left}"
)


class PageFolder:
    """Writes a page and its files; everything is written before the page that shows it.

    Parameters
    ----------
    folder : Path
        Made if need be; what is there of an earlier page is written over.
    contract : MelContract
        Of the mels.

    Raises
    ------
    LivehostError
        Where it cannot be written.
    """

    def __init__(self, folder: Path, contract: MelContract) -> None:
        self.folder, self.contract, self._count = folder, contract, 0
        if folder.is_file():
            raise LivehostError(f"{folder} is a file; give the name of a folder.", 2)
        make_folder(folder)

    def cell(self, mel_db: np.ndarray, voice: Voice, caption: str) -> str:
        """Write a mel as a picture and as a sound; give what shows both."""
        self._count += 1
        name = f"{self._count:03d}"
        self.write_sound(voice.sound(mel_db, self._count), name)
        self._write_picture(mel_db, name)
        return (
            f'<figure><img src="{name}.png" alt="mel of {name}"><audio controls preload="none" src="{name}.wav">'
            f"</audio><figcaption>{escape(caption)}</figcaption></figure>"
        )

    def grid(self, cells: Sequence[str], columns: int) -> str:
        """Put cells side by side."""
        return f'<div class="grid" style="grid-template-columns:repeat({columns},1fr)">{"".join(cells)}</div>'

    def write_sound(self, samples: np.ndarray, name: str) -> None:
        """Write a sound, as `livehost.studio.audio.files.finished` gives it."""
        self._write(f"{name}.wav", lambda new: soundfile.write(
            new, samples, self.contract.rate, format="WAV", subtype="PCM_16"
        ))  # fmt: skip

    def write_page(self, title: str, body: Sequence[str]) -> Path:
        """Write the page; give its path."""
        self._write(PAGE, lambda new: new.write_text(html_page(title, body, _STYLE), "utf-8"))
        return self.folder / PAGE

    def _write_picture(self, mel_db: np.ndarray, name: str) -> None:
        from matplotlib.image import imsave

        self._write(f"{name}.png", lambda new: imsave(
            new, mel_picture(mel_db, self.contract), format="png"
        ))  # fmt: skip

    def _write(self, name: str, write: Callable[[Path], object]) -> None:
        try:
            with atomic_write(self.folder / name) as new:
                write(new)
        except (OSError, soundfile.LibsndfileError) as error:
            raise LivehostError(f"{self.folder / name} cannot be written: {error}.") from None
