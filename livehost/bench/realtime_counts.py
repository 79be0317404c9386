"""A process that plays in real time and counts: ``python -m livehost.bench.realtime_counts BANK TAKE SECONDS``."""

import json
import sys
import time
from pathlib import Path

import psutil
from numba.core.runtime import rtsys

from livehost.bench.material import make_settings
from livehost.stage.stage import Stage

_WARM_UP_S = 1.0


def page_faults(tid: int) -> int | None:
    """Count the page faults of a thread of this process so far, minor and major; None where nobody counts."""
    try:
        fields = Path(f"/proc/self/task/{tid}/stat").read_text("ascii").rpartition(")")[2].split()
    except OSError:
        return None
    return int(fields[7]) + int(fields[9])


def main(bank: Path, take: str, seconds: float) -> None:
    """Play, count, and print one JSON object."""
    values = make_settings(bank, "null", audio__input=take, run__seconds=seconds + _WARM_UP_S + 1.0)
    stage = Stage(values, lambda _: None)
    try:
        stage.start()
        time.sleep(_WARM_UP_S)
        threads = {"audio": int(stage.engine["tid"]), "worker": int(stage.worker["tid"])}
        faults, allocated = (
            {room: page_faults(tid) for room, tid in threads.items()},
            rtsys.get_allocation_stats().alloc,
        )
        time.sleep(seconds)
        after = {room: page_faults(tid) for room, tid in threads.items()}
        seen = {
            f"{room}_faults": None if count is None or faults[room] is None else count - (faults[room] or 0)
            for room, count in after.items()
        }
        seen["allocations"] = rtsys.get_allocation_stats().alloc - allocated
        seen["overruns"] = stage.monitor.counters()["ring overruns"]
        seen["rss_mb"] = round(psutil.Process().memory_info().rss / 2**20, 1)
        seen["voices"] = stage.monitor.stats.counts["sample"]
    finally:
        stage.close()
    print(json.dumps(seen))  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], float(sys.argv[3]))
