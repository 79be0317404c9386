"""Attention of the performance RNN: what each position was, beside its row; see `livehost.players.attention`."""

import numpy as np

from livehost.players.attention import ATTENTION, close_step, open_step
from livehost.players.performance.state import HEARD, SEEN
from livehost.rt.native import f32, i32, i64, kernel, record_at


@kernel
def tell_attention(s, io):
    """Keep the row of the step just made, oldest position first, and tell of it. RT: worker."""
    memory = record_at(s.attention_memory, ATTENTION)
    slot = open_step(memory)
    steps = i64(s.steps_kept, 1)[0]
    count = min(steps - 1, s.window) + 1
    given = f32(s.attention, s.window + 1)
    row = f32(memory.rows + 4 * slot * memory.longest, count)
    source = i32(memory.source + 4 * slot * memory.longest, count)
    index = i32(memory.index + 4 * slot * memory.longest, count)
    frames = i64(memory.frames + 8 * slot * memory.longest, count)
    mean = f32(memory.mean, count)
    for i in range(count):
        back = count - 1 - i  # steps before the present one
        at = s.window if back == 0 else (steps - 1 - back) % s.window
        row[i] = mean[i] = given[at]
        seen = (s.told - 1 - back) % SEEN
        known = back < s.told
        source[i] = np.int32(0 if known and s.seen_source[seen] == HEARD else 1)
        index[i], frames[i] = np.int32(-1), s.seen_frame[seen] if known else 0
    close_step(memory, io, slot, 1, 1, count)
