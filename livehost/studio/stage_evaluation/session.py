"""One offline session through the whole stage: a take goes in, events and sound come out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from livehost.players.modes import in_mode
from livehost.settings import TABLE, Settings
from livehost.stage.offline import play_offline

#: Everything is played at this rate.
RATE = 48_000


@dataclass(frozen=True)
class Session:
    """What came of a session.

    Attributes
    ----------
    events : list of mapping
        All events, in the order in which they were told.
    heard, played : np.ndarray
        Float32 [frames]: what went in, and the mean of both sides of what came out, as long.
    """

    events: list[Mapping[str, Any]]
    heard: np.ndarray
    played: np.ndarray

    def of(self, kind: str) -> list[Mapping[str, Any]]:
        """Give the events of a kind."""
        return [event for event in self.events if event["kind"] == kind]


class Player:
    """Plays sessions of one player on given banks.

    Parameters
    ----------
    folder : Path
        For files of the moment.
    settings : mapping of str to value
        For all sessions: who plays, its model, and what else differs from the defaults.
    mode : str
        How it plays, where the settings do not say.
    """

    def __init__(self, folder: Path, settings: Mapping[str, Any], mode: str = "answer") -> None:
        self._folder, self.settings, self._mode = folder, dict(settings), in_mode(mode)

    @property
    def name(self) -> str:
        """Give `player.name`."""
        return str(self.settings.get("player.name", TABLE["player.name"].default))

    def play(self, take: np.ndarray, bank: Path, cues: Sequence[tuple[int, str]] = (), **settings: Any) -> Session:
        """Play a take to its end, and two seconds on.

        Parameters
        ----------
        take : np.ndarray
            Float32 [frames], at `RATE`.
        bank : Path
            Folder of sounds.
        cues : sequence of (int, str)
            What is pressed meanwhile; see `play_offline`.
        **settings : object
            That differ from the defaults; ``__`` stands for the dot. Those that this version does not have are left
            out.
        """
        source, target = self._folder / "heard.wav", self._folder / "played.wav"
        soundfile.write(source, take, RATE, "FLOAT")
        values = Settings()
        values.update(
            {
                "audio.driver": "offline", "audio.rate": RATE, "audio.input": str(source), "audio.output": str(target),
                "bank.dir": str(bank), "osc.in_port": 0, "run.seed": 1, **self._mode,
            },
            "flag",
        )  # fmt: skip
        given = self.settings | {key.replace("__", "."): value for key, value in settings.items()}
        values.update({key: value for key, value in given.items() if key in TABLE}, "flag")
        events = play_offline(values, cues)
        sound, _ = soundfile.read(target, dtype="float32", always_2d=True)
        played = np.zeros(len(take), np.float32)
        part = sound[: len(take)].mean(axis=1)
        played[: len(part)] = part
        return Session(events, take, played)
