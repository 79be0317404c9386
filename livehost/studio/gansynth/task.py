"""What GANSynth learns from and how it is judged: `Task` of `livehost train gansynth`, with two optimisers."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.optim import AdamW, Optimizer

from livehost.dsp.mel_contract import MelContract
from livehost.dsp.note_spectrum import SpectrumContract
from livehost.errors import LivehostError
from livehost.studio.audio.batches import some
from livehost.studio.audio.cache import SoundMaterial
from livehost.studio.audio.prepare import contract_of, tell_left_out
from livehost.studio.audio.shown import COUNT, ShownSound, shown_sounds
from livehost.studio.audio.told import error_labels, told_of
from livehost.studio.family import Setup
from livehost.studio.gansynth.likeness import Likeness
from livehost.studio.gansynth.losses import critic_loss, note_errors, pitch_classes, pitch_loss
from livehost.studio.gansynth.notes import NoteBatch, NoteReader, NoteSampler
from livehost.studio.gansynth.pitched import HIGHEST, LOWEST, prepare_notes
from livehost.studio.gansynth.sounds import play_network
from livehost.studio.models.gansynth import GanSynth, Hyperparameters
from livehost.studio.models.mode import in_evaluation
from livehost.studio.training.recipe import TrainingRecipe
from livehost.studio.training.task import Judged, Table, Task
from livehost.view.progress import progress_bar

if TYPE_CHECKING:
    from livehost.studio.training.learner import Learner

#: What each part of the generator's loss counts.
WEIGHTS = {"levels": 1.0, "turns": 0.2, "nats": 1e-3, "heard": 0.02, "real": 0.02, "pitch": 0.02}
#: Numbers of the optimisers.
MAKER, CRITIC = 0, 1
#: Name on the command line → sizes.
PRESETS: dict[str, dict[str, int]] = {
    "small": {"latent": 32, "width": 24, "partials": 32, "critic_width": 16, "encoder_width": 16},
    "large": {"latent": 64, "width": 48, "partials": 64, "critic_width": 32, "encoder_width": 16},
}
#: Held-out notes that a validation asks about, at most, and of a probe; so many at once.
ASKED, _PROBE, _ROWS = 32, 4, 8
#: Of a validation: held-out notes that made ones are compared with, and notes that were learnt from.
_HELD, _LEARNT = 96, 240


class GanSynthTask(Task):
    """Notes through a code, and notes of codes that are drawn by chance.

    For the first share of the budget generator and encoder learn by the distance of what they make from the notes, and
    by the divergence of the codes from the prior, and the critic learns to tell the pitches of real notes; then they
    learn against it, too.

    Parameters
    ----------
    material : SoundMaterial
    pitches : mapping of str to float
        Name of a clip → MIDI pitch.
    hyperparameters : mapping
        Of the networks.
    seed, rank, batch : int
        Of `NoteSampler`.
    first : float
        Share of the budget without the critic.
    """

    labels = replace(error_labels("Fréchet", "frechet", "notes", "instruments", "instruments"), judged="error")

    def __init__(
        self,
        material: SoundMaterial,
        pitches: Mapping[str, float],
        hyperparameters: Mapping[str, Any],
        seed: int = 0,
        rank: int = 0,
        batch: int = 8,
        first: float = 0.5,
    ) -> None:
        self.hyperparameters, self.data, self._material = dict(hyperparameters), material.data, material
        self._first, self._h = first, Hyperparameters(**hyperparameters)
        self._spectrum = SpectrumContract.from_table(self._h.spectrum)
        reader = NoteReader(material.contract, self._spectrum, self._h.mel_frames, pitches)
        self._pitches = dict(pitches)
        self._likeness: Likeness | None = None
        self._sampler = NoteSampler(material.of("train"), reader, seed, rank, batch)
        rng = np.random.default_rng(0)
        self._valid, self._test = (
            reader.read(some(material.of(split), ASKED), rng) if material.of(split) else None
            for split in ("valid", "test")
        )

    def batch(self, number: int) -> NoteBatch:
        """Draw notes."""
        return self._sampler.batch(number)

    def optimizers(self, model: nn.Module, recipe: TrainingRecipe) -> list[Optimizer]:
        """Make one for generator and encoder, and one for the critic."""
        assert isinstance(model, GanSynth)  # noqa: S101
        makers = [*model.generator.parameters(), *model.encoder.parameters()]
        return [
            AdamW(part, lr=recipe.rate, betas=betas, weight_decay=recipe.weight_decay)
            for part, betas in ((makers, (0.8, 0.99)), (list(model.critic.parameters()), (0.5, 0.99)))
        ]

    def step(self, learner: "Learner", batch: NoteBatch) -> tuple[float, dict[str, Tensor]]:
        """Let the critic learn, then generator and encoder."""
        alone = learner.progress < self._first
        loss, parts = learner.loss(batch, "pitches" if alone else "critic")
        learner.descend(loss, parts, which=CRITIC)
        loss, more = learner.loss(batch, "alone" if alone else "generator")
        return learner.descend(loss, more, which=MAKER), parts | more

    def loss(self, model: GanSynth, batch: NoteBatch, *turn: Any) -> tuple[Tensor, dict[str, Tensor]]:
        """Compute the loss of the critic, or of generator and encoder, alone or against it."""
        classes = pitch_classes(batch.pitches, self._h.lowest, self._h.highest)
        if turn and turn[0] in ("pitches", "critic"):
            of_real, told = model.critic(batch.levels, batch.turns)
            parts = {"critic_pitch": pitch_loss(told, classes)}
            if turn[0] == "critic":
                with torch.no_grad():
                    made = self._prior(model, batch)
                parts["critic"] = critic_loss(of_real, model.critic(*made)[0])
            right = (told.argmax(1) == classes).float().mean()
            shown = {name: part.detach() for name, part in parts.items()} | {"critic_right": right}
            return torch.stack(list(parts.values())).sum(), shown
        mean, log_variance, heard = model.encoder(batch.mels)
        if model.training:
            model.prior.observe(mean.detach(), log_variance.detach())
        codes = mean + torch.randn_like(mean) * (0.5 * log_variance).exp()
        levels, turns = model.generator(codes, batch.pitches, batch.noise[0])
        parts = note_errors(levels, turns, batch.levels, batch.turns)
        parts["nats"] = 0.5 * (mean.square() + log_variance.exp() - 1 - log_variance).sum(1).mean()
        parts["heard"] = pitch_loss(heard, classes)
        if turn and turn[0] == "generator":
            of_prior, told = model.critic(*self._prior(model, batch))
            of_again, told_again = model.critic(levels, turns)
            parts["real"] = -0.5 * (of_prior.mean() + of_again.mean())
            parts["pitch"] = 0.5 * (pitch_loss(told, classes) + pitch_loss(told_again, classes))
        loss = torch.stack([WEIGHTS[name] * part for name, part in parts.items()]).sum()
        return loss, {name: part.detach() for name, part in parts.items()}

    def _prior(self, model: GanSynth, batch: NoteBatch) -> tuple[Tensor, Tensor]:
        """Make notes of the same pitches, of codes by chance."""
        codes = model.prior.codes(torch.randn(len(batch.pitches), self._h.latent, device=batch.pitches.device))
        made: tuple[Tensor, Tensor] = model.generator(codes, batch.pitches, batch.noise[1])
        return made

    def validate(self, model: GanSynth) -> Table:
        """Ask about instruments that are held out.

        How far notes of codes by chance are from theirs, how far off theirs come back, and which pitches are told.
        """
        if self._valid is None:
            return {}
        levels, rights = self._ask(model, self._valid)
        names = ("turns", "pitch_heard", "pitch_told")
        return {"held out": {
            "frechet": self._far(model), "error_db": float(levels.mean()) * -self._spectrum.floor_db,
            **{name: float(column.mean()) for name, column in zip(names, rights, strict=True)},
        }}  # fmt: skip

    def _far(self, model: GanSynth) -> float:
        """Compute how far notes of codes by chance, of the pitches of held-out ones, are from these."""
        held = some(self._material.of("valid"), _HELD)
        if self._likeness is None:
            learnt, real = (
                [clip.audio() for clip in clips] for clips in (some(self._material.of("train"), _LEARNT), held)
            )
            self._likeness = Likeness(learnt, real, self._material.contract.rate)
        pitches = np.array([self._pitches[clip.name] for clip in held])
        return self._likeness.distance(self._likeness.places(play_network(model, pitches)))

    def shown(self, model: GanSynth) -> list[ShownSound]:
        """Play notes of codes by chance, of the pitches of held-out ones."""
        held = some(self._material.of("valid"), COUNT)
        pitches = np.array([self._pitches[clip.name] for clip in held])
        return shown_sounds(play_network(model, pitches), self._material.contract) if held else []

    def judge(self, model: GanSynth) -> Judged | None:
        """Ask about the instruments that neither taught nor chose."""
        if self._test is None:
            return None
        levels, _ = self._ask(model, self._test)
        return Judged(levels.double().numpy() * -self._spectrum.floor_db, np.ones(len(levels)))

    @torch.no_grad()
    def _ask(self, model: GanSynth, notes: NoteBatch) -> tuple[Tensor, tuple[Tensor, Tensor, Tensor]]:
        """Give errors of levels, of turns, and whether encoder and critic tell the pitch, [n] each."""
        device = next(model.parameters()).device
        with in_evaluation(model):
            found = []
            for rows in torch.arange(len(notes.pitches)).split(_ROWS):
                part = [tensor[rows] for tensor in notes[:4]]
                levels, turns, mels, pitches = (tensor.to(device) for tensor in part)
                classes = pitch_classes(pitches, self._h.lowest, self._h.highest)
                mean, _, heard = model.encoder(mels)
                made = model.generator(mean, pitches, notes.noise[0][rows].to(device))
                _, told = model.critic(levels, turns)
                errors = [
                    list(note_errors(*(x[k : k + 1] for x in (*made, levels, turns))).values())
                    for k in range(len(rows))
                ]
                off = torch.tensor(errors)
                found.append(torch.stack([off[:, 0], off[:, 1], *(
                    (logits.argmax(1) == classes).float().cpu() for logits in (heard, told)
                )]))  # fmt: skip
        levels, turns, hears, tells = torch.cat(found, 1)
        return levels, (turns, hears, tells)

    def about(self) -> dict[str, Any]:
        """Give the contracts."""
        return {"mel": dict(self._h.mel), "spectrum": dict(self._h.spectrum)}

    def probe(self) -> dict[str, Tensor]:
        """Give mels of held-out notes."""
        return {} if self._valid is None else {"probe": self._valid.mels[:_PROBE]}

    def summary(self) -> str:
        """Count notes and instruments."""
        return told_of(self._material).replace("files", "instruments")


def prepare_data(setup: Setup) -> tuple[SoundMaterial, dict[str, float]]:
    """Make and read the notes."""
    given, contracts = setup.options, contracts_of(hyperparameters_of(setup))
    cache = Path(given["cache"] or Path(given["out"]) / "data")
    with progress_bar(setup.console, setup.waiting) as progress:
        data = prepare_notes(given, *contracts, cache, progress)
    tell_left_out(data[0], setup.console)
    return data


def make_task(setup: Setup, data: tuple[SoundMaterial, dict[str, float]]) -> GanSynthTask:
    """Make the task of notes that are read."""
    given = setup.options
    if not 0 <= given["first"] <= 1:
        raise LivehostError("--first is a share of the budget, 0 to 1.", 2)
    if not data[0].of("train"):
        raise LivehostError("There is no instrument to learn from.", 2)
    return GanSynthTask(*data, hyperparameters_of(setup), setup.seed, setup.rank, given["batch"], given["first"])


def hyperparameters_of(setup: Setup) -> dict[str, Any]:
    """Give the sizes of the networks: those of a checkpoint, else what is asked for."""
    given = setup.options
    if setup.known is not None:
        return dict(setup.known["hyperparameters"])
    if given["preset"] not in PRESETS:
        raise LivehostError(f"There is no preset {given['preset']!r}; choose {' or '.join(PRESETS)}.", 2)
    asked = {
        **PRESETS[given["preset"]], "lowest": LOWEST, "highest": HIGHEST, "mel": contract_of(None).to_table(),
        "spectrum": SpectrumContract().to_table(),
    }  # fmt: skip
    try:
        return Hyperparameters(**{**asked, **(setup.hyperparameters or {})}).as_dict()
    except ValueError as error:
        raise LivehostError(f"There is no such network: {error}.", 2) from error


def contracts_of(hyperparameters: Mapping[str, Any]) -> tuple[MelContract, SpectrumContract]:
    """Give the contracts of a network."""
    return (
        MelContract.from_table(hyperparameters["mel"]), SpectrumContract.from_table(hyperparameters["spectrum"])
    )  # fmt: skip
