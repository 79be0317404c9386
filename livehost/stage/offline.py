"""A session without a clock, from its beginning to its end, for whoever wants to know what happened in it."""

from collections.abc import Mapping, Sequence
from typing import Any

from livehost.settings import Settings


def play_offline(values: Settings, cues: Sequence[tuple[int, str]] = ()) -> list[Mapping[str, Any]]:
    """Play an offline session to its end; give all its events, in the order in which they were told.

    Parameters
    ----------
    values : Settings
    cues : sequence of (int, str)
        Addresses with their arguments, as a key presses them, each at the first piece that begins at or after its
        frame; by ascending frames.

    Raises
    ------
    LivehostError
        Where the session cannot play, or a cue presses what is no action.
    """
    from livehost.bridge.osc.perform import Performer, read_target
    from livehost.stage.stage import Stage

    for _, target in cues:
        read_target(target)
    heard: list[Mapping[str, Any]] = []
    waiting = list(cues)
    stage = Stage(values, lambda _: None)
    stage.bus.subscribe(heard.append)
    try:
        stage.start()
        performer = Performer(stage.control, stage.outputs.osc, "cue")
        while True:
            while waiting and int(stage.engine["frame"]) >= waiting[0][0]:
                performer.press(waiting.pop(0)[1])
            if stage.finished():
                break
    finally:
        stage.close()
    return heard
