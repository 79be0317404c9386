"""Waiting for what another thread or program does."""

import time

PATIENCE_S = 20.0


def until(condition, what, patience_s=PATIENCE_S):
    """Wait until a condition holds, and give what it gives; what was waited for in vain is said."""
    deadline = time.monotonic() + patience_s
    while not (found := condition()):
        assert time.monotonic() < deadline, f"in vain: {what}"
        time.sleep(0.02)
    return found
