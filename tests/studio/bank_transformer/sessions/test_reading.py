"""What a session folder tells, whole or in part."""

import numpy as np
import pytest

from livehost.errors import LivehostError
from livehost.inference.tokens import HEARD, PLAYED, Tokeniser, bank_statistics
from livehost.studio.bank_transformer.sessions.contexts import contexts_of, heard_of_log, heard_of_stream
from livehost.studio.bank_transformer.sessions.folder import read_session_files
from livehost.studio.bank_transformer.sessions.recording import SIDES, heard_stream, stretches
from livehost.studio.bank_transformer.sessions.verdicts import answers_of, verdicts_of
from tests.studio.bank_transformer.sessions.conftest import DELAY, RATE, write_session
from tests.studio.bank_transformer.sessions.conftest import PLAYED as ITEMS
from tests.studio.conftest import stream

MEAN, SCALE = np.zeros(120, np.float32), np.ones(120, np.float32)


def test_what_is_missing_is_said_in_one_sentence(tmp_path, bank, music):
    whole = read_session_files(write_session(tmp_path / "whole", bank, music))
    assert whole.notes == []
    silent = read_session_files(write_session(tmp_path / "silent", bank, music, sound=False))
    assert (silent.sound, len(silent.notes)) == (None, 1)
    assert "no recording" in silent.notes[0]
    mute = read_session_files(write_session(tmp_path / "mute", bank, music, log=False, plans=False))
    assert (mute.events, len(mute.notes)) == ([], 1)
    assert "no event log" in mute.notes[0]
    np.testing.assert_array_equal(mute.sound, whole.sound)
    (tmp_path / "nothing").mkdir()
    for folder, words in (("nothing", "neither an event log"), ("nowhere", "no session folder")):
        with pytest.raises(LivehostError, match=words):
            read_session_files(tmp_path / folder)


def test_a_verdict_is_about_the_answer_before_it(tmp_path, bank, music):
    said = [(2, "approve"), (5, "reject"), (9, "change")]
    files = read_session_files(write_session(tmp_path / "one", bank, music, said))
    answers = answers_of(files, files.reigns[0])
    assert [answer.index for answer in answers] == ITEMS
    found = verdicts_of(files, files.reigns[0], answers)
    assert [(v.answer, v.word) for v in found] == said
    assert {v.others for v in found} == {(7, 8)}
    without = read_session_files(write_session(tmp_path / "two", bank, music, said, plans=False))
    assert {v.others for v in verdicts_of(without, without.reigns[0], answers)} == {()}


def test_only_what_the_stage_heard_is_cut(tmp_path, bank, music):
    files = read_session_files(write_session(tmp_path / "one", bank, music))
    found = heard_stream(files)
    assert len(found) == len(music.frames)
    assert np.abs(found.onset - music.frames).max() < 0.004 * RATE
    # the stage took every other one for its own sound
    files.events = [e for e in files.events if e["kind"] != "segment" or e["onset_frame"] in music.frames[::2]]
    assert np.abs(heard_stream(files).onset - music.frames[::2]).max() < 0.004 * RATE


def test_contexts_are_those_of_the_stage(tmp_path, bank, music):
    """Each question is a peek of the sounding stroke; before it stand all strokes that are over, and their answers."""
    files = read_session_files(write_session(tmp_path / "one", bank, music))
    heard = heard_of_stream(heard_stream(files))
    contexts = contexts_of(heard, answers_of(files, files.reigns[0]), bank, RATE, MEAN, SCALE, 0.5)
    assert contexts.answer[0].tolist() == list(range(len(ITEMS)))
    assert contexts.before[0].tolist() == [2 * k for k in range(len(ITEMS))]
    assert contexts.asked[0].tolist() == [contexts.tokens.shape[1] + k for k in range(len(ITEMS))]
    tokeniser = Tokeniser(MEAN, SCALE, *bank_statistics(bank.features, MEAN, SCALE))
    gap = DELAY / RATE
    first = contexts.tokens[0, 0]  # the answer is sent before its stroke is over
    seconds = min(bank.items["frames"][0] / RATE, 0.5)
    late = float(music.frames[0] + DELAY) / RATE - heard.onset[0]
    assert abs(late - gap) < 0.004
    np.testing.assert_allclose(
        first, tokeniser.step(bank.features[0], PLAYED, seconds, -1.0, -1.0, follow=0.5), atol=1e-5
    )
    second = tokeniser.step(heard.features[0], HEARD, heard.seconds[0], -1.0, 0.0, follow=0.5)
    np.testing.assert_allclose(contexts.tokens[0, 1], second, atol=1e-4)


def test_without_a_recording_tokens_hold_what_the_log_says(tmp_path, bank, music):
    files = read_session_files(write_session(tmp_path / "one", bank, music, sound=False))
    heard = heard_of_log(files, np.full(120, 3.0, np.float32))
    assert len(heard.onset) == len(music.frames)
    assert heard.features[0, 0] == pytest.approx(np.log10(0.25))
    assert heard.features[0, 4] == pytest.approx(-20.0)  # level
    assert (heard.features[:, 40:60] == 3.0).all()  # nobody knows
    contexts = contexts_of(heard, answers_of(files, files.reigns[0]), bank, RATE, MEAN, SCALE, 0.5)
    assert (contexts.answer[0] >= 0).all()


@pytest.mark.parametrize(("count", "sides"), [
    (20, ["train"]), (50, ["train", "valid", "test"]), (100, ["train", "valid", "train", "test"]),
])  # fmt: skip
def test_stretches_teach_and_judge_in_turn(count, sides):
    found = stretches("tonight", stream(np.zeros((count, 120))))
    assert [part.split for part in found] == sides
    assert sum(len(part) for part in found) == count
    assert len({part.name for part in found}) == len(found)
    assert (np.diff(np.concatenate([part.renderings[0].onset for part in found])) > 0).all()
    if len(sides) == 4:
        assert len(found[0]) == 2 * len(found[1])  # neighbours on one side are one
    assert SIDES.count("train") == 3
