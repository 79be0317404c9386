"""From heartbeats: whether a livehost hangs, and where."""

from livehost.supervise.link import PLAYING, STARTING, Beat

#: How long no beat may come, s: while it plays, and while it starts (a compiler may hold the interpreter).
SILENT_S, STARTING_S = 5.0, 120.0
#: How long the main thread's loop may stand still (a sound system that does not answer is waited for), and the worker
#: while sound goes on, s.
LOOP_S, WORKER_S = 30.0, 5.0
#: How long the audio thread may run without ending a block, and how much of the time it must run to count, s.
AUDIO_S, AUDIO_BUSY = 3.0, 0.5


class Watchdog:
    """Takes in the beats of one livehost, and tells where one of its clocks stands still.

    A sound card that is gone, or whose server is frozen, is no hang: then the audio thread sleeps.

    Parameters
    ----------
    now : float
        Monotonic seconds.
    """

    def __init__(self, now: float) -> None:
        self._beat = Beat()
        self.wait_anew(now)

    @property
    def phase(self) -> int:
        """What livehost does, as the last beat told."""
        return self._beat.phase

    def wait_anew(self, now: float) -> None:
        """Count from now: whoever asks was away itself (Ctrl-Z, a computer that slept)."""
        self._heard = self._looped = self._worked = self._served = now
        self._busy_ms = self._beat.busy_ms

    def take(self, beat: Beat, now: float) -> None:
        """Take in a beat."""
        last, self._beat, self._heard = self._beat, beat, now
        if beat.phase != last.phase:
            self.wait_anew(now)
        if beat.turns != last.turns:
            self._looped = now
        if beat.worker != last.worker or beat.blocks == last.blocks:
            self._worked = now
        if beat.blocks != last.blocks:
            self._served, self._busy_ms = now, beat.busy_ms

    def hung(self, now: float) -> str:
        """Say what hangs, "" where nothing does: the end of a sentence that begins with "livehost hung:".

        What else stands still is judged by the newest beat: where none comes, it is Python that does.
        """
        beat = self._beat
        patience_s = STARTING_S if beat.phase == STARTING else SILENT_S
        if now - self._heard > patience_s:
            return f"Python stood still for {patience_s:.0f} s"
        if beat.phase != PLAYING:
            return ""
        if self._heard - self._looped > LOOP_S:
            return f"its main loop stood still for {LOOP_S:.0f} s"
        if self._heard - self._worked > WORKER_S:
            return f"its worker stood still for {WORKER_S:.0f} s"
        standing_s = self._heard - self._served
        busy_s = (beat.busy_ms - self._busy_ms) / 1000 if min(self._busy_ms, beat.busy_ms) >= 0 else 0.0
        if standing_s > AUDIO_S and busy_s > AUDIO_BUSY * standing_s:
            return f"its audio thread ended no block for {AUDIO_S:.0f} s"
        return ""
