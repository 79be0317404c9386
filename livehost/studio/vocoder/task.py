"""What a vocoder learns from and how it is judged: `Task` of `livehost train vocoder`, with two optimisers."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.optim import AdamW, Optimizer

from livehost.dsp.mel_contract import MelContract
from livehost.errors import LivehostError
from livehost.inference.vocoder_sounds import Vocoder as Sounding
from livehost.studio.audio.batches import some
from livehost.studio.audio.cache import Clip, SoundMaterial
from livehost.studio.audio.mel import MelAnalysis
from livehost.studio.audio.prepare import contract_of, prepare_sounds
from livehost.studio.audio.shown import COUNT, ShownSound, shown_sounds
from livehost.studio.audio.told import error_labels, told_of
from livehost.studio.family import Setup
from livehost.studio.models.mode import in_evaluation
from livehost.studio.models.spectral_vocoder import SpectralGenerator
from livehost.studio.models.vocoder import PRESETS, Hyperparameters, Vocoder
from livehost.studio.training.recipe import TrainingRecipe
from livehost.studio.training.task import Judged, Table, Task
from livehost.studio.vocoder.crops import CropSampler, SoundBatch
from livehost.studio.vocoder.losses import critics_loss, distance, generator_losses, step_errors, stft_distance
from livehost.studio.vocoder.sounds import NetworkParts

if TYPE_CHECKING:
    from livehost.studio.training.learner import Learner

#: What each part of the generator's loss counts; the mel's error is in tenths of its range.
WEIGHTS = {"magnitudes": 1.0, "steps": 1.0, "stft": 1.0, "mel": 10.0, "adversarial": 0.05, "features": 0.1}
#: Numbers of the optimisers.
GENERATOR, CRITICS = 0, 1
#: Frames of the longest clip that is read; held-out sounds that a validation asks about, at most.
LONGEST_FRAMES, ASKED = 256, 48
#: Frames of a probe.
_PROBE_FRAMES = 64
_TINY = 1e-10


class VocoderTask(Task):
    """Mels of sounds, from which the sounds are made again.

    For the first share of the budget a generator that has magnitudes learns these and the steps of their phases, which
    is quick; then it learns by the distances of spectra and mels of its sounds, too, and in the last share against
    critics.

    Parameters
    ----------
    material : SoundMaterial
    sampler : CropSampler
        Of those that teach.
    hyperparameters : mapping
        Of the networks.
    first : float
        Share of the budget in which magnitudes and steps alone are learnt.
    critics : float
        Share of it, the last one, against critics.
    """

    labels = error_labels("STFT distance", "stft")

    def __init__(
        self,
        material: SoundMaterial,
        sampler: CropSampler,
        hyperparameters: Mapping[str, Any],
        first: float = 0.6,
        critics: float = 0.1,
    ) -> None:
        self.hyperparameters, self.data = dict(hyperparameters), material.data
        self._material, self._sampler = material, sampler
        self._first = first if self.hyperparameters["rounds"] else 0.0
        self._critics = critics
        self._contract = MelContract.from_table(self.hyperparameters["mel"])
        self._analysis = MelAnalysis(self._contract)
        self._valid, self._test = (some(material.of(split), ASKED) for split in ("valid", "test"))

    def batch(self, number: int) -> SoundBatch:
        """Draw sounds."""
        return self._sampler.batch(number)

    def optimizers(self, model: nn.Module, recipe: TrainingRecipe) -> list[Optimizer]:
        """Make one for the generator and one for the critics, as HiFi-GAN has them."""
        assert isinstance(model, Vocoder)  # noqa: S101
        return [
            AdamW(part.parameters(), lr=recipe.rate, betas=(0.8, 0.99), weight_decay=recipe.weight_decay)
            for part in (model.generator, model.critics)
        ]

    def step(self, learner: "Learner", batch: SoundBatch) -> tuple[float, dict[str, Tensor]]:
        """Let the generator learn; before it the critics, where it is their time."""
        if learner.progress < 1 - self._critics:
            loss, parts = learner.loss(batch, "frames" if learner.progress < self._first else "sound")
            return learner.descend(loss, parts, which=GENERATOR), parts
        loss, parts = learner.loss(batch, "critics")
        learner.descend(loss, parts, which=CRITICS)
        loss, more = learner.loss(batch, "generator")
        return learner.descend(loss, more, which=GENERATOR), parts | more

    def loss(self, model: Vocoder, batch: SoundBatch, turn: str = "sound") -> tuple[Tensor, dict[str, Tensor]]:
        """Compute the loss of the critics, or of the generator: of its frames, its sound too, or against critics."""
        real, floor_db, generator = batch.samples, self._contract.floor_db, model.generator
        spectra = self._analysis.to(real.device).spectra(real)
        mels = self._unit(spectra)
        if turn == "critics":
            with torch.no_grad():
                made = generator(mels)
            loss = critics_loss(model.critics(real), model.critics(made))
            return loss, {"critics": loss.detach()}
        given = generator.given(mels).float()
        parts = self._of_frames(given, spectra) if isinstance(generator, SpectralGenerator) else {}
        if turn != "frames":
            made = generator.sound(given)
            parts["stft"] = stft_distance(made, real, floor_db).mean()
            parts["mel"] = (self._unit(self._analysis.spectra(made)) - mels).abs().mean()
        if turn == "generator":
            parts |= generator_losses(model.critics(real), model.critics(made))
        loss = torch.stack([WEIGHTS[name] * part for name, part in parts.items()]).sum()
        return loss, {name: part.detach() for name, part in parts.items()}

    def validate(self, model: Vocoder) -> Table:
        """Ask about sounds that are held out: how far what is made of their mels is from them."""
        if not self._valid:
            return {}
        return {"held out": {"stft": float(distances(model, self._valid, self._contract).mean())}}

    def shown(self, model: Vocoder) -> list[ShownSound]:
        """Make held-out sounds again."""
        clips = some(self._valid, COUNT)
        return shown_sounds([sound for sound, _ in remade(model, clips, self._contract)], self._contract)

    def judge(self, model: Vocoder) -> Judged | None:
        """Ask about the sounds that neither taught nor chose."""
        if not self._test:
            return None
        found = distances(model, self._test, self._contract)
        return Judged(found.double().numpy(), torch.ones(len(found)).double().numpy())

    def about(self) -> dict[str, Any]:
        """Give the contract of the mels."""
        return {"mel": self._contract.to_table()}

    def probe(self) -> dict[str, Tensor]:
        """Give the mels of held-out sounds, in unit scale."""
        if not self._valid:
            return {}
        frames = min(max(clip.mel.shape[1] for clip in self._valid), _PROBE_FRAMES)
        samples = torch.zeros(min(len(self._valid), 4), frames * self._contract.hop_samples)
        for row, clip in zip(samples, self._valid, strict=False):
            sound = torch.from_numpy(clip.audio())[: len(row)]
            row[: len(sound)] = sound
        return {"probe": self._unit(self._analysis.spectra(samples))}

    def summary(self) -> str:
        """Count sounds and files."""
        return told_of(self._material)

    def _of_frames(self, given: Tensor, spectra: Tensor) -> dict[str, Tensor]:
        """Compute how far magnitudes and steps are from those of spectra."""
        scale = 2.0 / float(self._analysis.window.sum())  # 1 for a sine of full scale
        found, wanted = given[:, :, 0].exp(), (spectra.abs().square() + _TINY).sqrt()
        return {
            "steps": step_errors(given[:, :, 1:], spectra).mean(),
            "magnitudes": distance(scale * found, scale * wanted, self._contract.floor_db).mean(),
        }

    def _unit(self, spectra: Tensor) -> Tensor:
        """Give the mels in unit scale of spectra [n, frames, bins]."""
        floor = self._contract.floor_db
        mels: Tensor = (self._analysis.mels(spectra) - floor) / -floor
        return mels


@torch.no_grad()
def remade(model: Vocoder, clips: Sequence[Clip], contract: MelContract) -> list[tuple[np.ndarray, np.ndarray]]:
    """Make each clip again from its mel, as it is on stage: float32 [n], and the clip's own."""
    with in_evaluation(model):
        sounding = Sounding(NetworkParts("the network", model, contract))
        real = [clip.audio() for clip in clips]
        return [(sounding.sound(contract.analyse(sound))[: len(sound)], sound) for sound in real]


def distances(model: Vocoder, clips: Sequence[Clip], contract: MelContract) -> Tensor:
    """Give how far each clip is from what is made of its mel: the STFT distance, [clips]."""
    pairs = ([torch.from_numpy(sound)[None] for sound in pair] for pair in remade(model, clips, contract))
    return torch.stack([stft_distance(made, real, contract.floor_db)[0] for made, real in pairs])


def prepare_data(setup: Setup) -> SoundMaterial:
    """Make and read the sounds; what is wrong with the network that is asked for is said before that."""
    hyperparameters_of(setup)
    return prepare_sounds(setup, LONGEST_FRAMES * contract_of(setup.known).frame_s)


def make_task(setup: Setup, material: SoundMaterial) -> VocoderTask:
    """Make the task of sounds that are read."""
    given = setup.options
    hyperparameters = hyperparameters_of(setup)
    for name in ("first", "critics"):
        if not 0 <= given[name] <= 1:
            raise LivehostError(f"--{name} is a share of the budget, 0 to 1.", 2)
    if given["frames"] < _fewest(hyperparameters):
        raise LivehostError(f"--frames is {_fewest(hyperparameters)} or more.", 2)
    samples = given["frames"] * material.contract.hop_samples
    sampler = CropSampler(material.of("train"), samples, setup.seed, setup.rank, given["batch"])
    return VocoderTask(material, sampler, hyperparameters, given["first"], given["critics"])


def _fewest(hyperparameters: Mapping[str, Any]) -> int:
    """Count the frames without which a crop would be shorter than the longest transform."""
    return -(-2048 // int(hyperparameters["mel"]["hop_samples"]))


def hyperparameters_of(setup: Setup) -> dict[str, Any]:
    """Give the sizes of the networks: those of a checkpoint, else what is asked for."""
    given = setup.options
    if setup.known is not None:
        return dict(setup.known["hyperparameters"])
    if given["preset"] not in PRESETS:
        raise LivehostError(f"There is no preset {given['preset']!r}; choose {' or '.join(PRESETS)}.", 2)
    asked = {"preset": given["preset"], **PRESETS[given["preset"]], "mel": contract_of(None).to_table()}
    asked |= {name: given[name] for name in ("width", "rounds") if given[name] is not None}
    try:
        return Hyperparameters(**{**asked, **(setup.hyperparameters or {})}).as_dict()
    except ValueError as error:
        raise LivehostError(
            "There is no such network: --width is 16 or more, of melgan a multiple of 16.", 2
        ) from error
