"""The bank transformer's player: hears and plays into one context, scores the whole bank, and keeps the best armed.

A token goes in as soon as something is played, a heard segment has sounded for a while, or is over; its step yields a
query, and the bank's embeddings with the largest product are the candidates. Where the model is late, the nearest
chooser, which hears and remembers the same, chooses in its place (`livehost.players.fallback`).
"""

from pathlib import Path
from typing import Any

import numpy as np

from livehost.dsp.tables import SEGMENT_SCHEMA, SEGMENT_SIZE
from livehost.engine.player_abi import APPROVE, CHANGE, part_at
from livehost.errors import LivehostError
from livehost.inference.tokens import HEARD, PLAYED, TOKEN_IO, Tokeniser, bank_statistics, token_reset, token_step
from livehost.players import MODELS
from livehost.players.attention import AttentionMemory
from livehost.players.bank_transformer.context import (
    HISTORY,
    SOUND,
    fill_sound,
    load_context,
    place_for,
    ring_size,
    save_context,
    sound_address,
)
from livehost.players.bank_transformer.mirror import add_alike, mirror_share, mirrored
from livehost.players.bank_transformer.state import (
    BANK,
    DONE,
    IDLE,
    PENDING,
    TOO_LATE,
    forget_context,
    run_steps,
)
from livehost.players.chooser import ARMED, ASK_AGAIN, LATE, NO_PLAN, ItemChooser, chooser_io_at
from livehost.players.fallback import FallbackChooser
from livehost.players.item_player import ItemPlayer
from livehost.players.loudness import item_loudness
from livehost.players.memory.blend import add_proposed, blended, memory_share
from livehost.players.memory.session_memory import SessionMemory
from livehost.players.nearest.player import NearestChooser
from livehost.players.play_history import REMEMBERED, approve, forget_plays, last_played, penalty, remember
from livehost.players.sampling import MOST, sample_choices, weigh
from livehost.players.setup import PlayerSetup
from livehost.players.timing import Timing
from livehost.players.top_rows import best_rows, product
from livehost.rt.memory import zeros
from livehost.rt.native import STEP2, entry, f32, i64, kernel, record_at, u8


@kernel
def _state(address):
    return record_at(address, BANK)


@entry(STEP2)
def hear(state_address, io_address):
    """Take in a heard segment: `features`, `frames`, `provisional`. RT: worker."""
    state, io = _state(state_address), chooser_io_at(io_address)
    address = state.provisional if io.provisional != 0 else sound_address(state, place_for(state, True, io.frame))
    fill_sound(address, HEARD, -1, io.onset, io.frames, io.frame, f32(io.features, SEGMENT_SIZE))
    state.show = 1 if io.provisional != 0 else 0
    return 0


@kernel
def _queue_played(state, io):
    """Queue the token of an item that was sent out. RT: worker."""
    address = sound_address(state, place_for(state, False, io.frame))
    features = f32(state.features + 4 * SEGMENT_SIZE * io.played, SEGMENT_SIZE)
    frames = i64(state.frames, state.items)[io.played]
    fill_sound(address, PLAYED, io.played, max(io.start, io.frame), frames, io.frame, features)


@entry(STEP2)
def played(state_address, io_address):
    """Take in an item that was sent out: `played`, `start`. RT: worker."""
    state, io = _state(state_address), chooser_io_at(io_address)
    if not 0 <= io.played < state.items:
        return 0
    if io.layer == 0:  # what sounds together is one sound to the model
        _queue_played(state, io)
    remember(state, io.played)
    return 0


@kernel
def _choose(state, io):
    """Choose the items that the query asks for. RT: worker."""
    p = part_at(io.parameters)
    query, biased, preference = (
        f32(state.query, state.columns),
        f32(state.biased_query, state.columns),
        f32(state.preference, state.columns),
    )
    length = np.float32(0.0)
    for j in range(state.columns):
        length += query[j] * query[j]
    pull = np.float32(state.preference_strength * np.sqrt(np.float64(length)))
    for j in range(state.columns):
        biased[j] = query[j] + pull * preference[j]
    wanted = min(max(np.int64(p.top_k), 1), MOST)
    kept = min(wanted + REMEMBERED + 1, state.items)
    allowed = u8(state.allowed, state.items)
    count = best_rows(state.matrix, state.items, state.columns, biased, allowed, kept, state.distance, state.index)
    if count == 0:
        return
    own = count
    share = memory_share(state, io, p)
    count = add_proposed(state, share, p.follow, count)
    mirror = mirror_share(state, io, p)
    count = add_alike(state, mirror, count)
    for i in range(own, count):
        row = f32(state.matrix + state.index[i] * state.columns * 4, state.columns)
        state.distance[i] = -product(row, biased, state.columns)
    for i in range(count):
        cost = blended(state, share, state.index[i], np.float64(state.distance[i]))
        cost = mirrored(state, mirror, state.index[i], cost)
        state.cost[i] = cost + penalty(state, state.index[i], p.repeat)
    sample_choices(state, io, p.temperature, weigh(state, count, wanted, p.temperature, p.top_p))


@entry(STEP2)
def choose(state_address, io_address):
    """Choose what comes next: `index`, `probability`, `count`; `ARMED`, `ASK_AGAIN`, `LATE` or `NO_PLAN`.

    Items are drawn from the softmax over the `top_k` with the largest logits, less what `repeat` takes off. RT: worker
    """
    state, io = _state(state_address), chooser_io_at(io_address)
    code = run_steps(state, io)
    if code == DONE:
        io.count, io.fallback = 0, 0
        _choose(state, io)
        return ARMED
    if code == PENDING or (code == TOO_LATE and state.said_late != 0 and io.urgent == 0):
        return ASK_AGAIN
    if code == TOO_LATE:
        state.said_late = 1
        return LATE
    return NO_PLAN


@entry(STEP2)
def reset(state_address, io_address):  # noqa: ARG001
    """Forget what was heard, played and approved; what is denied stays so. RT: worker."""
    state = _state(state_address)
    forget_plays(state)
    state.random = state.seed
    state.show, state.forget_from = 0, state.written
    if state.waiting != IDLE:
        state.to_forget = 1  # a step under way is waited for
    else:
        forget_context(state)
    return 0


@entry(STEP2)
def steer(state_address, io_address):
    """Judge the item played last: draw towards it, or keep it from coming next; what bars it is the stand-in's.

    RT: worker
    """
    state, io = _state(state_address), chooser_io_at(io_address)
    last = last_played(state)
    if last < 0:
        return 0
    if io.verdict == APPROVE:
        place = f32(state.matrix + 4 * state.columns * last, state.columns)
        approve(state, f32(state.preference, state.columns), place, state.columns)
    elif io.verdict == CHANGE:
        state.excluded = last
    return 0


@entry(STEP2)
def allow(state_address, io_address):  # noqa: ARG001
    """Nothing: what may be chosen is kept with the stand-in, and shared. RT: worker."""
    return 0


_ENTRIES = {"hear": hear, "played": played, "choose": choose, "reset": reset, "steer": steer, "allow": allow}


class TransformerChooser(ItemChooser):
    """Chooses by a bank transformer on one bank. RT: never (its entries run in the worker).

    Parameters
    ----------
    bank : livehost.bank.Bank
    seed : int
        Same seed, same bank, same model, same calls: same choices.
    export : livehost.inference.Export
    rate : float
        Of the stage, Hz.
    allowed_bits : np.ndarray
        Uint8 [items], shared with the stand-in.

    Attributes
    ----------
    attention : AttentionMemory
        What the newest steps looked at.

    Raises
    ------
    LivehostError
        For a bank without items.
    """

    neutral_follow = 0.5

    def __init__(self, bank: Any, seed: int, export: Any, rate: float, allowed_bits: np.ndarray) -> None:
        super().__init__(BANK, _ENTRIES, allowed_bits, SEGMENT_SIZE, seed)
        manifest, features = export.manifest, np.ascontiguousarray(bank.features, np.float32)
        self.embeddings = zeros(len(features) * manifest.shape.embedding, np.float32).reshape(len(features), -1)
        self.embeddings[:] = export.embed(bank)
        self.stepper = stepper = export.stepper()
        mean, scale = (np.asarray(table, np.float32) for table in (manifest.mean, manifest.scale))
        self.tokeniser = Tokeniser(mean, scale, *bank_statistics(features, mean, scale))
        self.tokeniser.output(stepper.token)
        longest = round(manifest.segment_ms / 1000 * rate)
        self._features, self._frames = features, np.minimum(bank.items["frames"], longest).astype(np.int64)
        self._token_io, self._provisional = zeros(1, TOKEN_IO), zeros(1, SOUND)
        size = ring_size(stepper.shape.capacity)
        self._sounds, self._slots = zeros(size, SOUND), zeros(stepper.shape.capacity, np.int64)
        columns = stepper.shape.embedding
        self._vectors = zeros(3 * columns, np.float32).reshape(3, columns)
        given = stepper.table[0]
        rows, capacity = int(given["layers"]) * int(given["heads"]), int(given["capacity"])
        self.attention = AttentionMemory(rows, capacity + 1)
        s = self._state[0]
        s["rate"], s["columns"], s["mask"] = rate, columns, size - 1
        s["features"], s["frames"] = features.ctypes.data, self._frames.ctypes.data
        s["matrix"] = self.embeddings.ctypes.data
        s["stepper"], s["forget"] = given["state"], given["reset"]
        for name in ("begin", "poll", "token", "attention", "capacity", "layers", "heads"):
            s[name] = given[name]
        s["given_query"] = given["query"]
        s["tokeniser"], s["token_io"] = self.tokeniser.address, self._token_io.ctypes.data
        s["token_step"], s["token_reset"] = token_step.address, token_reset.address
        s["sounds"], s["provisional"] = self._sounds.ctypes.data, self._provisional.ctypes.data
        s["slot_sound"], s["attention_memory"] = self._slots.ctypes.data, self.attention.address
        s["query"], s["biased_query"], s["preference"] = (row.ctypes.data for row in self._vectors)
        self.reset()

    @property
    def arrays(self) -> list[np.ndarray]:
        """Memory that the worker touches, to be locked."""
        own = [self.embeddings, self._sounds, self._slots, self._provisional, self._vectors, self._features]
        return [*super().arrays, *own, *self.attention.arrays, *self.stepper.arrays()]

    @property
    def failures(self) -> int:
        """Steps that the back end could not make."""
        return int(self._state["failures"][0])

    def ask_memory(self, session: SessionMemory) -> None:
        """Give a share of its choices to the memory of the session, which the stand-in keeps; `player.memory`."""
        self._state["session"] = session.address

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
        if len(sounds) and sounds["features"].shape[1] != SEGMENT_SIZE:
            raise LivehostError(f"A context has {SEGMENT_SIZE} features a sound, not {sounds['features'].shape[1]}.")
        state = self._state[0]
        for sound in sounds:
            place = int(state["written"]) & (len(self._sounds) - 1)
            self._sounds[place] = sound
            if not 0 <= sound["index"] < state["items"]:
                self._sounds[place]["index"] = -1
            state["written"] += 1
            self.choose(follow=follow)

    def mirror_by(self, near: NearestChooser) -> None:
        """Have a chooser on the same bank, which hears the same, say what is like a sound that has just begun."""
        self._near = near
        self._state["near"] = near.table["state"][0]

    def close(self) -> None:
        """Free what the back end holds; nobody may ask this player any more."""
        self.stepper.close()


class BankPlayer(ItemPlayer):
    """A bank transformer on one bank, the nearest chooser standing in for it; see `Player`.

    Parameters
    ----------
    chooser : TransformerChooser
    stand_in : NearestChooser
        With the same `allowed_bits`.
    timing : Timing
    rate : float
        Of the stage, Hz.
    export : livehost.inference.Export
        What the model came from.
    model : str
        Where it came from.
    loudness : np.ndarray
        Float32 [items], of `players.loudness.item_loudness`.
    lengths : np.ndarray or None
        Int64 [items], frames.
    """

    name, names, context_kind = "bank", ("bank", "nearest"), "sounds"

    def __init__(
        self,
        chooser: TransformerChooser,
        stand_in: NearestChooser,
        timing: Timing,
        rate: float,
        export: Any,
        model: str,
        loudness: np.ndarray,
        lengths: np.ndarray | None = None,
    ) -> None:
        super().__init__(FallbackChooser(chooser, stand_in, self.name), timing, rate, loudness, lengths)
        self.transformer, self.attention, self.notes = chooser, chooser.attention, tuple(export.notes)
        self.stand_in = stand_in
        self.model, self.model_digest = model, export.manifest.sha256
        self.description = f"{export.manifest.name}, {export.backend}"

    def warm_up(self) -> None:
        """Make the first step as fast as the others."""
        self.transformer.warm_up()

    def context(self) -> np.ndarray:
        """Copy the newest sounds that the model was told of, `SOUND` [n], oldest first."""
        return self.transformer.context()

    def feed(self, context: np.ndarray) -> None:
        """Tell it an older context, `SOUND` [n]."""
        self.transformer.feed(context)
        self.stand_in.recall(context["features"], context["index"], context["source"] == PLAYED)

    def without_items(self, context: np.ndarray) -> np.ndarray:
        """Give a context whose items have no number in the other bank."""
        context["index"] = -1
        return context

    def save_context(self, path: Path, context: np.ndarray, rate: float) -> None:
        """Write a context to a file."""
        save_context(path, context, rate, SEGMENT_SCHEMA)

    def load_context(self, path: Path, rate: float, frame: int) -> np.ndarray:
        """Read a context, the last sound of which is just over at a frame: it is of another session's clock."""
        sounds = load_context(path, rate, SEGMENT_SCHEMA)
        if len(sounds):
            sounds["onset"] += frame - int(sounds["onset"][-1] + sounds["frames"][-1])
        return sounds

    def close(self) -> None:
        """Free what the model's back end holds."""
        self.transformer.close()


def make(setup: PlayerSetup) -> BankPlayer:
    """Open the model of a part and make its player."""
    from livehost.inference.kinds.bank_transformer import NAME as KIND

    model = setup.model or MODELS[BankPlayer.name]
    export = setup.open_model(model, KIND)
    stand_in = NearestChooser(setup.bank, setup.seed, cuts=setup.bank.cuts)
    chooser = TransformerChooser(setup.bank, setup.seed, export, setup.rate, stand_in.allowed_bits)
    chooser.ask_memory(stand_in.remember_session())
    chooser.mirror_by(stand_in)
    loudness, lengths = item_loudness(setup.bank), setup.bank.items["frames"]
    return BankPlayer(chooser, stand_in, setup.timing, setup.rate, export, model, loudness, lengths)
