"""Livehost on a private JACK server, between the outputs and the inputs of a probe.

The probe's first output carries a time code: the number of each block, written into its samples. Livehost records it
beside the music (the second output), so each of its frames can be named in the probe's time, and a block that it missed
shows.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from livehost.bench.jack import JackServer, jack_server, need_portaudio
from livehost.bench.probe import Probe, Take
from livehost.bench.program import Program
from livehost.bench.suite import CannotRun
from livehost.synthesis.takes import hat, kick, snare, tom

RATE, BLOCK = 48_000, 64
NAME = "livehost-probe"
_CODE_STEP = 2.0**-22
_ATTACK, _REST_MS = 0.02, 25.0


def click_bank(folder: Path) -> Path:
    """Write a bank of four short clicks that begin at their first sample."""
    folder.mkdir(parents=True, exist_ok=True)
    t = np.arange(480)
    for k in range(4):
        click = 0.5 * np.exp(-t / (60 + 10 * k)) * np.cos(0.3 * t)
        soundfile.write(folder / f"click-{k}.wav", np.append(click, np.zeros(480)), RATE, "PCM_16")
    return folder


def drum_bank(folder: Path, sounds: int = 16) -> Path:
    """Write a bank of drums."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(0)
    for k in range(sounds):
        make = (kick, snare, hat, tom)[k % 4]
        soundfile.write(folder / f"{make.__name__}-{k:02d}.wav", 0.5 * make(rng, RATE), RATE, "PCM_16")
    return folder


def hits(count: int, seed: int, shortest_ms: float = 180.0, longest_ms: float = 300.0) -> tuple[np.ndarray, np.ndarray]:
    """Make short noise bursts of 0 to −12 dB, float32 [frames], and the frames where they begin."""
    rng = np.random.default_rng(seed)
    low, high = (round(ms * RATE / 1000) for ms in (shortest_ms, longest_ms))
    frames = RATE // 2 + np.cumsum(rng.integers(low, high, count))
    sound = np.zeros(frames[-1] + RATE // 2, np.float32)
    shape = np.exp(-np.arange(960) / 100)
    for frame in frames:
        burst = shape * rng.uniform(-1, 1, 960)
        burst[0] = 1.0
        sound[frame : frame + 960] += 0.5 * 10 ** (-rng.uniform(0, 12) / 20) * burst
    return sound, frames


def unbroken_hits(seconds: float, shortest_ms: float = 180.0, longest_ms: float = 300.0) -> np.ndarray:
    """Make noise bursts, as `hits`, that go on without a rest, float32 [frames]."""
    sound, frames = hits(60, 1, shortest_ms, longest_ms)
    return np.resize(sound[frames[0] : frames[-1]], round(seconds * RATE))


def attacks(sound: np.ndarray) -> np.ndarray:
    """Positions where clicks begin in float32 [frames]."""
    loud = np.flatnonzero(np.abs(sound) > _ATTACK)
    if loud.size == 0:
        return loud
    rest = round(_REST_MS * RATE / 1000)
    return loud[np.append(True, np.diff(loud) > rest)]


def answers_to(truth: np.ndarray, found: np.ndarray, longest_ms: float = 40.0) -> np.ndarray:
    """Frames from each onset to the first sound that follows it within a time; those without one are left out."""
    place = np.searchsorted(found, truth)
    there = place < len(found)
    distance = found[place[there]] - truth[there]
    return distance[distance <= longest_ms * RATE / 1000]


@dataclass
class Session:
    """What livehost itself wrote down, in the probe's time.

    Attributes
    ----------
    events : list of dict
        Its event log.
    blocks : int64 [n]
        Number of the probe's block that each of its own blocks heard, 0 for none.
    """

    events: list[dict[str, Any]]
    blocks: np.ndarray

    def position(self, frame: int, first_block: int) -> int:
        """Position in the take that began with `first_block`, of a frame of livehost; negative where it is in none."""
        block, rest = divmod(frame, BLOCK)
        number = int(self.blocks[block]) if block < len(self.blocks) else 0
        return (number - first_block) * BLOCK + rest if number else -1

    def missed(self, first_block: int, count: int) -> int:
        """Blocks of a take that were played to livehost and never reached it."""
        heard = np.unique(self.blocks[(self.blocks >= first_block) & (self.blocks < first_block + count)])
        return count - len(heard)


@dataclass
class Rig:
    """Server, probe and program, connected."""

    server: JackServer
    probe: Probe
    program: Program
    folder: Path
    next_block: int = 1
    firsts: list[int] = field(default_factory=list)

    def start(self, music: np.ndarray) -> int:
        """Begin to play float32 [frames] to livehost; gives the number of its first block."""
        frames = len(music) // BLOCK * BLOCK
        first, self.next_block = self.next_block, self.next_block + frames // BLOCK
        code = (first + np.arange(frames) // BLOCK) * _CODE_STEP
        self.probe.start(np.stack([code.astype(np.float32), music[:frames].astype(np.float32)]))
        self.firsts.append(first)
        return first

    def play(self, music: np.ndarray) -> Take:
        """Play to livehost, and give what came back: its left and right output, and the music by the shortest way."""
        self.start(music)
        return self.probe.finish()

    def end(self) -> Session:
        """End livehost, and read what it wrote down.

        Raises
        ------
        CannotRun
            Where it does not end well.
        """
        code = self.program.stop()
        if code:
            raise CannotRun(f"livehost ended with {code}: {self.program.errors.strip()[-3000:]}")
        events = [json.loads(line) for line in (self.folder / "events.jsonl").read_text("utf-8").splitlines()]
        heard, _ = soundfile.read(self.folder / "heard.wav", dtype="float64", always_2d=True)
        return Session(events, np.round(heard[BLOCK // 2 :: BLOCK, 0] / _CODE_STEP).astype(np.int64))


@contextmanager
def rig(folder: Path, bank: Path, *arguments: str, midi: bool = False) -> Iterator[Rig]:
    """Start a server, a probe, and livehost between them, which answers as soon as possible unless told otherwise.

    Parameters
    ----------
    folder : Path
        Where livehost writes what it hears, plays and does.
    bank : Path
        Its sounds.
    *arguments : str
        More for ``livehost run``.
    midi : bool
        Give the probe a MIDI input, and have livehost play into it.
    """
    need_portaudio()
    folder.mkdir(parents=True, exist_ok=True)
    more = ["--midi-out", NAME] if midi else []
    with jack_server(RATE, BLOCK) as server, Probe(server, NAME, inputs=3, midi=midi) as probe:
        probe.connect(f"{NAME}:out_2", f"{NAME}:in_3")
        with Program(
            "--bank", bank, "--driver", "portaudio", "--input", NAME, "--output", NAME, "--rate", str(RATE),
            "--block", str(BLOCK), "--seed", "1", "--events", folder / "events.jsonl", "--record", folder,
            "--set", "audio.input_channels=2", "--set", "player.answer_delay_ms=0", *more, *arguments,
            environment=server.environment,
        ) as program:  # fmt: skip
            yield Rig(server, probe, program, folder)
