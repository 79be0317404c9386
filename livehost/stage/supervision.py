"""A session and its supervisor: the heartbeat, what is told after a restart, and going on alone."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from livehost.service import Service
from livehost.supervise.heart import Heart
from livehost.supervise.hurry import calm_down
from livehost.supervise.link import ENDING, PLAYING, Link


class Supervision:
    """What a session tells its supervisor, where there is one.

    Parameters
    ----------
    link : Link, optional
        What the supervisor told; None for a session that has none.

    Attributes
    ----------
    alone : bool
        Whether there is no supervisor, or no more.
    """

    def __init__(self, link: Link | None = None) -> None:
        self._link, self.alone = link, link is None
        self._heart = Heart(link.beats) if link is not None else None
        if self._heart is not None:
            self._heart.start()

    @property
    def restarted(self) -> bool:
        """Whether an earlier session has crashed, and this one goes on from it."""
        return self._link is not None and self._link.restarts > 0

    @property
    def failsafe(self) -> bool:
        """Whether the session is to begin plainly."""
        return self._link is not None and self._link.failsafe

    def left_s(self, seconds: float) -> float:
        """Give what is left, s, of a session of a length; at least a moment."""
        began = self._link.began if self._link is not None else time.time()
        return max(seconds - max(time.time() - began, 0.0), 0.1)

    def restart(self) -> dict[str, Any]:
        """Give the fields of the event that tells of the restart."""
        link = self._link or Link()
        gap_s = max(time.time() - link.died, 0.0)
        return {"count": link.restarts, "gap_s": gap_s, "failsafe": int(link.failsafe), "why": link.why}

    @property
    def services(self) -> list[Service]:
        """Its thread, to be watched."""
        return [self._heart.service] if self._heart is not None else []

    def plays(self, clocks: Callable[[], tuple[int, int, int]]) -> None:
        """Show that a session plays, and from now on its clocks; see `Heart.show`. On the main thread."""
        if self._heart is not None:
            calm_down()
            self._heart.show(clocks)
            self._heart.enter(PLAYING)

    def turn(self) -> bool:
        """Count a turn of the main loop; True once, where the supervisor has gone: Ctrl-C is the session's own then."""
        if self._heart is None:
            return False
        self._heart.turn()
        if self.alone or not self._heart.orphaned:
            return False
        self.alone = True
        return True

    def ends(self) -> None:
        """Show that a session comes to its end."""
        if self._heart is not None:
            self._heart.enter(ENDING)


def restart_sentence(told: Mapping[str, Any]) -> str:
    """Say what became of the session before, from the fields of a `restarted` event."""
    how = "failsafe: the nearest sound, and settings as at the first start" if told["failsafe"] else "as it was"
    return f"{told['why']}. It plays again after {told['gap_s']:.1f} s, {how}."


#: A session without a supervisor.
ALONE = Supervision()
