"""Recorded sessions to be replayed: a busy one with a model, and a plain one that is recorded once."""

import shutil
from pathlib import Path

import pytest
import soundfile

from livehost.settings import Settings
from livehost.stage.stage import Stage
from tests.conftest import RATE, burst, clicks

SECONDS = 1.5


def recorded(folder: Path, sound: Path, bank: Path, act=lambda _stage, _turn: None, **settings) -> Path:
    """Play a session into `folder`, `act(stage, turn)` before each piece of it; gives the session's folder."""
    values = {
        "audio.driver": "offline", "bank.dir": str(bank), "audio.input": str(sound), "player.name": "nearest",
        "player.mode": "answer", "log.session": str(folder), "osc.in_port": 0, "audio.ragged": True,
        "player.temperature": 1.5, **settings,
    }  # fmt: skip
    stage, turn = Stage(Settings(values), lambda _text: None), 0
    stage.start()
    while not stage.finished():
        act(stage, turn)
        turn += 1
    stage.close()
    return stage.outputs.session.folder


@pytest.fixture(scope="session")
def sound(tmp_path_factory):
    """A take with twelve onsets."""
    path = tmp_path_factory.mktemp("sound") / "take.wav"
    frames = round(SECONDS * RATE)
    soundfile.write(path, clicks(list(range(3000, frames - 6000, 5000)), frames), RATE, "FLOAT")
    return path


@pytest.fixture(scope="session")
def banks(tmp_path_factory):
    """Two banks beside each other."""
    folder = tmp_path_factory.mktemp("banks")
    for bank, count, base in (("low", 6, 110), ("high", 4, 880)):
        (folder / bank).mkdir()
        for k in range(count):
            soundfile.write(folder / bank / f"{bank}_{k}.wav", burst(base * 2 ** (k / 4), 0.2), RATE)
    return folder


@pytest.fixture(scope="session")
def plain(tmp_path_factory, sound, banks):
    """A session folder that no test changes."""
    return recorded(tmp_path_factory.mktemp("plain") / "session", sound, banks / "low")


@pytest.fixture
def copy(tmp_path, plain):
    """A session folder of one's own."""
    return Path(shutil.copytree(plain, tmp_path / "session"))
