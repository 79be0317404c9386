"""What a bank transformer learns from and how it is judged: `Task` of `livehost train bank`, and its data."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from rich.console import RenderableType
from torch import Tensor

from livehost.errors import LivehostError
from livehost.inference.kinds.bank_transformer import NAME
from livehost.studio.audio_data.prepare import Prepared, prepare
from livehost.studio.audio_data.recording import Recording, load_recording
from livehost.studio.bank_transformer.batch import Batch, collate
from livehost.studio.bank_transformer.loss import OWN, losses, stroke_loss
from livehost.studio.bank_transformer.model import BankTransformer, Hyperparameters
from livehost.studio.bank_transformer.normalisation import standardisation
from livehost.studio.bank_transformer.sampling import LEAST_EVENTS, Sampler
from livehost.studio.bank_transformer.self_play import play_itself
from livehost.studio.bank_transformer.sessions.folder import SessionFiles, read_session_files
from livehost.studio.bank_transformer.split import split_recordings
from livehost.studio.bank_transformer.trained_features import TrainedFeatures
from livehost.studio.bank_transformer.validation import Validation, score, validation_table
from livehost.studio.family import Setup
from livehost.studio.training.task import Judged, Labels, Table, Task
from livehost.view.progress import progress_bar

#: Hours of music that are rendered and composed: for a model that begins anew, and for one that is trained further.
HOURS, HOURS_FURTHER = 8.0, 0.0
#: Tokens of a batch, and of one where only sessions teach: an evening is short, and is to be learnt in many steps.
BATCH, BATCH_OF_SESSIONS = 2048, 512
#: Recordings of each domain, at most, that say whether training further helped.
JUDGES = 12
#: What the time to the next stroke counts beside the choice of the item, where the network has a head for it.
STROKES = 0.1
#: Files that are left out are named up to here.
_NAMED = 10


class BankTask(Task):
    """Which item of a bank comes next.

    Parameters
    ----------
    sampler : Sampler
        Of this process's training sequences.
    validation : Validation
        May have no cases.
    hyperparameters : mapping
        Of the network.
    data : sequence of dict
        What is learnt from, for checkpoints.
    own : float
        Share of the own bank in the loss; the rest is for all banks of the batch.
    judging : Validation, optional
        Of recordings that neither teach nor choose: they say whether training further helped.
    """

    labels = Labels(
        unit="queries", score="× nearest", column="gain", judged="MRR as on stage",
        held_out="recordings that neither taught nor chose it",
        untold="too few recordings to hold some out. Give three or more",
    )  # fmt: skip

    def __init__(
        self,
        sampler: Sampler,
        validation: Validation,
        hyperparameters: Mapping[str, Any],
        data: Sequence[dict[str, Any]] = (),
        own: float = OWN,
        judging: Validation | None = None,
    ) -> None:
        self.judging = judging
        self.sampler, self.validation, self.data, self.own = sampler, validation, data, own
        self.hyperparameters = dict(hyperparameters)

    def batch(self, number: int) -> Batch:
        """Draw sequences, and put them side by side."""
        return collate(self.sampler.batch(number))

    def loss(self, model: BankTransformer, batch: Batch, *_: Any) -> tuple[Tensor, dict[str, Tensor]]:
        """Weigh the loss over the own bank against that over all banks of the batch."""
        embedding = model.embed(batch.items)
        batch = play_itself(model, batch, embedding.detach())
        hidden, pull, _attention = model.hidden(batch.tokens, batch.peeks, batch.before)
        own, pool = losses(model.ask(hidden, pull), embedding, batch)
        total = self.own * own + (1.0 - self.own) * pool
        parts = {"own": own.detach(), "pool": pool.detach()}
        if model.next_stroke is not None:
            aside = torch.cat((batch.tokens, batch.peeks), 1)[..., model.shape.item_size :]
            strokes = stroke_loss(model.next_stroke(hidden, aside), batch)
            total, parts["strokes"] = total + STROKES * strokes, strokes.detach()
        return total, parts

    def units(self, batch: Batch) -> int:
        """Count the queries that have a target."""
        return int((batch.targets >= 0).sum())

    def validate(self, model: BankTransformer) -> Table:
        """Rank the true answers of the recordings that are held out, as on stage."""
        return self.validation.measure(model)

    def score(self, table: Table) -> float:
        """Say how many times the MRR of the nearest player's answers it reaches, on the whole."""
        return score(table)

    def judge(self, model: BankTransformer) -> Judged | None:
        """Answer recordings that neither taught nor chose."""
        return Judged(*self.judging.groups(model)) if self.judging else None

    def about(self) -> dict[str, Any]:
        """State the features that the network is trained on."""
        return TrainedFeatures.of_this_version(self.sampler.mean, self.sampler.scale).for_checkpoint()

    def probe(self) -> dict[str, Tensor]:
        """Give tokens and items that are held out."""
        return self.validation.probe()

    def summary(self) -> str:
        """Count recordings, hours and segments."""
        train = self.sampler.recordings
        hours = sum(r.seconds for r in train) / 3600
        segments = sum(len(stream) for r in train for stream in r.streams)
        return (
            f"Learning from {len(train)} recordings ({hours:.1f} h, {segments:,} segments), "
            f"{self.validation.held_out} held out"
        )

    def table(self, best: Table, before: Table | None) -> RenderableType:
        """Show the MRR of the model and of the nearest player, by domain and delay."""
        return validation_table(best, before)


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
    from livehost.studio.bank_transformer.sessions.task import SessionTask, session_material

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
