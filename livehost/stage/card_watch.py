"""Looks after the sound card: notices that it is lost, has the session go on without it, and takes it back."""

import time
from collections.abc import Callable

from livehost.engine.drivers.base import CardDriver, StillGone
from livehost.engine.drivers.null import Clock
from livehost.engine.drivers.patience import Attempt
from livehost.engine.state import EngineState
from livehost.engine.turn import port_callback
from livehost.errors import LivehostError
from livehost.service import Service
from livehost.settings import Settings
from livehost.stage.event_bus import EventBus
from livehost.stage.health import Health

#: How often it looks, s.
POLL_S = 0.02
#: How long a card may be silent before it is lost, s.
SILENT_S = 0.5
#: How long it waits between two tries to take the card back, at first and at most, s.
FIRST_S, LONGEST_S = 0.05, 0.15
#: How long a try may take before it is told of, s.
FROZEN_S = 3.0
_WIRES_S = 0.25
_NAME = "sound card"


class CardWatch:
    """Looks after one card.

    While it is lost the engine's frames stand still (``audio.on_loss`` = wait), or go on by a clock of livehost's own
    (null). Where they stood still, what sounded and what waited to sound is dropped when the card is back.

    Parameters
    ----------
    driver : CardDriver
        Started.
    engine : EngineState
    values : Settings
        ``audio.on_loss`` is read as it changes.
    bus : EventBus
        Gets `card_lost` and `card_back`.
    health : Health
        Gets what is wrong.
    silence_midi : callable
        Ends all MIDI notes.
    after_gap : callable
        Called with a function that tells frames their new time, once they have stood still; see `Tempo.after_gap`.
    on_new_thread : callable
        Called once another thread has begun to call the engine.
    clock : callable
        Monotonic seconds.

    Attributes
    ----------
    service : Service
        Its thread, to be watched.
    ended : str
        Why the session is to end, "" while it is not.
    losses : int
        How often the card went.
    """

    def __init__(
        self,
        driver: CardDriver,
        engine: EngineState,
        values: Settings,
        bus: EventBus,
        health: Health,
        silence_midi: Callable[[], None],
        after_gap: Callable[[Callable[[], None]], None],
        on_new_thread: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._driver, self._engine, self._values, self._bus, self._health = driver, engine, values, bus, health
        self._silence_midi, self._after_gap = silence_midi, after_gap
        self._on_new_thread, self._now = on_new_thread, clock
        self.ended, self.losses, self.lost = "", 0, False
        self.service = Service(_NAME, self.turn, every_s=POLL_S, replace=False)
        self._asked, self._silent_s, self._looked, self._wires_at = -1, 0.0, clock(), 0.0
        self._lost_at = self._next_try = 0.0
        self._pause_s = FIRST_S
        self._attempt: Attempt[None] | None = None
        self._stand_in: Clock | None = None
        self._still = False  # the engine's frames
        self._new_thread = False

    def turn(self) -> None:
        """Look once."""
        now = self._now()
        asked = self._driver.port.asked
        if called := asked != self._asked:
            self._asked, self._silent_s = asked, 0.0
        else:  # time in which this thread itself did not run does not count
            self._silent_s += min(now - self._looked, 2 * POLL_S)
        self._looked = now
        if self._new_thread and self._engine["tid"]:
            self._new_thread = False
            self._on_new_thread()
        if self.lost:
            self._look_for(now, called)
        else:
            self._check(now)

    def close(self) -> None:
        """Look no more, and stop the clock that stands in."""
        self.service.stop(0.5)
        self._end_stand_in()

    def _check(self, now: float) -> None:
        reason = self._driver.trouble()
        if not reason and self._silent_s > SILENT_S:
            reason = f"{self._driver.device} has not asked for sound for {SILENT_S:g} s."
        if reason:
            self._lose(reason, now)
        elif now - self._wires_at > _WIRES_S:
            self._wires_at = now
            self._health.now("wires", self._driver.disconnected(), "All ports are connected again.")

    def _lose(self, reason: str, now: float) -> None:
        self._driver.turn.give(None)
        self.losses += 1
        self.lost, self._lost_at, self._still = True, now - self._silent_s, False
        self._next_try, self._pause_s = now, FIRST_S
        self._bus.publish("card_lost", device=self._driver.device, reason=reason)
        self._health.now("wires", "")
        self._health.now(_NAME, f"The sound card is gone: {reason}")
        self._follow_setting()

    def _follow_setting(self) -> None:
        """Do what the setting says about a card that is lost."""
        what = self._values["audio.on_loss"]
        if what == "null":
            if self._stand_in is None:
                driver, port = self._driver, self._driver.turn.port(self._driver.outputs)
                clock = Clock(
                    port_callback.address, port.address, driver.rate, driver.block, driver.inputs, driver.outputs
                )
                self._change_thread()
                if self._still:
                    self._go_on()
                self._still, self._stand_in = False, clock
                driver.turn.give(port)
                clock.start()
            return
        self._end_stand_in()
        if not self._still:
            self._still = True
            self._silence_midi()
        if what == "exit":
            self.ended = self._health.problems().get(_NAME, "")

    def _end_stand_in(self) -> None:
        clock, self._stand_in = self._stand_in, None
        if clock is not None:
            self._driver.turn.give(None)
            clock.stop()

    def _go_on(self) -> None:
        """Have frames go on that stood still, now."""
        engine = self._engine
        engine.come_back(silent=True)
        self._after_gap(lambda: engine.clock.restart(int(engine["frame"]), time.monotonic_ns()))

    def _change_thread(self) -> None:
        self._engine.forget_thread()
        self._new_thread = True

    def _look_for(self, now: float, called: bool) -> None:
        """Take the card back where it can be had: one that was only silent calls again by itself."""
        self._follow_setting()
        if self._attempt is not None:
            self._follow_attempt(now)
        elif called:
            self._back(now)
        elif self._driver.trouble() and now >= self._next_try:
            self._attempt = Attempt(self._driver.take_back)

    def _follow_attempt(self, now: float) -> None:
        attempt = self._attempt
        if attempt is None or not attempt.done:
            if attempt is not None and attempt.seconds > FROZEN_S:
                self._tell("The sound card is gone, and the sound system does not answer: is its server frozen?")
            return
        self._attempt = None
        self._next_try, self._pause_s = now + self._pause_s, min(1.5 * self._pause_s, LONGEST_S)
        try:
            attempt.result()
        except StillGone:
            pass
        except LivehostError as error:
            self._tell(f"The sound card is gone: {error}")

    def _tell(self, sentence: str) -> None:
        """Tell what is wrong now, where that is not what was wrong before."""
        if self._health.problems().get(_NAME) != sentence:
            self._health.now(_NAME, "")
            self._health.now(_NAME, sentence)

    def _back(self, now: float) -> None:
        driver = self._driver
        self._end_stand_in()
        self._change_thread()
        if self._still:
            self._go_on()
        else:
            self._engine.come_back(silent=False)
        gap_s = now - self._lost_at
        self._bus.publish("card_back", device=driver.device, gap_s=gap_s, block=driver.block)
        driver.turn.give(driver.port)
        self.lost, self._silent_s = False, 0.0
        self._health.now(_NAME, "", f"{driver.device} is back after {gap_s:.1f} s.")
