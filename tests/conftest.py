"""What all tests share: caches of their own, tiny banks."""

import gc
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.disks import SmallDisk, small_disk

# before livehost: a developer's banks and a user's settings stay out of the tests, compiled code is shared
os.environ.setdefault("LIVEHOST_CACHE", tempfile.mkdtemp(prefix="livehost-test-"))
# a panic of the tests silences no livehost that plays on this computer
os.environ["LIVEHOST_RUNTIME"] = tempfile.mkdtemp(prefix="livehost-test-")
# nor do they leave a state for the next session
os.environ["LIVEHOST_STATE"] = ""

# a collection that finds nothing took a fifth of the processor's time
gc.set_threshold(20_000, 20, 50)

RATE = 48_000
#: Words of a command, or all of it as one line → its exit code, and what it said.
Typed = Callable[..., tuple[int, str, str]]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let what takes long begin first where several processes share the tests."""
    if hasattr(config, "workerinput"):
        from tests.shares import in_order, stand_back

        in_order(items)
        stand_back(config.workerinput["workerid"])


def pytest_collection_finish() -> None:
    """Keep from the collector what has been imported: it stays."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Compile once, and on all processors, what every process would compile for itself."""
    from livehost.rt import compile_cache

    if not compile_cache.is_warm():
        compile_cache.compile_ahead(lambda _line: None)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Share the tests in this project's own way."""
    from tests.shares import Shares

    return Shares(config, log)


def burst(frequency_hz: float, seconds: float, rate: int = RATE, level: float = 0.5) -> np.ndarray:
    """A decaying tone with a sharp attack, float32."""
    t = np.arange(int(seconds * rate)) / rate
    return (level * np.exp(-t * 12) * np.sin(2 * np.pi * frequency_hz * t)).astype(np.float32)


def clicks(frames: list[int], length: int, level: float = 0.5, rate: int = RATE) -> np.ndarray:
    """Noise bursts at exact frames, float32."""
    rng = np.random.default_rng(0)
    out = np.zeros(length, np.float32)
    for frame in frames:
        size = min(rate // 20, length - frame)
        out[frame : frame + size] += level * (rng.standard_normal(size) * np.exp(-np.arange(size) / rate * 120)).astype(
            "f4"
        )
    return np.clip(out, -1, 1)


@pytest.fixture(scope="session")
def bank_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of twelve short sounds."""
    import soundfile

    folder = tmp_path_factory.mktemp("bank")
    for k in range(12):
        soundfile.write(folder / f"tone_{k}.wav", burst(110 * 2 ** (k / 4), 0.3), RATE)
    return folder


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture, tmp_path: Path) -> Typed:
    """Type a command in a folder of the test's own; its exit code, and what it said on both ways. Never a traceback."""
    from livehost.cli import main as cli

    monkeypatch.chdir(tmp_path)

    def run(*words: object) -> tuple[int, str, str]:
        one_line = str(words[0]).split() if len(words) == 1 else map(str, words)
        monkeypatch.setattr(sys, "argv", ["livehost", *one_line])
        with pytest.raises(SystemExit) as end:
            cli.main()
        said = capfd.readouterr()
        assert "Traceback" not in said.out + said.err
        return end.value.code or 0, said.out, said.err

    return run


@pytest.fixture(params=["mounted", "limited"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SmallDisk]:
    """A small disk that can be filled, in both ways where both can be had."""
    with small_disk(tmp_path, mounted=request.param == "mounted") as small:
        yield small
