"""What the model chose stands in its context."""

import numpy as np
import torch

from livehost.inference.tokens import ITEM_SIZE
from livehost.studio.bank_transformer.batch import collate
from livehost.studio.bank_transformer.model import BankTransformer, Hyperparameters
from livehost.studio.bank_transformer.normalisation import standardisation
from livehost.studio.bank_transformer.sampling import Sampler
from livehost.studio.bank_transformer.self_play import play_itself
from livehost.studio.bank_transformer.vectors import LENGTH
from tests.studio.conftest import recording

SMALL = Hyperparameters(width=16, layers=1, heads=2, feed_forward=24, window=64, embedding=8)


def drawn(number=0, line="self"):
    pieces = [recording(f"piece {k}", 60) for k in range(2)]
    return collate(Sampler(pieces, *standardisation(pieces), tokens=1024, line=line).batch(number))


def model():
    torch.manual_seed(0)
    return BankTransformer(SMALL).eval()


def test_played_tokens_are_those_of_the_items_that_were_chosen():
    before, network = drawn(), model()
    torch.manual_seed(1)
    after = play_itself(network, before, network.embed(before.items).detach())
    chose = (before.asked >= 0) & (before.played >= 0)
    assert float((after.played != before.played)[chose].float().mean()) > 0.7
    assert torch.equal(after.played[~chose], before.played[~chose])
    rows = torch.arange(len(before.tokens))[:, None].expand_as(after.played)
    mine = after.played >= 0
    assert torch.equal(after.tokens[mine][:, :ITEM_SIZE], before.items[rows[mine], after.played[mine]])
    assert torch.equal(after.tokens[mine][:, LENGTH], before.length[rows[mine], after.played[mine]])
    other = np.setdiff1d(np.arange(ITEM_SIZE, before.tokens.shape[2]), [LENGTH])
    assert torch.equal(after.tokens[..., other], before.tokens[..., other])
    assert torch.equal(after.tokens[~mine], before.tokens[~mine])
    for row, query in torch.nonzero(before.own >= 0).tolist():
        item = after.played[row, before.own[row, query]]
        assert after.targets[row, query] == before.successor[row, item]
    elsewhere = before.own < 0
    assert torch.equal(after.targets[elsewhere], before.targets[elsewhere])


def test_it_chooses_what_it_wants():
    before, network = drawn(1), model()
    embedding = torch.zeros(*before.items.shape[:2], SMALL.embedding)
    query = network(before.tokens, before.peeks, before.before)
    chose = torch.nonzero((before.asked >= 0) & (before.played >= 0))
    row, place = chose[0].tolist()
    embedding[row, 7] = 100.0 * query[row, before.asked[row, place]]
    assert int(play_itself(network, before, embedding).played[row, place]) == 7


def test_other_lines_stay_as_they_are():
    before, network = drawn(line="true"), model()
    assert play_itself(network, before, network.embed(before.items)) is before
