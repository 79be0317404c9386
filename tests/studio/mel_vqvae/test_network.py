"""The codec's layout and codebook, and the prior's steps."""

import numpy as np
import pytest
import torch
from lightning_fabric import Fabric

from livehost.studio.mel_vqvae.sampling import CodeBatch, neighbours
from livehost.studio.mel_vqvae.task import NO_TARGET, MelVQVAETask, columns_of, prior_nats, targets
from livehost.studio.models.code_prior import CodePrior
from livehost.studio.models.mel_vqvae import Hyperparameters, MelCodec, MelVQVAE
from livehost.studio.training.learner import Learner
from livehost.studio.training.recipe import TrainingRecipe

H = Hyperparameters(
    bands=48, frames=32, codes=12, size=6, width=8, blocks=1, prior_width=16, prior_depth=2, prior_heads=2
)  # fmt: skip
ROWS, COLUMNS = H.grid
TILES = 5


@pytest.fixture(scope="module")
def tiles():
    """Five different tiles, [TILES, 16, 8]."""
    return torch.rand(TILES, 16, 8, generator=torch.Generator().manual_seed(0))


@pytest.fixture(scope="module")
def layout():
    """Which tile stands where in each of 20 mels, [20, ROWS, COLUMNS]."""
    return torch.randint(TILES, (20, ROWS, COLUMNS), generator=torch.Generator().manual_seed(1))


def mels_of(layout, tiles):
    """Put tiles together, [n, bands, frames]."""
    return tiles[layout].transpose(2, 3).reshape(len(layout), H.bands, H.frames)


@pytest.fixture(scope="module")
def codec(layout, tiles):
    torch.manual_seed(0)
    codec = MelCodec(H).eval()
    codec.fit(mels_of(layout, tiles))
    book = codec.quantiser._codebook.embed[0]
    book[:] = torch.arange(H.codes)[:, None] * 100.0  # k-means of five tiles leaves copies among twelve codes
    first = [torch.nonzero(layout.flatten() == k)[0] for k in range(TILES)]
    book[:TILES] = codec._latents(mels_of(layout, tiles)).detach().flatten(0, 2)[torch.cat(first)]
    return codec


def test_rows_and_columns_are_in_their_places(codec, layout, tiles):
    codes = codec.encode(mels_of(layout, tiles))
    assert codes.shape == (20, ROWS, COLUMNS)
    assert H.grid == (3, 4)
    assert torch.equal(codes, layout)


def test_a_code_is_decoded_where_it_stands(codec, layout, tiles):
    codes = codec.encode(mels_of(layout, tiles))[:1]
    grid = codec.embed(codes)
    assert torch.equal(grid[0, :, 2, 3], codec.codebook[codes[0, 2, 3]])
    other = codes.clone()
    other[0, 1, 2] = (codes[0, 1, 2] + 1) % TILES
    moved = (codec.decode(codec.embed(other)) - codec.decode(grid)).abs()[0] > 1e-6
    rows, columns = torch.where(moved)
    assert (int(rows.min()), int(rows.max()), int(columns.min()), int(columns.max())) == (16, 31, 16, 23)


def test_training_and_evaluation_go_the_same_way(codec, layout, tiles):
    mels = mels_of(layout, tiles)
    again, codes = codec(mels)
    assert torch.equal(codes, codec.encode(mels))
    torch.testing.assert_close(again, codec.decode(codec.embed(codes)), atol=1e-5, rtol=0)


def test_five_tiles_come_back(codec, layout, tiles):
    """Six components, and at least as many codes as tiles: nothing is lost."""
    mels = mels_of(layout, tiles)
    torch.testing.assert_close(codec.decode(codec.embed(codec.encode(mels))), mels, atol=1e-4, rtol=0)


def test_the_codebook_begins_as_kmeans(layout, tiles):
    torch.manual_seed(0)
    codec = MelCodec(H).eval()
    mels = mels_of(layout, tiles) + 0.05 * torch.randn(20, H.bands, H.frames)
    codec.fit(mels)
    again = codec.decode(codec.embed(codec.encode(mels)))
    assert (again - mels).square().mean() < 0.05**2 * 1.1


def test_a_code_that_nobody_asks_for_begins_anew(layout, tiles):
    torch.manual_seed(0)
    codec = MelCodec(H)
    codec.fit(mels_of(layout, tiles))
    book = codec.quantiser._codebook
    book.embed[0, 3:] = 1e3  # far from everything
    book.embed_avg[0, 3:] = 1e3
    book.cluster_size[0, 3:] = 1e-3
    for _ in range(3):
        codec.train()(mels_of(layout, tiles))
    assert codec.codebook.abs().max() < 100


@pytest.fixture
def prior():
    torch.manual_seed(0)
    return CodePrior(12, ROWS, COLUMNS, 5, width=16, depth=2, heads=2, dropout=0.0).eval()


def test_the_prior_sees_only_what_was_before(prior):
    codes, told = torch.randint(12, (1, COLUMNS, ROWS)), torch.rand(1, 5)
    changed = codes.clone()
    changed[0, 2, 1] = (changed[0, 2, 1] + 1) % 12
    at = 2 * ROWS + 1
    one, two = prior(codes, told), prior(changed, told)
    assert one.shape == (1, COLUMNS * ROWS + 1, 13)
    assert torch.equal(one[0, : at + 1], two[0, : at + 1])
    assert all(not torch.allclose(a, b) for a, b in zip(one[0, at + 1 :], two[0, at + 1 :], strict=True))


def test_the_condition_reaches_every_step(prior):
    codes = torch.randint(12, (1, COLUMNS, ROWS))
    one, two = prior(codes, torch.zeros(1, 5)), prior(codes, torch.ones(1, 5))
    assert ((one - two).abs().amax(-1) > 1e-4).all()


@torch.no_grad()
def test_steps_give_what_whole_sequences_give(prior):
    codes, told = torch.randint(12, (3, COLUMNS, ROWS)), torch.rand(3, 5)
    whole = prior(codes, told)
    keys, values = (torch.zeros(3, 2, prior.steps, 16) for _ in range(2))
    token = torch.full((3,), 12)
    for place in range(prior.steps):
        logits, key, value = prior.step(token, torch.tensor([place]), told, keys, values)
        torch.testing.assert_close(logits, whole[:, place], atol=1e-5, rtol=1e-4)
        keys[:, :, place], values[:, :, place], token = key, value, codes.flatten(1)[:, place]


def test_targets_end_with_the_sound():
    codes = torch.arange(2 * COLUMNS * ROWS).reshape(2, COLUMNS, ROWS) % 12
    found = targets(codes, torch.tensor([9, 32]), H)  # 9 frames are two columns of 8
    assert columns_of(torch.tensor([1, 8, 9, 32]), H).tolist() == [1, 1, 2, 4]
    flat = codes.flatten(1).tolist()
    assert found[0].tolist() == [*flat[0][:6], 12] + [NO_TARGET] * 6
    assert found[1].tolist() == [*flat[1], 12]


def test_nats_of_a_prior_that_knows_nothing(codec, layout, tiles):
    torch.manual_seed(0)
    model = MelVQVAE(H).eval()
    torch.nn.init.zeros_(model.prior.next.weight)
    torch.nn.init.zeros_(model.prior.next.bias)
    batch = CodeBatch(mels_of(layout, tiles), torch.full((20,), 20), torch.zeros(20, 2 * 48 + 2))
    nats = prior_nats(model, batch)
    assert len(nats) == 20 * (3 * ROWS + 1)
    torch.testing.assert_close(nats, torch.full_like(nats, float(np.log(13))))


def test_neighbours_are_nearest_first():
    rows = np.array([[0.0], [10.0], [1.0], [12.0]])
    assert neighbours(rows, 2).tolist() == [[0, 2], [1, 3], [2, 0], [3, 1]]
    assert neighbours(rows, 9).shape == (4, 4)


class Bare(MelVQVAETask):
    """The task without its sounds."""

    def __init__(self):
        self.hyperparameters, self._first = H.as_dict(), 0.5


@pytest.mark.parametrize(("progress", "moves"), [(0.2, "codec"), (0.7, "prior")])
def test_the_codec_learns_first_then_the_prior(layout, tiles, progress, moves):
    torch.manual_seed(0)
    model = MelVQVAE(H)
    model.codec.fit(mels_of(layout, tiles))
    fabric = Fabric(accelerator="cpu", devices=1)
    learner = Learner(fabric, model, Bare(), TrainingRecipe(rate=1e-2))
    before = {name: tensor.clone() for name, tensor in learner.model.state_dict().items()}
    batch = CodeBatch(mels_of(layout, tiles) * 0.9, torch.full((20,), 32), torch.rand(20, 2 * 48 + 2))
    learner.take(batch, 0, 1e-2, progress)
    after = learner.model.state_dict()
    changed = {name.split(".")[0] for name in before if not torch.equal(before[name], after[name])}
    assert changed == {moves}
