"""What a mel VAE learns from and how it is judged: `Task` of `livehost train mel-vae`."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor
from torch.nn import functional

from livehost.errors import LivehostError
from livehost.studio.audio.batches import ASKED, MelBatch, MelSampler, all_mels, some
from livehost.studio.audio.cache import SoundMaterial
from livehost.studio.audio.prepare import contract_of, prepare_sounds
from livehost.studio.audio.shown import COUNT, ShownSound, shown_mels
from livehost.studio.audio.told import error_labels, told_of
from livehost.studio.family import Setup
from livehost.studio.mel_vae.schedule import schedule_of
from livehost.studio.models.mel_vae import Hyperparameters, MelVAE
from livehost.studio.models.mode import in_evaluation
from livehost.studio.training.task import Judged, Table, Task

if TYPE_CHECKING:
    from livehost.studio.training.learner import Learner

#: Name on the command line → residual blocks of each level.
PRESETS = {"residual": 1, "convolutional": 0}
#: A number of the code counts as used where it tells more than this, nats.
_USED_NATS = 0.05
#: Sounds that principal components are fitted to, at most.
_FITTED = 3000
#: Mels of a probe.
_PROBE = 8


class MelVAETask(Task):
    """Mels through a code, and codes that are distributed as the prior is.

    The loss is the mean square error in unit scale, and β times the divergence from the prior for each number of a mel:
    β is twice the variance that the error may have, so 0.02 says a standard deviation of 0.1, or 9 dB.

    Parameters
    ----------
    material : SoundMaterial
    sampler : MelSampler
        Of those that teach.
    hyperparameters : mapping
        Of the network.
    beta : float
    schedule : str
        A key of `SCHEDULES`.
    free_bits : float
        Bits that each number of the code may tell for nothing.
    """

    labels = error_labels("error", "error_db")

    def __init__(
        self,
        material: SoundMaterial,
        sampler: MelSampler,
        hyperparameters: Mapping[str, Any],
        beta: float = 0.02,
        schedule: str = "linear",
        free_bits: float = 0.0,
    ) -> None:
        self.hyperparameters, self.data = dict(hyperparameters), material.data
        self._material, self._sampler = material, sampler
        self._beta, self._share, self._free = beta, schedule_of(schedule), free_bits * float(torch.tensor(2.0).log())
        frames = self.hyperparameters["frames"]
        self._valid, self._test = (
            all_mels(some(material.of(split), ASKED), material.contract, frames) for split in ("valid", "test")
        )

    def begin(self, model: MelVAE) -> None:
        """Fit the principal components, to as many sounds as are fitted in a few seconds."""
        chosen = some(self._sampler.clips, _FITTED)
        model.fit(all_mels(chosen, self._material.contract, self.hyperparameters["frames"]).mels)

    def batch(self, number: int) -> MelBatch:
        """Draw mels."""
        return self._sampler.batch(number)

    def step(self, learner: "Learner", batch: MelBatch) -> tuple[float, dict[str, Tensor]]:
        """Learn from a batch, with as much of the prior as the schedule says."""
        loss, parts = learner.loss(batch, self._beta * self._share(learner.progress))
        return learner.descend(loss, parts), parts

    def loss(self, model: MelVAE, batch: MelBatch, *turn: Any) -> tuple[Tensor, dict[str, Tensor]]:
        """Compute error and divergence."""
        beta = turn[0] if turn else self._beta
        mels, mean, log_variance = model(batch.mels)
        error = functional.mse_loss(mels.float(), batch.mels)
        nats = divergence(mean.float(), log_variance.float()).mean(0)
        told = nats.clamp(min=self._free).sum() / batch.mels[0].numel()
        return error + beta * told, {"error": error.detach(), "nats": nats.sum().detach()}

    def validate(self, model: MelVAE) -> Table:
        """Ask about sounds that are held out: how far off they come back, and how much their codes tell."""
        if not len(self._valid.mels):
            return {}
        errors, nats = reconstruct(model, self._valid.mels)
        return {"held out": {
            "error_db": self._decibels(errors), "nats": float(nats.sum(1).mean()),
            "used": float((nats.mean(0) > _USED_NATS).sum()),
        }}  # fmt: skip

    @torch.no_grad()
    def shown(self, model: MelVAE) -> list[ShownSound]:
        """Let held-out sounds go through their codes."""
        if not len(self._valid.mels):
            return []
        with in_evaluation(model):
            mean, _ = model.encode(self._valid.mels[:COUNT].to(next(model.parameters()).device))
            again = model.decode(mean).cpu().numpy()
        return shown_mels(again, self._material.contract)

    def judge(self, model: MelVAE) -> Judged | None:
        """Ask about the sounds that neither taught nor chose."""
        if not len(self._test.mels):
            return None
        errors, _ = reconstruct(model, self._test.mels)
        return Judged(errors.double().numpy(), torch.ones(len(errors)).double().numpy())

    def about(self) -> dict[str, Any]:
        """Give the contract of the mels."""
        return {"mel": self._material.contract.to_table()}

    def probe(self) -> dict[str, Tensor]:
        """Give held-out mels."""
        return {"probe": self._valid.mels[:_PROBE]} if len(self._valid.mels) else {}

    def summary(self) -> str:
        """Count sounds and files."""
        return told_of(self._material)

    def _decibels(self, errors: Tensor) -> float:
        """Make of squares in unit scale the root of their mean, in dB."""
        return float(errors.mean().sqrt()) * -self._material.contract.floor_db


def divergence(mean: Tensor, log_variance: Tensor) -> Tensor:
    """Compute the divergence of normal distributions from the standard one, nats, number by number."""
    return 0.5 * (mean.square() + log_variance.exp() - 1 - log_variance)


@torch.no_grad()
def reconstruct(model: MelVAE, mels: Tensor, rows: int = 64) -> tuple[Tensor, Tensor]:
    """Let mels go through the means of their codes.

    Parameters
    ----------
    model : MelVAE
    mels : Tensor [n, bands, frames]
        In unit scale.
    rows : int
        At once.

    Returns
    -------
    errors : Tensor [n]
        Mean squares, unit scale.
    nats : Tensor [n, latent]
        Divergence from the prior.
    """
    with in_evaluation(model):
        device = next(model.parameters()).device
        errors, nats = [], []
        for part in mels.split(rows):
            mean, log_variance = model.encode(part.to(device))
            again = model.decode(mean).clamp(min=0).cpu()
            errors.append((again - part).square().mean((1, 2)))
            nats.append(divergence(mean, log_variance).cpu())
    return torch.cat(errors), torch.cat(nats)


def prepare_data(setup: Setup) -> SoundMaterial:
    """Make and read the sounds."""
    frames = hyperparameters_of(setup)["frames"]
    return prepare_sounds(setup, frames * contract_of(setup.known).frame_s)


def make_task(setup: Setup, material: SoundMaterial) -> MelVAETask:
    """Make the task of sounds that are read."""
    given = setup.options
    hyperparameters = hyperparameters_of(setup)
    frames = hyperparameters["frames"]
    sampler = MelSampler(
        material.of("train"), material.contract, frames, setup.seed, setup.rank, given["batch"], changed=given["change"]
    )  # fmt: skip
    if given["beta"] < 0 or given["free_bits"] < 0:
        raise LivehostError("--beta and --free-bits are 0 or more.", 2)
    return MelVAETask(material, sampler, hyperparameters, given["beta"], given["schedule"], given["free_bits"])


def hyperparameters_of(setup: Setup) -> dict[str, Any]:
    """Give the sizes of the network: those of a checkpoint, else what is asked for."""
    given = setup.options
    if setup.known is not None:
        return dict(setup.known["hyperparameters"])
    if given["preset"] not in PRESETS:
        raise LivehostError(f"There is no preset {given['preset']!r}; choose {' or '.join(PRESETS)}.", 2)
    asked = {"blocks": PRESETS[given["preset"]], "latent": given["latent"], "width": given["width"]}
    try:
        return Hyperparameters(**{**asked, **(setup.hyperparameters or {})}).as_dict()
    except ValueError as error:
        raise LivehostError("There is no such network: --latent is 1 or more, --width a multiple of 8.", 2) from error
