"""What `livehost train bank` learns from, read and prepared, and the task that follows from it."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from livehost.errors import LivehostError
from livehost.inference.kinds.bank_transformer import NAME
from livehost.studio.audio_data.prepare import Prepared, prepare
from livehost.studio.audio_data.recording import Recording, load_recording
from livehost.studio.bank_transformer.model import BankTransformer, Hyperparameters
from livehost.studio.bank_transformer.normalisation import standardisation
from livehost.studio.bank_transformer.sampling import LEAST_EVENTS, Sampler
from livehost.studio.bank_transformer.sessions.folder import SessionFiles, read_session_files
from livehost.studio.bank_transformer.sessions.task import SessionTask, session_material
from livehost.studio.bank_transformer.split import split_recordings
from livehost.studio.bank_transformer.task import BankTask
from livehost.studio.bank_transformer.trained_features import TrainedFeatures
from livehost.studio.bank_transformer.validation import Validation
from livehost.studio.family import Setup
from livehost.view.progress import progress_bar

#: Hours of music that are rendered and composed: for a model that begins anew, and for one that is trained further.
HOURS, HOURS_FURTHER = 8.0, 0.0
#: Tokens of a batch, and of one where only sessions teach: a session is short, and is to be learnt in many steps.
BATCH, BATCH_OF_SESSIONS = 2048, 512
#: Recordings of each domain, at most, that say whether training further helped.
JUDGES = 12
#: Files that are left out are named up to here.
_NAMED = 10


@dataclass(eq=False)
class BankData:
    """What is learnt from, before it is a task.

    Attributes
    ----------
    prepared : Prepared or None
        Recordings of folders of sounds and MIDI files; None where only sessions teach.
    sessions : list of SessionFiles
    """

    prepared: Prepared | None
    sessions: list[SessionFiles]


def prepare_data(setup: Setup) -> BankData:
    """Read sessions, make the cache of recordings from folders of sounds and MIDI, and name what was left out."""
    given, console = setup.options, setup.console
    folders = given["session"] or []
    if folders and not setup.further:
        raise LivehostError("Sessions teach a model that plays already: give --from bank-transformer as well.", 2)
    sessions = [read_session_files(Path(folder)) for folder in folders]
    hours = given["hours"]
    if hours is None:
        hours = HOURS_FURTHER if setup.further else HOURS
    if not data_given(setup):
        return BankData(None, sessions)
    cache = given["cache"] or Path(given["out"]) / "data"
    with progress_bar(console, setup.waiting) as progress:
        prepared = prepare(
            given["data"] or [], cache, hours=hours, seed=setup.seed, workers=os.cpu_count() or 1, progress=progress,
            scores=given["scores"],
        )  # fmt: skip
    for name, why in prepared.skipped[:_NAMED]:
        console.print(f"Left out: {name} {why}", highlight=False)
    if len(prepared.skipped) > _NAMED:
        console.print(f"… and {len(prepared.skipped) - _NAMED} more.")
    return BankData(prepared, sessions)


def data_given(setup: Setup) -> bool:
    """Tell whether anything but sessions is to be learnt from."""
    given = setup.options
    return not given["session"] or bool(given["data"]) or bool(given["hours"])


def make_task(setup: Setup, data: BankData) -> BankTask:
    """Make the task of recordings that are prepared, and of sessions."""
    recordings: list[Recording] = [load_recording(path) for path in data.prepared.paths] if data.prepared else []
    rows = list(data.prepared.data) if data.prepared else []
    if not data.sessions:
        return _music_task(setup, recordings, rows)
    assert setup.known is not None  # noqa: S101  sessions are for models that are there already
    mean, scale = (setup.known[name].numpy() for name in ("mean", "scale"))
    found = session_material(data.sessions, _model_as_it_was(setup), mean, scale)
    for note in found.notes:
        setup.console.print(note, highlight=False, markup=False)
    rows, recordings = [*rows, *found.data], [*recordings, *found.recordings]
    teaching = any(len(r) >= LEAST_EVENTS for r in recordings)
    music = _music_task(setup, recordings, rows) if teaching else None
    about = TrainedFeatures.of_this_version(mean, scale).for_checkpoint()
    return SessionTask(music, found.preferences, setup.known["hyperparameters"], about, rows)


def _model_as_it_was(setup: Setup) -> BankTransformer:
    """Make the network that the training began with, also where it goes on."""
    from livehost.studio.families import family_of
    from livehost.studio.training.checkpoint import load_start, network

    family = family_of(NAME)
    assert family is not None  # noqa: S101
    model: BankTransformer = network(load_start(setup.options["from_"], family))
    return model.eval()


def _music_task(setup: Setup, recordings: list[Recording], data: Sequence[dict[str, Any]]) -> BankTask:
    """Make the task of recordings."""
    train, valid, judge = split_recordings(recordings, further=setup.further)
    known: Mapping[str, Any] | None = setup.known
    if known is None:
        mean, scale = standardisation(train)
        hyperparameters = Hyperparameters(**(setup.hyperparameters or {})).as_dict()
    else:
        mean, scale = known["mean"].numpy(), known["scale"].numpy()
        hyperparameters = known["hyperparameters"]
    tokens = setup.options["batch"] or (BATCH if data_given(setup) else BATCH_OF_SESSIONS)
    sampler = Sampler(train, mean, scale, setup.seed, setup.rank, tokens=tokens)
    judging = Validation(judge, mean, scale, JUDGES) if setup.further and setup.rank == 0 else None
    return BankTask(sampler, Validation(valid, mean, scale), hyperparameters, data, judging=judging)
