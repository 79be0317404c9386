"""Real servers and real processes. On the build machine (CI=true) a server that is missing is a failure."""

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

import livehost
from livehost.bench.jack import JackServer, jack_server
from livehost.bench.jack_rig import RATE, drum_bank, hits
from livehost.bench.suite import CannotRun

#: The take that most tests play: its onsets are far apart.
TAKE, ONSETS = hits(6, 5, shortest_ms=250, longest_ms=350)


def missing(sentence: object) -> None:
    """Skip, or on the build machine fail."""
    (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(str(sentence))


@pytest.fixture(scope="session", autouse=True)
def _importable() -> Iterator[None]:
    """Let child processes find the package that is tested, wherever they run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(livehost.__file__).parents[1]))
        yield


@pytest.fixture
def jack() -> Iterator[JackServer]:
    """A JACK server on its dummy driver."""
    try:
        server = jack_server()
        running = server.__enter__()
    except CannotRun as error:
        missing(error)
    try:
        yield running
    finally:
        server.__exit__(None, None, None)


@pytest.fixture(scope="session")
def drums(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bank of drums."""
    return drum_bank(tmp_path_factory.mktemp("drums") / "bank", 8)


@pytest.fixture(scope="session")
def take(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`TAKE` as a file."""
    path = tmp_path_factory.mktemp("take") / "take.wav"
    soundfile.write(path, np.asarray(TAKE), RATE, "PCM_16")
    return path
