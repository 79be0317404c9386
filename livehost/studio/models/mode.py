"""The mode of a network: in training, or in evaluation."""

from collections.abc import Iterator
from contextlib import contextmanager

from torch import nn


@contextmanager
def in_evaluation(*networks: nn.Module) -> Iterator[None]:
    """Have networks in evaluation for a while; then each is in the mode in which it was."""
    were_training = [network.training for network in networks]
    for network in networks:
        network.eval()
    try:
        yield
    finally:
        for network, was_training in zip(networks, were_training, strict=True):
            network.train(was_training)
