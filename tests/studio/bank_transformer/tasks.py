"""Tasks of the bank transformer on made-up recordings."""

from livehost.studio.bank_transformer.model import Hyperparameters
from livehost.studio.bank_transformer.normalisation import standardisation
from livehost.studio.bank_transformer.sampling import Sampler
from livehost.studio.bank_transformer.task import BankTask
from livehost.studio.bank_transformer.validation import Validation


def bank_task_of(train, valid, shape=None, seed=0, judge=(), **options):
    """A task that learns from some recordings, is validated on others, judged by more; options are the sampler's."""
    mean, scale = standardisation(train)
    sampler = Sampler(train, mean, scale, seed, **options)
    judging = Validation(judge, mean, scale) if judge else None
    shape = (shape or Hyperparameters()).as_dict()
    return BankTask(sampler, Validation(valid, mean, scale), shape, judging=judging)
