"""Verdicts are learnt, and little else changes; a session teaches whatever of it is there."""

import copy
import math

import numpy as np
import pytest
import torch

from livehost.dsp.segment import SEGMENT_SCHEMA
from livehost.errors import LivehostError
from livehost.inference.tokens import item_vectors
from livehost.studio.bank_transformer.model import BankTransformer, Hyperparameters
from livehost.studio.bank_transformer.sessions.contexts import contexts_of, heard_of_stream
from livehost.studio.bank_transformer.sessions.folder import read_session_files
from livehost.studio.bank_transformer.sessions.preference import Preference
from livehost.studio.bank_transformer.sessions.recording import heard_stream
from livehost.studio.bank_transformer.sessions.task import SessionTask
from livehost.studio.bank_transformer.sessions.verdicts import answers_of, verdicts_of
from livehost.studio.families import FAMILIES
from livehost.studio.training.checkpoint import load_checkpoint, save_checkpoint
from livehost.studio.training.launch import train
from tests.studio.bank_transformer.sessions.conftest import PLAYED, RATE, write_session

SMALL = Hyperparameters(width=16, layers=2, heads=2, feed_forward=24, window=24, embedding=8, dropout=0.0)
BANK = FAMILIES["bank"]


@pytest.fixture
def small():
    torch.manual_seed(0)
    return BankTransformer(SMALL).eval()


@pytest.fixture
def normal(bank):
    return bank.features.mean(0), np.maximum(bank.features.std(0), 0.1)


def preference_of(files, bank, model, mean, scale):
    answers = answers_of(files, files.reigns[0])
    contexts = contexts_of(heard_of_stream(heard_stream(files)), answers, bank, RATE, mean, scale, 0.5)
    vectors = item_vectors(bank.features, mean, scale)
    verdicts = verdicts_of(files, files.reigns[0], answers)
    return Preference(contexts, verdicts, np.array(PLAYED), vectors, model)


def chances(preference, model):
    return preference.log_probabilities(model).exp()[0]


def learn(preference, start, steps=300):
    model = copy.deepcopy(start)
    optimizer = torch.optim.Adam(model.parameters(), 2e-3)
    for _ in range(steps):
        pairs, other = preference.loss(model)
        optimizer.zero_grad()
        (pairs + other).backward()
        optimizer.step()
    return model


def test_what_was_rejected_falls_and_what_was_approved_rises(tmp_path, bank, music, small, normal):
    said = [(5, "reject"), (6, "approve")]
    files = read_session_files(write_session(tmp_path / "one", bank, music, said))
    preference = preference_of(files, bank, small, *normal)
    assert preference.judged == 2
    assert preference.followed(small)[0] == 0.0
    with torch.inference_mode():
        assert float(preference.loss(small)[0]) == pytest.approx(math.log(2.0))
        assert float(preference.loss(small)[1]) == pytest.approx(0.0, abs=1e-6)
    tuned = learn(preference, small)
    was, now = chances(preference, small), chances(preference, tuned)
    assert float(was[5, PLAYED[5]] / now[5, PLAYED[5]]) > 4.0
    assert float(now[6, PLAYED[6]] / was[6, PLAYED[6]]) > 1.2
    assert preference.followed(tuned)[0] > 0.5
    # what nobody judged keeps its order
    others = [k for k in range(len(bank)) if k not in (PLAYED[5], PLAYED[6])]
    a, b = (p[:, others] / p[:, others].sum(1, keepdim=True) for p in (was, now))
    assert float((a * (a / b).log()).sum(1).mean()) < 0.05


def test_a_rejected_sound_is_no_better_example_for_another_verdict(tmp_path, bank, music, small, normal):
    files = read_session_files(
        write_session(tmp_path / "one", bank, music, [(4, "reject"), (5, "reject")], plans=False)
    )
    pairs = preference_of(files, bank, small, *normal).pairs
    assert not np.isin(pairs.others.numpy(), [PLAYED[4], PLAYED[5]]).any()
    assert set(pairs.item.tolist()) == {PLAYED[4], PLAYED[5]}


def test_change_is_about_its_moment_only(tmp_path, bank, music, small, normal):
    files = read_session_files(write_session(tmp_path / "one", bank, music, [(5, "change")]))
    pairs = preference_of(files, bank, small, *normal).pairs
    assert (len(pairs.item), pairs.weight.tolist(), pairs.sign.tolist()) == (1, [0.5], [-1.0])
    assert [one for one in pairs.others[0].tolist() if one >= 0] == [7, 8]


@pytest.fixture
def start(tmp_path, small, normal):
    mean, scale = (torch.from_numpy(row.astype(np.float32)) for row in normal)
    save_checkpoint(
        tmp_path / "start.pt",
        {
            "kind": BANK.kind, "hyperparameters": SMALL.as_dict(), "model": small.state_dict(), "mean": mean,
            "scale": scale, "schema": SEGMENT_SCHEMA, "rate": 48_000, "hop_samples": 128, "frame_samples": 1024,
            "segment_ms": 500.0,
        },
    )  # fmt: skip
    return tmp_path / "start.pt"


@pytest.mark.parametrize(("parts", "said"), [
    ({}, "Verdicts are followed"),
    ({"sound": False}, "only its verdicts teach"),
    ({"log": False}, "no verdicts are known"),
])  # fmt: skip
def test_a_session_teaches_whatever_of_it_is_there(tmp_path, bank, music, start, parts, said, capsys):
    session = write_session(tmp_path / "tonight", bank, music, **parts)
    options = {"session": [session], "from_": str(start), "out": tmp_path / "out", "steps": 3, "batch": 256}
    train(BANK, options | {"threads": 1})
    told = " ".join(capsys.readouterr().out.split())
    assert said in told
    assert "annot be told" in told  # too little to judge by
    made = load_checkpoint(tmp_path / "out" / "best.pt", BANK)
    assert made["data"][-1]["name"] == "session tonight"
    assert made["data"][-1]["verdicts"] == (0 if "log" in parts else 1)


def test_nothing_to_learn_is_one_sentence(tmp_path, bank, music, start):
    options = {"from_": str(start), "out": tmp_path / "out", "steps": 1}
    silent = write_session(tmp_path / "silent", bank, music, (), sound=False)
    with pytest.raises(LivehostError, match="nothing to learn"):
        train(BANK, options | {"session": [silent]})
    with pytest.raises(LivehostError, match="--from"):
        train(BANK, {"session": [silent], "out": tmp_path / "anew", "steps": 1})
    changed = write_session(tmp_path / "changed", bank, music)
    log = changed / "events.jsonl"
    log.write_text(log.read_text().replace(bank.hash, "0" * len(bank.hash)))
    (changed / "heard.wav").unlink()
    with pytest.raises(LivehostError, match="has changed since"):
        train(BANK, options | {"session": [changed]})


def test_verdicts_that_are_not_followed_cost_up_to_half():
    task = SessionTask(None, [], SMALL.as_dict(), {}, [])
    row = {"steps": 10.0, "mrr": 0.2, "top1": 0.1, "nearest": 0.1, "gain": 2.0}
    scores = [task.score({"own 0 ms": row, "verdicts": {"gain": share}}) for share in (0.0, 1.0)]
    assert scores == [pytest.approx(1.0), pytest.approx(2.0)]
    assert task.score({"own 0 ms": row}) == pytest.approx(2.0)
