"""Names are the field's: who searches for one of its words finds it, and no word of a private vocabulary is a name."""

import ast
import re

import pytest

from tests.foundations.modules import sources

#: What somebody who knows audio programming or machine learning searches for, and where it is to be found.
WORDS = {
    "hot swap": "livehost.stage.hot_swap.HotSwap",
    "event bus": "livehost.stage.event_bus.EventBus",
    "session": "livehost.stage.session.run_session",
    "session log": "livehost.session_log.SessionLog",
    "subscriptions": "livehost.bridge.subscriptions.Subscriptions",
    "atomic write": "livehost.atomic_file.atomic_write",
    "audio ring": "livehost.rt.audio_ring.AudioRing",
    "recorder": "livehost.stage.recorder.Recorder",
    "monitor": "livehost.stage.monitor.Monitor",
    "stats": "livehost.stage.stats.SessionStats",
    "scene": "livehost.bridge.scenes.Scene",
    "insert": "livehost.engine.inserts.Insert",
    "play history": "livehost.players.play_history",
    "kv cache": "livehost.inference.kv_cache.KVCache",
    "ema": "livehost.studio.training.ema.Ema",
    "split": "livehost.studio.bank_transformer.split",
    "normalisation": "livehost.studio.bank_transformer.normalisation",
    "checkpoint": "livehost.studio.training.checkpoint.load_checkpoint",
    "nan guard": "livehost.studio.training.nan_guard",
    "commands": "livehost.engine.worker.commands.handle_commands",
    "dispatch": "livehost.engine.worker.dispatch",
}
#: Words of the tree's first year that nobody would search for.
PRIVATE = {
    "evening", "hub", "outlets", "measured", "cast", "obey", "tape", "tapefile", "apart",
    "each_turn", "hand_out", "player_handle", "tape_file", "worker_obey", "worker_plan", "export_folder",
}  # fmt: skip


@pytest.fixture(scope="module")
def names():
    """Dotted names of all modules, classes and functions at their top level."""
    found = set()
    for module, tree in sources().items():
        found.add(module)
        for node in tree.body:
            if isinstance(node, (ast.ClassDef, ast.FunctionDef)):
                found.add(f"{module}.{node.name}")
    return found


@pytest.mark.parametrize("word", WORDS)
def test_the_fields_word_is_found(names, word):
    assert WORDS[word] in names
    plain = re.sub(r"[_.]", "", WORDS[word]).lower()
    assert word.replace(" ", "") in plain


def test_no_private_word_is_a_name(names):
    snake = {name: re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name.rsplit(".", 1)[-1]).lower().strip("_") for name in names}
    assert not sorted(name for name, last in snake.items() if last in PRIVATE)
