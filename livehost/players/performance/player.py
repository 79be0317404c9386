"""The performance RNN's player: plays notes of its own, with the musician, by itself, or in reply.

Each event of the stream is a step of the model. Its own line is thought of `lookahead_ms` ahead, and put out a few
milliseconds before it sounds; what is heard until then changes it.
"""

from pathlib import Path
from typing import Any

import numpy as np

from livehost.engine.player_abi import ALLOW, BEGIN, RESET, STOP, io_at, part_at
from livehost.players import MODELS
from livehost.players.attention import AttentionMemory
from livehost.players.base import Player
from livehost.players.modes import CALL, EVER, alone_bars, reason_of
from livehost.players.performance.along import follow_struck
from livehost.players.performance.context import HISTORY, PerformanceContext, load_context, save_context
from livehost.players.performance.keep import copy_context, feed_context
from livehost.players.performance.listen import hear_note, hear_segment, hear_sound
from livehost.players.performance.out import end_soon, give_way, put_out_due, reaction
from livehost.players.performance.place import USUAL_GAP, has_line, keep_time, line_may_run
from livehost.players.performance.reply import begin_reply, no_reply, open_reply
from livehost.players.performance.state import PERFORMANCE, PITCHES, state_at, step_at
from livehost.players.performance.think import REST, STOPPED, follow_clock, think
from livehost.players.rng import seeded
from livehost.players.setup import PlayerSetup
from livehost.players.tell import tell_phrase
from livehost.rt.memory import zeros
from livehost.rt.native import STEP2, entry, kernel, u8

NAME = "performance"


@kernel
def _wants(s, io, p):
    """Tell whether it is to play now. RT: worker."""
    if io.may_play == 0 or p.player_failsafe != 0.0:
        return 0
    if p.mode != CALL:
        no_reply(s)
    if has_line(p.mode):
        return 1 if alone_bars(p.mode) >= EVER or line_may_run(s, io, p) else 0
    gap = np.int64(p.phrase_gap_ms * s.rate * 0.001)
    hears = s.heard_frame >= 0 and (s.heard_sounding > 0 or io.frame - s.heard_frame < gap)
    if p.mode != CALL:
        return 1 if hears else 0
    if hears:
        no_reply(s)
        s.opens = 0
        return 0
    if s.opens != 0:
        s.opens = 0
        open_reply(s, io)
    if s.phrase_frame >= 0:
        begin_reply(s, io, gap)
    return 1 if io.frame < s.reply_until else 0


@kernel
def _end_phrase(s, io):
    """Tell that the musician's phrase is over. RT: worker."""
    tell_phrase(io, s.phrase_frame, s.phrase_sounds)
    s.phrase_frame = -1


@entry(STEP2)
def step(state_address, io_address):
    """Begin or end to play, and put out what is due. RT: worker."""
    s, io = state_at(state_address), io_at(io_address)
    p = part_at(io.parameters)
    follow_clock(s, io)
    if io.onset != 0:
        hear_sound(s, io.frame, io.onset_frame)
    keep_time(s, io, p)
    wants = _wants(s, io, p)
    gap = np.int64(p.phrase_gap_ms * s.rate * 0.001)
    if s.phrase_frame >= 0 and s.heard_sounding == 0 and io.frame - s.heard_frame >= gap:
        _end_phrase(s, io)
    s.reason = reason_of(p.mode)
    if s.forget != 0:
        wants = 0
    if wants != 0 and s.active == 0:
        ahead = np.int64(p.lookahead_ms * s.rate * 0.001) if has_line(p.mode) else reaction(s, io)
        first = max(io.frame + ahead, s.reply_from) if p.mode == CALL else io.frame + ahead
        s.earliest = max(s.earliest, step_at(s, first))
    elif wants == 0 and s.active != 0:
        s.cut = REST if io.may_play != 0 else STOPPED
    if io.may_play == 0 and (s.active != 0 or s.put_out != s.planned):
        end_soon(s)
    s.active = wants
    give_way(s, io, p)
    follow_struck(s, io)
    put_out_due(s, io, p)
    if s.active != 0 or s.queued > 0 or s.cut != 0 or s.forget != 0 or s.inbox > 0 or s.waiting != 0:
        io.think = 1
    return 0


@kernel
def _allow(s, item, allowed):
    """Let an item (−1: all) be chosen, or not; what sounds a pitch is looked for anew. RT: worker."""
    bits = u8(s.allowed, s.item_count)
    if item == -1:
        for i in range(s.item_count):
            bits[i] = np.uint8(allowed)
    elif 0 <= item < s.item_count:
        bits[item] = np.uint8(allowed)
    for pitch in range(PITCHES):
        s.item[pitch] = -1


@entry(STEP2)
def command(state_address, io_address):
    """Carry out a verb. RT: worker."""
    s, io = state_at(state_address), io_at(io_address)
    if io.verb == STOP:
        end_soon(s)
        s.cut, s.active = STOPPED, 0
    elif io.verb == RESET:
        end_soon(s)
        s.forget, s.active = 1, 0
    elif io.verb == ALLOW:
        _allow(s, io.item, io.allowed)
    elif io.verb == BEGIN:
        s.opens = 1
    io.think = 1
    return 0


class PerformancePlayer(Player):
    """A performance RNN; see `Player`.

    Parameters
    ----------
    export : livehost.inference.performance_export.PerformanceExport
    bank : livehost.bank.Bank
        Sounds its notes; may have no items.
    rate : float
        Of the stage, Hz.
    seed : int
        Same seed, same model, same notes heard: same notes played.
    model : str
        Where the model came from.
    """

    name, names, context_kind = NAME, (NAME,), "notes"

    def __init__(self, export: Any, bank: Any, rate: float, seed: int, model: str) -> None:
        super().__init__()
        self.stepper = export.stepper()
        self.model, self.model_digest = model, export.manifest.sha256
        self.notes = tuple(export.notes)
        self.description = f"{export.manifest.name}, {export.backend}"
        self._items, self._allowed = bank.items, np.ones(max(len(bank.items), 1), np.uint8)
        self._state = zeros(1, PERFORMANCE)
        s, memory, shape = self._state[0], self.stepper.memory, self.stepper.shape
        s["rate"], s["seed"], s["model_temperature"] = rate, seeded(seed), export.manifest.temperature
        s["stepper"], s["reset"], s["back"] = memory.address, memory.reset, self.stepper.back_address
        s["begin"], s["poll"] = self.stepper.begin, self.stepper.poll
        for name in ("event", "source", "condition"):
            s[f"{name}_in"] = memory.inputs[name].ctypes.data
        s["logits"], s["steps_kept"] = memory.outputs["logits"].ctypes.data, memory.count.ctypes.data
        if shape.attentive:
            self.attention = AttentionMemory(1, shape.window + 1)
            s["attention"] = memory.outputs["attention"].ctypes.data
            s["attention_memory"], s["window"] = self.attention.address, shape.window
        s["items"], s["item_count"] = self._items.ctypes.data, len(bank.items)
        s["allowed"] = self._allowed.ctypes.data
        for name in ("since", "item"):
            s[name] = -1
        for name in ("velocity", "heard_velocity", "heard_frame", "phrase_frame", "segment_onset"):
            s[name] = -1
        for name in ("reply_until", "reply_last", "reply_newest"):
            s[name] = -1
        for name in ("segment_pitch", "stroke", "held", "place_step", "came_back", "yield_at", "gap_from"):
            s[name] = -1
        s["share"], s["room_beat"], s["usual_gap"] = 1.0, -1.0, USUAL_GAP
        self.table["state"] = self._state.ctypes.data
        for name, function in {
            "step": step, "think": think, "hear_segment": hear_segment, "hear_note": hear_note, "command": command
        }.items():  # fmt: skip
            self.table[name] = function.address

    @property
    def arrays(self) -> list[np.ndarray]:
        """Memory that the worker touches, to be locked."""
        attention = self.attention.arrays if self.attention is not None else []
        return [self.table, self._state, self._allowed, self._items, *attention, *self.stepper.arrays()]

    def __getitem__(self, name: str) -> int:
        """Give a counter of its state, such as "late" or "generated"."""
        return int(self._state[0][name])

    def context(self) -> PerformanceContext:
        """Copy its newest events and the model's state; may be asked while it plays."""
        return copy_context(self._state[0], self.stepper, self.model_digest)

    @property
    def context_length(self) -> int:
        """Events of its context."""
        return min(int(self._state[0]["told"]), HISTORY)

    def feed(self, context: PerformanceContext) -> None:
        """Tell it a context, before it plays: the state of its own model is taken as it is, else the events are told.

        Raises
        ------
        LivehostError
            Where the model fails on the events.
        """
        feed_context(self._state[0], self.stepper, self.model_digest, context)

    def save_context(self, path: Path, context: PerformanceContext, rate: float) -> None:  # noqa: ARG002
        """Write a context to a file; its time is that of its events, at any rate."""
        save_context(path, context)

    def load_context(self, path: Path, rate: float, frame: int) -> PerformanceContext:  # noqa: ARG002
        """Read a context."""
        return load_context(path)

    def warm_up(self) -> None:
        """Make the first step as fast as the others."""
        self.stepper.warm_up()

    def allow(self, index: int, allowed: bool) -> None:
        """Let an item (-1: all) be chosen, or not, before it plays."""
        if index == -1:
            self._allowed[:] = allowed
        elif 0 <= index < len(self._items):
            self._allowed[index] = allowed

    def close(self) -> None:
        """Free what the model's back end holds."""
        self.stepper.close()


def make(setup: PlayerSetup) -> PerformancePlayer:
    """Open the model of a part and make its player."""
    from livehost.inference.kinds.performance_rnn import NAME as KIND

    model = setup.model or MODELS[NAME]
    export = setup.open_model(model, KIND)
    return PerformancePlayer(export, setup.bank, setup.rate, setup.seed, model)
