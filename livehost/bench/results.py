"""What a run of the bench found, and how it is written to JSON and read back."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

import livehost
from livehost.atomic_file import atomic_write
from livehost.bench import host
from livehost.bench.budgets import Verdict
from livehost.bench.measure import summary
from livehost.bench.suite import CannotRun, Figure
from livehost.revision import revision
from livehost.settings import Settings

#: Version of the JSON file; another one cannot be compared with.
FORMAT = 1
_BINS_PER_DECADE = 20
_KEPT = 64  # samples that are written out one by one; more become a histogram


@dataclass
class SuiteResult:
    """One suite: its figures in the order they came, their verdicts, and why it ended early, if it did.

    `trouble` says what went wrong, `absent` which tool is not installed.

    `cpu_seconds` is what processors worked for it, children included; other work on the host hardly changes that.
    """

    name: str
    figures: list[Figure] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    trouble: str = ""
    absent: str = ""
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    calibration_us: float = 1.0


def _settings() -> Iterator[tuple[str, Any]]:
    """All settings that suites do not change."""
    values = Settings()
    for key in values:
        yield key, values[key]


@dataclass
class Results:
    """A whole run."""

    quick: bool
    fitness: host.Fitness
    suites: list[SuiteResult] = field(default_factory=list)
    interrupted: bool = False
    seconds: float = 0.0

    def figures(self) -> dict[tuple[str, str], tuple[Figure, float]]:
        """All figures by suite and name, each with the calibration that it goes with, µs."""
        return {
            (s.name, f.name): (f, f.calibration_us or s.calibration_us)
            for s in self.suites for f in s.figures
        }  # fmt: skip

    def as_dict(self) -> dict[str, Any]:
        """Give it as the JSON file has it."""
        return {
            "format": FORMAT, "livehost": livehost.__version__, "revision": revision(), "quick": self.quick,
            "interrupted": self.interrupted, "seconds": round(self.seconds, 1), "machine": host.machine(),
            "versions": host.versions(), "settings": dict(_settings()), "host": host.as_dict(self.fitness),
            "suites": {s.name: _suite_dict(s) for s in self.suites},
        }  # fmt: skip

    def write(self, path: Path) -> None:
        """Write the JSON file.

        Raises
        ------
        CannotRun
            Where it cannot be written.
        """
        try:
            write_whole(path, (json.dumps(self.as_dict(), indent=1, ensure_ascii=False) + "\n").encode())
        except OSError as error:
            raise CannotRun(f"The figures cannot be written to {path}: {error.strerror}.") from None


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one piece: where the disk is full, what stood there before still does."""
    with atomic_write(path) as new:
        new.write_bytes(content)


def _suite_dict(suite: SuiteResult) -> dict[str, Any]:
    return {
        "seconds": round(suite.seconds, 1), "cpu_seconds": round(suite.cpu_seconds, 1),
        "calibration_us": suite.calibration_us, "trouble": suite.trouble, "absent": suite.absent,
        "figures": [_figure_dict(f, v) for f, v in zip(suite.figures, suite.verdicts, strict=True)],
    }  # fmt: skip


def _short(value: float) -> float | None:
    return float(f"{value:.6g}") if math.isfinite(value) else None


def _exact(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def _figure_dict(figure: Figure, verdict: Verdict) -> dict[str, Any]:
    row: dict[str, Any] = {
        "name": figure.name, "value": _exact(figure.value), "unit": figure.unit, "kind": figure.kind,
        "better": figure.better, "state": verdict.state,
    }  # fmt: skip
    optional: dict[str, Any] = {
        "sentence": verdict.sentence, "note": figure.note, "x": figure.x, "curve": figure.curve, "noise": figure.noise,
        "calibration_us": figure.calibration_us, "rounds": [_exact(float(v)) for v in figure.rounds],
    }  # fmt: skip
    row |= {key: value for key, value in optional.items() if value not in (None, "", [])}
    if len(figure.samples):
        row["summary"] = {key: _short(value) for key, value in summary(figure.samples).items()}
        few = len(figure.samples) <= _KEPT
        row |= (
            {"samples": [_short(float(v)) for v in figure.samples]} if few else {"histogram": histogram(figure.samples)}
        )
    return row


def histogram(samples: Any) -> dict[str, Any]:
    """Count samples in bins of equal ratio: ``counts[k]`` lie from 10^((first + k)/bins) up; zeros and less apart."""
    data = np.asarray(samples, np.float64)
    places = np.floor(np.log10(data[data > 0]) * _BINS_PER_DECADE).astype(int)
    if places.size == 0:
        return {"bins_per_decade": _BINS_PER_DECADE, "first": 0, "counts": [], "not_positive": int(data.size)}
    counts = np.bincount(places - places.min())
    return {
        "bins_per_decade": _BINS_PER_DECADE, "first": int(places.min()), "counts": counts.tolist(),
        "not_positive": int(data.size - places.size),
    }  # fmt: skip


def read_base(path: Path, *, quick: bool | None = None) -> dict[str, Any]:
    """Read a JSON file of an earlier run; `quick`: what that run must have been, since both measure other things.

    Raises
    ------
    CannotRun
        Where it is missing, is not such a file, was written in another format, or is of the other kind of run.
    """
    try:
        base = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise CannotRun(f"The base {path} cannot be read: {error.strerror}.") from None
    except ValueError:
        raise CannotRun(f"The base {path} is not a file that livehost bench --json has written.") from None
    if not isinstance(base, dict) or "suites" not in base or "format" not in base:
        raise CannotRun(f"The base {path} is not a file that livehost bench --json has written.")
    if base["format"] != FORMAT:
        raise CannotRun(
            f"The base {path} was written by livehost {base.get('livehost', '?')} in format {base['format']} "
            f"in place of {FORMAT}: make a new one with --json."
        )
    if quick is not None and bool(base.get("quick")) != quick:
        kinds = ("a full run", "a --quick run")
        then, now = kinds[not quick], kinds[quick]
        raise CannotRun(f"The base {path} is of {then}, and this is {now}: they cannot be compared.")
    return base
