"""What a mel VQ-VAE learns from and how it is judged: `Task` of `livehost train mel-vqvae`.

It learns in two stages of one run: first the codec, then, by the codes of what is now fixed, the prior.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.optim import Optimizer

from livehost.errors import LivehostError
from livehost.studio.audio.batches import ASKED, MelSampler, all_mels, some
from livehost.studio.audio.cache import Clip, SoundMaterial
from livehost.studio.audio.prepare import contract_of, prepare_sounds
from livehost.studio.audio.shown import COUNT, ShownSound, shown_mels
from livehost.studio.audio.told import error_labels, told_of
from livehost.studio.family import Setup
from livehost.studio.mel_vqvae.sampling import CodeBatch, CodeSampler, condition, conditions_of
from livehost.studio.models.mel_vqvae import Hyperparameters, MelVQVAE
from livehost.studio.models.mode import in_evaluation
from livehost.studio.training.optimizer import adamw
from livehost.studio.training.recipe import TrainingRecipe
from livehost.studio.training.schedule import learning_rate
from livehost.studio.training.task import Judged, Table, Task

if TYPE_CHECKING:
    from livehost.studio.training.learner import Learner

#: Name on the command line → residual blocks of each level.
PRESETS = {"residual": 1, "convolutional": 0}
CODEC, PRIOR = "codec", "prior"
#: Of a code: there is none.
NO_TARGET = -1
_PROBE = 8
#: Sounds that components and codebook are fitted to, at most.
_FITTED = 3000


class MelVQVAETask(Task):
    """Mels through codes, then codes one after the other.

    Parameters
    ----------
    material : SoundMaterial
    sampler : CodeSampler
        Of those that teach.
    hyperparameters : mapping
        Of the network.
    first : float
        Share of the budget in which the codec learns; in the rest, the prior.
    """

    labels = error_labels("error + nats", "score")

    def __init__(
        self, material: SoundMaterial, sampler: CodeSampler, hyperparameters: Mapping[str, Any], first: float = 0.4
    ) -> None:
        self.hyperparameters, self.data = dict(hyperparameters), material.data
        self._material, self._sampler, self._first = material, sampler, first
        self._valid, self._test = (self._asked(some(material.of(split), ASKED)) for split in ("valid", "test"))

    def _asked(self, clips: Sequence[Clip]) -> CodeBatch | None:
        """Put held-out sounds together, nothing being told of what they are like; None for none."""
        if not clips:
            return None
        contract = self._material.contract
        held = all_mels(clips, contract, self.hyperparameters["frames"])
        nothing = torch.from_numpy(condition(None, contract)).expand(len(clips), -1)
        return CodeBatch(held.mels, held.lengths, nothing)

    def begin(self, model: MelVQVAE) -> None:
        """Fit components and codebook, to as many sounds as are fitted in some seconds."""
        chosen = some(self._material.of("train"), _FITTED)
        model.codec.fit(all_mels(chosen, self._material.contract, self.hyperparameters["frames"]).mels)

    def batch(self, number: int) -> CodeBatch:
        """Draw mels."""
        return self._sampler.batch(number)

    def optimizers(self, model: nn.Module, recipe: TrainingRecipe) -> list[Optimizer]:
        """Make one for the codec and one for the prior."""
        return [adamw(model.codec, recipe), adamw(model.prior, recipe)]  # type: ignore[arg-type]

    def step(self, learner: "Learner", batch: CodeBatch) -> tuple[float, dict[str, Tensor]]:
        """Teach the codec, or the prior, each by a schedule of its own."""
        first, progress = self._first, learner.progress
        if progress < first:
            loss, parts = learner.loss(batch, CODEC)
            rate = learning_rate(learner.recipe.rate, progress / first)
            return learner.descend(loss, parts, which=0, rate=rate), parts
        loss, parts = learner.loss(batch, PRIOR)
        rate = learning_rate(learner.recipe.rate, (progress - first) / (1 - first))
        return learner.descend(loss, parts, which=1, rate=rate), parts

    def loss(self, model: MelVQVAE, batch: CodeBatch, *turn: Any) -> tuple[Tensor, dict[str, Tensor]]:
        """Compute the error of mels, or nats per code."""
        if turn and turn[0] == PRIOR:
            nats = prior_nats(model, batch).mean()
            return nats, {"nats": nats.detach()}
        mels, _ = model.codec(batch.mels)
        error = functional.mse_loss(mels.float(), batch.mels)
        return error, {"error": error.detach()}

    def validate(self, model: MelVQVAE) -> Table:
        """Ask about held-out sounds: how far off they come back, which codes they use, how well those are foretold.

        The score sums both up: the error as a share of 10 dB, and nats as a share of what chance would have.
        """
        if self._valid is None:
            return {}
        errors, codes = reconstruct(model, self._valid.mels)
        nats = float(torch.cat([prior_nats(model, part) for part in _parts(self._valid)]).mean())
        error_db = float(errors.mean().sqrt()) * -self._material.contract.floor_db
        chance = float(torch.tensor(float(self.hyperparameters["codes"])).log())
        return {"held out": {
            "error_db": error_db, "nats": nats, "use": usage(codes, self.hyperparameters["codes"]),
            "score": error_db / 10 + nats / chance,
        }}  # fmt: skip

    @torch.no_grad()
    def shown(self, model: MelVQVAE) -> list[ShownSound]:
        """Let held-out sounds go through their codes."""
        if self._valid is None:
            return []
        with in_evaluation(model):
            mels = self._valid.mels[:COUNT].to(next(model.parameters()).device)
            again = model.codec.decode(model.codec.embed(model.codec.encode(mels))).cpu().numpy()
        return shown_mels(again, self._material.contract)

    def judge(self, model: MelVQVAE) -> Judged | None:
        """Ask about the sounds that neither taught nor chose."""
        if self._test is None:
            return None
        errors, _ = reconstruct(model, self._test.mels)
        return Judged(errors.double().numpy(), torch.ones(len(errors)).double().numpy())

    def about(self) -> dict[str, Any]:
        """Give the contract of the mels."""
        return {"mel": self._material.contract.to_table()}

    def probe(self) -> dict[str, Tensor]:
        """Give held-out mels, and what asks for their like."""
        if self._valid is None:
            return {}
        clips = self._material.of("valid")[:_PROBE]
        likes = conditions_of(clips, self._material.contract)
        return {"probe": self._valid.mels[:_PROBE], "conditions": torch.from_numpy(likes)}

    def summary(self) -> str:
        """Count sounds and files."""
        return told_of(self._material)


@torch.no_grad()
def reconstruct(model: MelVQVAE, mels: Tensor, rows: int = 64) -> tuple[Tensor, Tensor]:
    """Let mels go through their codes.

    Parameters
    ----------
    model : MelVQVAE
    mels : Tensor [n, bands, frames]
        In unit scale.
    rows : int
        At once.

    Returns
    -------
    errors : Tensor [n]
        Mean squares, unit scale.
    codes : Tensor of int64 [n, rows, columns]
    """
    with in_evaluation(model):
        device = next(model.parameters()).device
        errors, codes = [], []
        for part in mels.split(rows):
            found = model.codec.encode(part.to(device))
            again = model.codec.decode(model.codec.embed(found)).clamp(min=0).cpu()
            errors.append((again - part).square().mean((1, 2)))
            codes.append(found.cpu())
    return torch.cat(errors), torch.cat(codes)


def prior_nats(model: MelVQVAE, batch: CodeBatch) -> Tensor:
    """Compute −log p of each code of the sounds in a batch, and of their ends: [codes of all sounds].

    The codec is asked in evaluation, and learns nothing.
    """
    with torch.no_grad(), in_evaluation(model.codec):
        codes = model.codec.encode(batch.mels).transpose(1, 2)
    logits = model.prior(codes, batch.conditions).float()
    wanted = targets(codes, batch.lengths, model.hyperparameters).flatten()
    told = wanted != NO_TARGET
    return functional.cross_entropy(logits.flatten(0, 1)[told], wanted[told], reduction="none")


def targets(codes: Tensor, lengths: Tensor, h: Hyperparameters) -> Tensor:
    """Put together what a prior is to foretell.

    Parameters
    ----------
    codes : Tensor of int64 [n, columns, rows]
    lengths : Tensor of int64 [n]
        Frames.
    h : Hyperparameters

    Returns
    -------
    Tensor of int64 [n, columns · rows + 1]
        Codes up to the column in which a sound ends, then the end (`h.codes`), then `NO_TARGET`.
    """
    ends = h.grid[0] * columns_of(lengths, h)
    flat = functional.pad(codes.flatten(1), (0, 1), value=h.codes)
    at = torch.arange(flat.shape[1], device=codes.device)
    flat = torch.where(at == ends[:, None], h.codes, flat)
    return torch.where(at > ends[:, None], NO_TARGET, flat)


def columns_of(lengths: Tensor, h: Hyperparameters) -> Tensor:
    """Count the columns of codes of so many frames."""
    step = h.frames // h.grid[1]
    return (lengths + step - 1) // step


def usage(codes: Tensor, count: int) -> float:
    """Give the share of a codebook that is used at all."""
    return len(torch.unique(codes)) / count


def _parts(batch: CodeBatch, rows: int = 64) -> list[CodeBatch]:
    return [CodeBatch(*part) for part in zip(*(column.split(rows) for column in batch), strict=True)]


def prepare_data(setup: Setup) -> SoundMaterial:
    """Make and read the sounds."""
    frames = hyperparameters_of(setup)["frames"]
    return prepare_sounds(setup, frames * contract_of(setup.known).frame_s)


def make_task(setup: Setup, material: SoundMaterial) -> MelVQVAETask:
    """Make the task of sounds that are read."""
    given = setup.options
    hyperparameters = hyperparameters_of(setup)
    sampler = MelSampler(
        material.of("train"), material.contract, hyperparameters["frames"], setup.seed, setup.rank, given["batch"],
        changed=given["change"],
    )  # fmt: skip
    if not 0 < given["first"] < 1:
        raise LivehostError("--first is the share of the codec, above 0 and below 1.", 2)
    return MelVQVAETask(material, CodeSampler(sampler), hyperparameters, given["first"])


def hyperparameters_of(setup: Setup) -> dict[str, Any]:
    """Give the sizes of the network: those of a checkpoint, else what is asked for."""
    given = setup.options
    if setup.known is not None:
        return dict(setup.known["hyperparameters"])
    if given["preset"] not in PRESETS:
        raise LivehostError(f"There is no preset {given['preset']!r}; choose {' or '.join(PRESETS)}.", 2)
    asked = {"blocks": PRESETS[given["preset"]], "codes": given["codes"], "width": given["width"]}
    try:
        return Hyperparameters(**{**asked, **(setup.hyperparameters or {})}).as_dict()
    except ValueError as error:
        raise LivehostError("There is no such network: --codes is 1 or more, --width a multiple of 8.", 2) from error
