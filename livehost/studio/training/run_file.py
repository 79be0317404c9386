"""The file that a training run keeps of itself, `run.json`: what was typed, what it learnt from, how it went.

Nothing here imports torch.
"""

import datetime
import json
import math
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import livehost
from livehost.errors import LivehostError
from livehost.revision import revision
from livehost.studio.evaluation.json_file import plain, write_json

RUN, FORMAT = "run.json", 1
#: Packages that decide what comes of a run.
_PACKAGES = ("torch", "lightning-fabric", "numpy", "numba")


@dataclass
class Run:
    """What is known of a run.

    Attributes
    ----------
    family, kind : str
    command : str
        That does the same again; of a run that was resumed, all that were typed, joined by &&.
    settings, recipe : dict
        Options as given, and the training recipe that they made.
    hyperparameters : dict
        Of the network.
    parameters : int
        How many weights it has.
    data : list of dict
        What it learnt from.
    labels : dict
        What the score and the rows' column are called, and whether less is better.
    seed : int
    began, ended : str
        UTC; `ended` is empty while it goes on, and for ever where it was killed.
    error : str
        The sentence that a failed run ended with.
    livehost, revision : str
        Version, and git revision of the source.
    versions : dict
        Of packages.
    curve : list of dict
        For each validation: step, seconds, score, loss (the mean training loss since the one before), rows.
    progress : dict
        The run's state at its last validation; `finished` says why it ended.
    """

    family: str
    kind: str
    command: str
    settings: dict[str, Any]
    recipe: dict[str, Any]
    hyperparameters: dict[str, Any]
    parameters: int
    data: list[dict[str, Any]]
    labels: dict[str, Any]
    seed: int
    began: str = ""
    ended: str = ""
    error: str = ""
    livehost: str = livehost.__version__
    revision: str = ""
    versions: dict[str, str] = field(default_factory=dict)
    curve: list[dict[str, Any]] = field(default_factory=list)
    progress: dict[str, Any] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def first(self) -> dict[str, Any]:
        """The validation before the first step; empty where there was none."""
        return self.curve[0] if self.curve else {}

    @property
    def best(self) -> dict[str, Any]:
        """The best validation; empty where there was none that counts."""
        told = [row for row in self.curve if row["score"] is not None]
        if not told:
            return {}
        sign = 1.0 if self.labels["lower_is_better"] else -1.0
        return min(told, key=lambda row: sign * row["score"])


def versions() -> dict[str, str]:
    """List the versions of what a run rests on."""
    found = {"python": platform.python_version(), "system": f"{platform.system()} {platform.machine()}"}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


class RunFile:
    """Writes the file of a run, from its beginning on and at every validation.

    A full disk costs the file, not the training.

    Parameters
    ----------
    folder : Path
        Of the run.
    run : Run
        What it is; of one that goes on, the curve so far and when it began are taken over from the file that is there.
    step : int
        Step that it begins behind: what the file has of later ones is dropped, for they are taken again.
    """

    def __init__(self, folder: Path, run: Run, step: int = 0) -> None:
        self._path, self.run = folder / RUN, run
        run.revision, run.versions = revision(), versions()
        run.began = _now()
        if step:
            try:
                before = read_run(folder)
            except LivehostError:
                before = None
            if before is not None:
                run.began, run.curve = before.began, [row for row in before.curve if row["step"] <= step]
        self._write()

    def validated(self, progress: Mapping[str, Any], table: Mapping[str, Any], score: float, loss: float) -> None:
        """Keep a validation.

        Parameters
        ----------
        progress : mapping
            The run's state.
        table : mapping
            Rows of the validation.
        score : float
        loss : float
            Mean training loss since the validation before, nan before the first step.
        """
        self.run.curve.append(plain({
            "step": progress["step"], "seconds": progress["seconds"], "score": float(score), "loss": float(loss),
            "rows": {name: dict(row) for name, row in table.items()},
        }))  # fmt: skip
        self.run.progress = {name: value for name, value in progress.items() if name not in ("start", "best")}
        self._write()

    def ended(self, why: str, error: str = "") -> None:
        """Keep why the run has ended; `error` is the sentence that a failed one ended with."""
        self.run.progress["finished"], self.run.error, self.run.ended = why, error, _now()
        self._write()

    def _write(self) -> None:
        try:
            write_json(self._path, asdict(self.run))
        except LivehostError:
            return


def read_run(folder: Path) -> Run:
    """Read the file of a run.

    Raises
    ------
    LivehostError
        Where there is none, or it is broken or of another format.
    """
    path = folder / RUN
    try:
        content = json.loads(path.read_text("utf-8"))
        if content["format"] != FORMAT:
            raise LivehostError(f"{path} is of format {content['format']}; this livehost reads {FORMAT}.")
        run = Run(**{f.name: content[f.name] for f in fields(Run)})
        _ = [(int(row["step"]), float(row["seconds"]), dict(row["rows"]), row["score"]) for row in run.curve]
        _ = run.labels["score"], run.labels["lower_is_better"], run.best, dict(run.settings), dict(run.recipe)
    except FileNotFoundError:
        raise LivehostError(
            f"{folder} is no training run: it has no {RUN} (an older livehost wrote none).", 2
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise LivehostError(f"{path} cannot be read: {error}.") from None
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise LivehostError(f"{path} is broken ({type(error).__name__}: {error}).") from None
    return run


def settings_of(options: Mapping[str, Any]) -> dict[str, Any]:
    """Give the options of a command as JSON can hold them."""
    return {name: _plain(value) for name, value in options.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if value is None or isinstance(value, (bool, int, str)) or (isinstance(value, float) and math.isfinite(value)):
        return value
    return str(value)


def _now() -> str:
    return datetime.datetime.now(tz=datetime.UTC).isoformat(timespec="seconds")
