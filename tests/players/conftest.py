from types import SimpleNamespace

import numpy as np
import pytest

from livehost.bank.layout import ITEM
from livehost.players.nearest.player import NearestChooser


def make(features, successors=None, seed=0):
    """A chooser on a bank that is nothing but features and successors."""
    features = np.asarray(features, np.float32)
    items = np.zeros(len(features), ITEM)
    items["successor"] = -1 if successors is None else successors
    return NearestChooser(SimpleNamespace(items=items, features=features, names=[], hash=""), seed, slices={})


@pytest.fixture
def line():
    """Nine items on a line: item i has the one feature i."""
    return make(np.arange(9.0)[:, None])
