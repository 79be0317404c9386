"""The bank transformer's player: hears and plays into one context, scores the whole bank, and keeps the best armed.

A token goes in as soon as something is played, a heard segment has sounded for a while, or is over; its step yields a
query, and the bank's embeddings with the largest product are the candidates. Where the model is late, the nearest
player, which hears and remembers the same, answers in its place (`fallback`).
"""

from typing import Any

import numpy as np
from numba import carray

from livehost.engine.player_abi import ARMED, ASK_AGAIN, PLAYER, STAND_IN, io_at
from livehost.errors import LivehostError
from livehost.inference.tokens import (
    FEATURES,
    HEARD,
    PLAYED,
    TOKEN_IO,
    Tokeniser,
    bank_statistics,
    token_reset,
    token_step,
)
from livehost.players.bank_transformer.attention import AttentionMemory
from livehost.players.bank_transformer.context import HISTORY, SOUND, fill_sound, place_for, ring_size, sound_address
from livehost.players.bank_transformer.state import BANK, DONE, FAILED, IDLE, LATE, PENDING, forget_context, think
from livehost.players.base import PlayerHandle
from livehost.players.nearest.player import NearestPlayer
from livehost.players.play_history import MEMORY, approve, forget_plays, last_played, penalty, remember
from livehost.players.sampling import MOST, hand_out, weigh
from livehost.players.scoring import best_rows
from livehost.rt.memory import zeros
from livehost.rt.native import STEP2, call2, entry, f32, i64, kernel, pointer, u8


@kernel
def _state(address):
    return carray(pointer(address), (1,), BANK)[0]


@kernel
def _nearest(state):
    return carray(pointer(state.nearest), (1,), PLAYER)[0]


@entry(STEP2)
def hear(state_address, io_address):
    """Take in a heard segment: `features`, `frames`, `provisional`. RT: worker."""
    state, io = _state(state_address), io_at(io_address)
    nearest = _nearest(state)
    call2(nearest.hear, nearest.state, io_address)
    address = state.shown if io.provisional != 0 else sound_address(state, place_for(state, True, io.frame))
    fill_sound(address, HEARD, -1, io.frame - io.frames, io.frames, io.frame, f32(io.features, FEATURES))
    state.showing = 1 if io.provisional != 0 else 0
    return 0


@kernel
def _tell_played(state, io):
    """Queue the token of an item that was sent out. RT: worker."""
    address = sound_address(state, place_for(state, False, io.frame))
    features = f32(state.features + 4 * FEATURES * io.played, FEATURES)
    frames = i64(state.frames, state.items)[io.played]
    fill_sound(address, PLAYED, io.played, max(io.start, io.frame), frames, io.frame, features)


@entry(STEP2)
def played(state_address, io_address):
    """Take in an item that was sent out: `played`, `start`. RT: worker."""
    state, io = _state(state_address), io_at(io_address)
    nearest = _nearest(state)
    call2(nearest.played, nearest.state, io_address)
    if not 0 <= io.played < state.items:
        return 0
    if io.layer == 0:  # what sounds together is one sound to the model
        _tell_played(state, io)
    remember(state, io.played)
    return 0


@kernel
def _choose(state, io):
    """Arm the items that the query asks for. RT: worker."""
    query, wish, taste = (
        f32(state.query, state.columns),
        f32(state.wish, state.columns),
        f32(state.taste, state.columns),
    )
    length = np.float32(0.0)
    for j in range(state.columns):
        length += query[j] * query[j]
    pull = np.float32(state.taste_strength * np.sqrt(np.float64(length)))
    for j in range(state.columns):
        wish[j] = query[j] + pull * taste[j]
    wanted = min(max(io.top_k, 1), MOST)
    kept = min(wanted + MEMORY + 1, state.items)
    allowed = u8(state.allowed, state.items)
    count = best_rows(state.matrix, state.items, state.columns, wish, allowed, kept, state.distance, state.index)
    if count == 0:
        return
    for i in range(count):
        state.cost[i] = np.float64(state.distance[i]) + penalty(state, state.index[i], io.repeat)
    hand_out(state, io, weigh(state, count, wanted, io.temperature, io.top_p))


@entry(STEP2)
def arm(state_address, io_address):
    """Choose what comes next: `index`, `probability`, `count`, `fallback`; `ARMED`, `ASK_AGAIN` or `STAND_IN`.

    Items are drawn from the softmax over the `top_k` with the largest logits, less what `repeat` takes off. RT: worker
    """
    state, io = _state(state_address), io_at(io_address)
    nearest = _nearest(state)
    if io.plain != 0:
        call2(nearest.arm, nearest.state, io_address)
        return ARMED
    code = think(state, io)
    if code == PENDING or (code == LATE and state.stood_in != 0 and io.urgent == 0):
        return ASK_AGAIN
    if code == DONE:
        io.count, io.fallback = 0, 0
        _choose(state, io)
        return ARMED
    call2(nearest.arm, nearest.state, io_address)
    io.fallback = 1
    if code == FAILED:
        return ARMED
    state.stood_in = 1
    return STAND_IN


@entry(STEP2)
def reset(state_address, io_address):
    """Forget what was heard, played and approved; what is denied stays so. RT: worker."""
    state = _state(state_address)
    nearest = _nearest(state)
    call2(nearest.reset, nearest.state, io_address)
    forget_plays(state)
    state.random = state.seed
    state.showing, state.forget_from = 0, state.written
    if state.waiting != IDLE:
        state.to_forget = 1  # a step under way is waited for
    else:
        forget_context(state)
    return 0


@entry(STEP2)
def steer(state_address, io_address):
    """Judge the item played last: `verdict` 0 draws towards it, 1 bars it for good, 2 keeps it from coming next.

    RT: worker
    """
    state, io = _state(state_address), io_at(io_address)
    nearest = _nearest(state)
    call2(nearest.steer, nearest.state, io_address)  # what is barred is barred for both
    last = last_played(state)
    if last < 0:
        return 0
    if io.verdict == 0:
        place = f32(state.matrix + 4 * state.columns * last, state.columns)
        approve(state, f32(state.taste, state.columns), place, state.columns)
    elif io.verdict == 2:
        state.excluded = last
    return 0


@entry(STEP2)
def allow(state_address, io_address):
    """Let `item` (-1: all) be chosen, or not: `allowed`. RT: worker."""
    nearest = _nearest(_state(state_address))
    return call2(nearest.allow, nearest.state, io_address)


_ENTRIES = {"hear": hear, "played": played, "arm": arm, "reset": reset, "steer": steer, "allow": allow}


class BankPlayer(PlayerHandle):
    """A bank transformer on one bank. RT: never (its entries run in the worker).

    Parameters
    ----------
    bank : livehost.bank.Bank
    seed : int
        Same seed, same bank, same model, same calls: same choices.
    export : livehost.inference.Export
    rate : float
        Of the stage, Hz.

    Attributes
    ----------
    attention : AttentionMemory
        What the newest steps looked at.
    backend : str
        What really runs the model.

    Raises
    ------
    LivehostError
        For a bank without items.
    """

    name, neutral_follow = "bank", 0.5

    def __init__(self, bank: Any, seed: int, export: Any, rate: float) -> None:
        self.nearest = NearestPlayer(bank, seed)
        super().__init__(BANK, _ENTRIES, self.nearest.allowed_bits, FEATURES, seed)
        self.export, self.backend, self.notes = export, export.backend, tuple(export.notes)
        manifest, features = export.manifest, np.ascontiguousarray(bank.features, np.float32)
        self.embeddings = zeros(len(features) * manifest.shape.embedding, np.float32).reshape(len(features), -1)
        self.embeddings[:] = export.embed(bank)
        self.stepper = stepper = export.stepper()
        mean, scale = (np.asarray(table, np.float32) for table in (manifest.mean, manifest.scale))
        self.tokeniser = Tokeniser(mean, scale, *bank_statistics(features, mean, scale))
        self.tokeniser.output(stepper.token)
        longest = round(manifest.segment_ms / 1000 * rate)
        self._features, self._frames = features, np.minimum(bank.items["frames"], longest).astype(np.int64)
        self._token_io, self._shown = zeros(1, TOKEN_IO), zeros(1, SOUND)
        size = ring_size(stepper.shape.capacity)
        self._sounds, self._slots = zeros(size, SOUND), zeros(stepper.shape.capacity, np.int64)
        columns = stepper.shape.embedding
        self._vectors = zeros(3 * columns, np.float32).reshape(3, columns)
        given = stepper.table[0]
        rows, capacity = int(given["layers"]) * int(given["heads"]), int(given["capacity"])
        self.attention = AttentionMemory(rows, capacity + 1)
        s = self._state[0]
        s["rate"], s["columns"], s["mask"], s["last_onset"] = rate, columns, size - 1, -1
        s["features"], s["frames"] = features.ctypes.data, self._frames.ctypes.data
        s["matrix"], s["nearest"] = self.embeddings.ctypes.data, self.nearest.table.ctypes.data
        s["stepper"], s["forget"] = given["state"], given["reset"]
        for name in ("begin", "poll", "token", "attention", "bias", "capacity", "layers", "heads"):
            s[name] = given[name]
        s["given_query"] = given["query"]
        s["tokeniser"], s["token_io"] = self.tokeniser.address, self._token_io.ctypes.data
        s["token_step"], s["token_reset"] = token_step.address, token_reset.address
        s["sounds"], s["shown"] = self._sounds.ctypes.data, self._shown.ctypes.data
        s["slot_sound"], s["attention_memory"] = self._slots.ctypes.data, self.attention.address
        s["query"], s["wish"], s["taste"] = (row.ctypes.data for row in self._vectors)
        self.reset()

    @property
    def arrays(self) -> list[np.ndarray]:
        """Memory that the worker touches, to be locked."""
        own = [self._state, self.embeddings, self._sounds, self._slots, self._shown, self._vectors, self._features]
        return own + self.attention.arrays + self.stepper.arrays()

    @property
    def failures(self) -> int:
        """Steps that the back end could not make."""
        return int(self._state["failures"][0])

    def warm_up(self, steps: int = 5) -> None:
        """Step on nothing, so that the first real step is as fast as the others; the context must be empty."""
        self.stepper.warm_up(steps)

    def context(self) -> np.ndarray:
        """Copy the newest sounds that the model was told of, `SOUND` [n], oldest first. May be asked while it plays."""
        while True:
            done = int(self._state["done"][0])
            first = done - min(HISTORY, int(self._state["position"][0]))
            sounds = self._sounds[np.arange(first, done) & (len(self._sounds) - 1)].copy()
            if abs(int(self._state["done"][0]) - done) < len(self._sounds) - HISTORY - 16:
                return sounds

    def feed(self, sounds: np.ndarray, *, follow: float = 0.5) -> None:
        """Tell an older context, before this player plays.

        Parameters
        ----------
        sounds : SOUND [n]
            As `context` gives them. Items are those of their own bank: `index` is dropped where it is no item here.
        follow : float
            As on stage.
        """
        if len(sounds) and sounds["features"].shape[1] != FEATURES:
            raise LivehostError(f"A context has {FEATURES} features a sound, not {sounds['features'].shape[1]}.")
        state = self._state[0]
        for sound in sounds:
            place = int(state["written"]) & (len(self._sounds) - 1)
            self._sounds[place] = sound
            if not 0 <= sound["index"] < state["items"]:
                self._sounds[place]["index"] = -1
            state["written"] += 1
            self.choose(follow=follow)

    def close(self) -> None:
        """Free what the back end holds; nobody may ask this player any more."""
        self.stepper.close()
