"""Attention of the bank transformer: what each position was, beside its rows; see `livehost.players.attention`."""

import numpy as np

from livehost.players.attention import ATTENTION, close_step, open_step
from livehost.players.bank_transformer.context import sound_address, sound_at
from livehost.rt.native import f32, i32, i64, kernel, record_at


@kernel
def tell_attention(state, io, own):
    """Keep the rows of the step just made, oldest position first, and tell of them.

    `own` is the address of the sound that was stepped: the last position. RT: worker
    """
    memory = record_at(state.attention_memory, ATTENTION)
    slot = open_step(memory)
    cached = min(state.position, state.capacity)
    count = cached + 1
    first = state.position - cached
    rows = state.layers * state.heads
    given = f32(state.attention, rows * (state.capacity + 1))
    kept = f32(memory.rows + 4 * slot * rows * memory.longest, rows * count)
    source = i32(memory.source + 4 * slot * memory.longest, count)
    index = i32(memory.index + 4 * slot * memory.longest, count)
    frames = i64(memory.frames + 8 * slot * memory.longest, count)
    mean, numbers = f32(memory.mean, count), i64(state.slot_sound, state.capacity)
    for i in range(count):
        address, at = own, state.capacity
        if i < cached:
            at = (first + i) % state.capacity
            address = sound_address(state, numbers[at])
        total = np.float32(0.0)
        for row in range(rows):
            weight = given[row * (state.capacity + 1) + at]
            kept[row * count + i] = weight
            total += weight
        mean[i] = total / np.float32(rows)
        sound = sound_at(address)
        source[i], index[i], frames[i] = np.int32(sound.source), np.int32(sound.index), sound.onset
    close_step(memory, io, slot, state.layers, state.heads, count)
