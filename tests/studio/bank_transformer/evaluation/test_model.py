import numpy as np
import pytest
import torch

from livehost.inference.export import open_export
from livehost.studio.bank_transformer.evaluation import ExportScorer, TokenScorer, cases
from tests.inference.conftest import STAGE, checkpoint, exported, network  # noqa: F401
from tests.studio.bank_transformer.evaluation.music import recording, stream


@pytest.fixture(scope="module")
def asked():
    rng = np.random.default_rng(7)
    parts = (stream(rng.normal(size=30)), stream(rng.normal(size=25), start_s=0.1))
    return list(cases([recording(count=30), recording(parts=parts, tasks=("answer",))]))


@pytest.fixture
def full(exported, network):  # noqa: F811
    """The same network without a cache, over whole sequences."""
    manifest = open_export(exported, **STAGE).manifest

    def queries(tokens):
        with torch.inference_mode():
            return network(torch.from_numpy(tokens)[None])[0].numpy()

    def embed(items):
        with torch.inference_mode():
            return network.embed(torch.from_numpy(items)).numpy()

    return TokenScorer(manifest.mean, manifest.scale, queries, embed)


def test_an_export_steps_to_what_the_network_gives_at_once(exported, full, asked):  # noqa: F811
    scorer = ExportScorer(open_export(exported, **STAGE))
    for case in asked:
        scores = scorer(case)
        assert scores.shape == (len(case.after), len(case.bank))
        np.testing.assert_allclose(scores, full(case), atol=2e-3)
        assert scores.std() > 0.1


def test_each_case_begins_anew(exported, asked):  # noqa: F811
    scorer = ExportScorer(open_export(exported, **STAGE))
    first = scorer(asked[0])
    scorer(asked[1])
    np.testing.assert_array_equal(scorer(asked[0]), first)


def test_equal_items_are_tied(exported):  # noqa: F811
    music = stream(np.arange(12.0))
    music.features[7] = music.features[3]
    (case,) = cases([recording(renderings=(music,))])
    scores = ExportScorer(open_export(exported, **STAGE))(case)
    np.testing.assert_allclose(scores[:, 7], scores[:, 3], rtol=1e-7)
