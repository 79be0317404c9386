"""A session without a clock, from its beginning to its end, for whoever wants to know what happened in it."""

from collections.abc import Mapping
from typing import Any

from livehost.settings import Settings


def play_offline(values: Settings) -> list[Mapping[str, Any]]:
    """Play an offline session to its end; give all its events, in the order in which they were told."""
    from livehost.stage.stage import Stage

    heard: list[Mapping[str, Any]] = []
    stage = Stage(values, lambda _: None)
    stage.bus.subscribe(heard.append)
    try:
        stage.start()
        while not stage.finished():
            pass
    finally:
        stage.close()
    return heard
