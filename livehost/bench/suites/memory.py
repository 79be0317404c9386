"""Resident memory after a start, and how it grows with hours of sound (as fast as it goes)."""

import json
import subprocess
import sys
from collections.abc import Iterator

import numpy as np

from livehost.bench.material import RATE, demo_bank, write_take
from livehost.bench.suite import CannotRun, Context, Figure
from livehost.synthesis.performer import perform

_CODE = """
import json, sys
import numpy as np, psutil
from livehost.bench.material import RATE, make_settings
from livehost.stage.stage import Stage
from pathlib import Path
bank, take, hours = sys.argv[1], sys.argv[2], float(sys.argv[3])
frames = int(hours * 3600 * RATE)
stage = Stage(make_settings(Path(bank), audio__input=take, run__seconds=hours * 3600), lambda _: None)
stage.start()
process, state, length = psutil.Process(), stage.engine.state[0], int(stage.engine["source_frames"])
first, rows = int(stage.engine["source"]), [(0.0, process.memory_info().rss)]
finished = False
while not finished:
    finished = stage.finished()
    now = int(stage.engine["frame"])
    if now >= int(state["source_frames"]):  # the take begins again
        state["source"], state["source_frames"] = first - 4 * now, now + length
    if now / RATE >= rows[-1][0] + hours * 36:
        rows.append((now / RATE, process.memory_info().rss))
voices = stage.monitor.stats.counts["sample"]
stage.close()
print(json.dumps({"rows": rows, "voices": voices}))
"""


def run(context: Context) -> Iterator[Figure]:
    """Play virtual hours; the growth is that of the second half."""
    hours = 0.012 if context.quick else 1.0
    take = write_take(context.scratch / "take.wav", perform(60.0, RATE, 6)[0])
    done = subprocess.run(
        [sys.executable, "-c", _CODE, str(demo_bank()), str(take), str(hours)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise CannotRun(f"livehost did not play: {done.stderr.strip()[-200:]}")
    seen = json.loads(done.stdout.splitlines()[-1])
    at, size = np.array(seen["rows"]).T
    later = at >= 0.5 * at[-1]
    slope = float(np.polyfit(at[later] / 3600, size[later] / 2**20, 1)[0])
    yield Figure("resident memory at the start", float(size[0] / 2**20), "MB", "count", noise=0.1)
    yield Figure("resident memory at the end", float(size[-1] / 2**20), "MB", "count", noise=0.1)
    if not context.quick:  # a short run shows the warm-up, not the growth
        note = f"{seen['voices']} voices in {hours:g} h of sound"
        yield Figure("growth", slope, "MB/h", "count", noise=float("inf"), note=note)
