"""Small models of random weights, and a rig that asks their player."""

import pytest

from livehost.bench.performance_rig import open_rnn
from tests.inference.tiny_rnn import ATTENTIVE, PLAIN, write_rnn


@pytest.fixture(scope="session")
def plain(tmp_path_factory):
    return open_rnn(write_rnn(tmp_path_factory.mktemp("rnn") / "plain", PLAIN, scale=3.0))


@pytest.fixture(scope="session")
def attentive(tmp_path_factory):
    return open_rnn(write_rnn(tmp_path_factory.mktemp("rnn") / "attentive", ATTENTIVE, seed=2, scale=3.0))
