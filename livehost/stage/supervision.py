"""A session and its supervisor: the heartbeat, what is told after a restart, and going on alone."""

import time
from typing import TYPE_CHECKING

from livehost.supervise.heart import Heart, thread_busy_ms
from livehost.supervise.link import ENDING, PLAYING, Link

if TYPE_CHECKING:
    from livehost.stage.stage import Stage


class Supervision:
    """What a session tells its supervisor, where there is one.

    Parameters
    ----------
    link : Link, optional
        What the supervisor told; None for a session that has none.

    Attributes
    ----------
    alone : bool
        Whether there is no supervisor.
    """

    def __init__(self, link: Link | None = None) -> None:
        self._link, self.alone, self._left_alone = link, link is None, False
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

    def plays(self, stage: "Stage") -> None:
        """Show that a session plays, and tell of the restart that it goes on from."""
        if self._heart is None or self._link is None:
            return
        if self.restarted:
            gap_s = max(time.time() - self._link.died, 0.0)
            how = "failsafe: the nearest sound, and settings as at the first start" if self.failsafe else "as it was"
            stage.bus.publish(
                "restarted", count=self._link.restarts, gap_s=gap_s, failsafe=int(self.failsafe), why=self._link.why
            )
            stage.notices.warn(f"{self._link.why}. It plays again after {gap_s:.1f} s, {how}.")
        engine, worker = stage.engine, stage.worker
        self._heart.show(
            lambda: (int(engine["blocks"]), thread_busy_ms(int(engine["tid"])), int(worker["frame"]))
        )  # fmt: skip
        self._heart.phase = PLAYING
        self._heart.beat()
        stage.watch.look_after(self._heart.service)

    def turn(self, stage: "Stage") -> bool:
        """Count a turn of the main loop; True once, where the supervisor has gone: Ctrl-C is the session's own then."""
        if self._heart is None:
            return False
        self._heart.turns += 1
        if self._left_alone or not self._heart.orphaned:
            return False
        self._left_alone = self.alone = True
        stage.notices.warn("The supervisor is gone: it plays on, and nothing starts it again after a crash.")
        return True

    def ends(self) -> None:
        """Show that a session comes to its end."""
        if self._heart is not None:
            self._heart.phase = ENDING
            self._heart.beat()


#: A session without a supervisor.
ALONE = Supervision()
