"""The task of a training on sessions: what was played teaches as all music does, and verdicts teach what to prefer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np
import torch
from rich.console import Group, RenderableType
from torch import Tensor

from livehost.bank.load import open_bank
from livehost.errors import LivehostError
from livehost.inference.tokens import item_vectors
from livehost.studio.audio_data.recording import Recording, Stream
from livehost.studio.bank_transformer.model import BankTransformer
from livehost.studio.bank_transformer.sessions.contexts import contexts_of, heard_of_log, heard_of_stream
from livehost.studio.bank_transformer.sessions.folder import SessionFiles
from livehost.studio.bank_transformer.sessions.preference import Preference
from livehost.studio.bank_transformer.sessions.recording import heard_stream, stretches
from livehost.studio.bank_transformer.sessions.verdicts import answers_of, verdicts_of
from livehost.studio.bank_transformer.task import BankTask
from livehost.studio.bank_transformer.validation import score
from livehost.studio.training.task import Table

#: What verdicts count beside the music.
WEIGHT = 4.0
#: Row of a validation that says how far verdicts are followed, and what that may do to the score: at worst halve it.
VERDICTS_ROW = "verdicts"
_WORST = 0.5


@dataclass(eq=False)
class SessionMaterial:
    """What sessions give to learn from.

    Attributes
    ----------
    recordings : list of Recording
        Stretches of what was played, each on its side of the split.
    preferences : list of Preference
    data : list of dict
        Rows for checkpoints and manifests.
    notes : list of str
        What is missing, and what was found, a sentence each.
    """

    recordings: list[Recording] = field(default_factory=list)
    preferences: list[Preference] = field(default_factory=list)
    data: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def session_material(
    sessions: Sequence[SessionFiles], start: BankTransformer, mean: np.ndarray, scale: np.ndarray
) -> SessionMaterial:
    """Make of sessions what a training learns from.

    Parameters
    ----------
    sessions : sequence of SessionFiles
    start : BankTransformer
        That is trained further.
    mean, scale : float32 [SEGMENT_SIZE]
        By which its features are normalised.

    Raises
    ------
    LivehostError
        Where nothing can be learnt from any of them.
    """
    found = SessionMaterial()
    for files in sessions:
        stream = heard_stream(files)
        found.notes += files.notes
        parts = stretches(files.name, stream) if stream is not None else []
        found.recordings += parts
        verdicts = _preferences(files, stream, start, mean, scale, found)
        hours = sum(part.seconds for part in parts) / 3600
        found.data.append(
            {"name": f"session {files.name}", "licence": "the musician's own", "hours": round(hours, 3),
             "recordings": len(parts), "verdicts": verdicts}
        )  # fmt: skip
    if not (found.preferences or any(part.split == "train" for part in found.recordings)):
        raise LivehostError(" ".join([*found.notes, "There is nothing to learn from in these sessions."]))
    return found


def _preferences(
    files: SessionFiles,
    stream: Stream | None,
    start: BankTransformer,
    mean: np.ndarray,
    scale: np.ndarray,
    found: SessionMaterial,
) -> int:
    """Add what the verdicts of a session teach; give how many there are."""
    count = 0
    heard = heard_of_stream(stream) if stream is not None else heard_of_log(files, mean)
    for reign in files.reigns:
        answers = answers_of(files, reign)
        verdicts = verdicts_of(files, reign, answers)
        if not verdicts:
            continue
        bank = _bank_of(reign.bank, reign.bank_hash, files, reign.settings)
        if isinstance(bank, str):
            found.notes.append(bank)
            continue
        follow = float(reign.settings.get("player.follow", files.setting("player.follow")))
        contexts = contexts_of(heard, answers, bank, files.rate, mean, scale, follow)
        items = item_vectors(bank.features, mean, scale)
        answered = np.array([answer.index for answer in answers], np.int64)
        preference = Preference(contexts, verdicts, answered, items, start)
        if len(preference):
            found.preferences.append(preference)
            count += len(verdicts)
    if files.events and not count and not any(True for _ in files.of("steer")):
        found.notes.append(f"{files.folder} has no verdicts: what was played teaches.")
    return count


def _bank_of(folder: str, digest: str, files: SessionFiles, settings: Mapping[str, Any]) -> Any:
    """Open the bank of a reign; a sentence where it is not the one that was judged."""
    sorry = f"The verdicts of {files.folder} on {folder or 'a bank'} are left out:"
    try:
        bank = open_bank(
            folder, round(files.rate), slice_onsets=bool(settings.get("bank.slice", False)),
            match_loudness=bool(settings.get("bank.match_loudness", True)),
        )  # fmt: skip
    except LivehostError as error:
        return f"{sorry} {error}"
    return bank if bank.hash == digest else f"{sorry} the bank has changed since."


class _Nothing(NamedTuple):
    """A batch where verdicts alone teach."""

    verdicts: Tensor


class SessionTask(BankTask):
    """Which item of a bank comes next, by what was played and judged in sessions.

    Parameters
    ----------
    task : BankTask or None
        Of the music; None where verdicts alone teach.
    preferences : sequence of Preference
    hyperparameters, about : mapping
        Of the network, and what checkpoints say besides.
    data : sequence of dict
        What is learnt from.
    """

    labels = replace(
        BankTask.labels, held_out="what was played and neither taught nor chose it",
        untold="too little was played to hold some of it out",
    )  # fmt: skip

    def __init__(
        self,
        task: BankTask | None,
        preferences: Sequence[Preference],
        hyperparameters: Mapping[str, Any],
        about: Mapping[str, Any],
        data: Sequence[dict[str, Any]],
    ) -> None:
        self._music, self._preferences, self._about = task, list(preferences), dict(about)
        self.hyperparameters, self.data = dict(hyperparameters), data

    def batch(self, number: int) -> Any:
        """Draw sequences of what was played."""
        return self._music.batch(number) if self._music else _Nothing(torch.zeros(len(self._preferences)))

    def loss(self, model: BankTransformer, batch: Any, *turn: Any) -> tuple[Tensor, dict[str, Tensor]]:
        """Weigh the loss of the music, and of one session's verdicts."""
        total, parts = self._music.loss(model, batch, *turn) if self._music else (torch.zeros(()), {})
        if self._preferences:
            one = self._preferences[int(torch.randint(len(self._preferences), ()))]
            pairs, other = one.loss(model)
            total = total + WEIGHT * (pairs + other).to(total.device)
            parts = parts | {"verdicts": pairs.detach(), "other": other.detach()}
        return total, parts

    def units(self, batch: Any) -> int:
        """Count the queries that have a target, or the verdicts."""
        return self._music.units(batch) if self._music else len(self._preferences)

    def validate(self, model: BankTransformer) -> Table:
        """Rank true answers that are held out; and say how far the verdicts are followed."""
        table = self._music.validate(model) if self._music else {}
        if self._preferences:
            shares = [one.followed(model) for one in self._preferences]
            total = sum(weight for _, weight in shares)
            table[VERDICTS_ROW] = {self.labels.column: sum(share * weight for share, weight in shares) / total}
        return table

    def score(self, table: Table) -> float:
        """Say how many times the MRR of the nearest player's it reaches, less for verdicts that are not followed."""
        music = {name: row for name, row in table.items() if name != VERDICTS_ROW}
        followed = table.get(VERDICTS_ROW, {}).get(self.labels.column, 1.0)
        return (score(music) if music else 1.0) * (_WORST + (1.0 - _WORST) * followed)

    def judge(self, model: BankTransformer) -> Any:
        """Answer what was played, and neither taught nor chose."""
        return self._music.judge(model) if self._music else None

    def about(self) -> dict[str, Any]:
        """State the features that the network is trained on."""
        return self._about

    def probe(self) -> dict[str, Tensor]:
        """Give tokens and items that are held out."""
        return self._music.probe() if self._music else {}

    def summary(self) -> str:
        """Count recordings and verdicts."""
        judged = sum(one.judged for one in self._preferences)
        verdicts = f"{judged} verdict{'' if judged == 1 else 's'}"
        if self._music is None:
            return f"Learning from {verdicts} alone"
        return self._music.summary() + (f"; from {verdicts}, too" if judged else "")

    def table(self, best: Table, before: Table | None) -> RenderableType:
        """Show the music as ever, and how far verdicts are followed."""
        music, was = ({k: row for k, row in (t or {}).items() if k != VERDICTS_ROW} for t in (best, before))
        shown: list[RenderableType] = [super().table(music, was or None)] if music else []
        if VERDICTS_ROW in best:
            shown.append(f"Verdicts are followed by {best[VERDICTS_ROW][self.labels.column]:.0%}.")
        return Group(*shown)
