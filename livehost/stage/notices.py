"""Sentences for the person at the desk: told at once, kept for the dashboard, published for log and OSC."""

from collections.abc import Callable

from livehost.stage.event_bus import EventBus


class Notices:
    """Tells sentences.

    Parameters
    ----------
    tell : callable
        Gets each sentence.

    Attributes
    ----------
    last : str
        The newest one.
    """

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell, self.last = tell, ""
        self._bus: EventBus | None = None

    def publish_on(self, bus: EventBus) -> None:
        """Publish every sentence from here on as a `log` event."""
        self._bus = bus

    def say(self, text: str, level: str = "info") -> None:
        """Tell a sentence; level is info, warning or error."""
        self.last = text
        self._tell(text)
        if self._bus is not None:
            self._bus.publish("log", level=level, text=text)

    def hint(self, name: str, text: str) -> None:
        """Tell what is wrong with the sound, and publish it as a `hint` event as well."""
        if self._bus is not None:
            self._bus.publish("hint", name=name, text=text)
        self.warn(text)

    def warn(self, text: str) -> None:
        """Tell of something that is wrong."""
        self.say(text, "warning")
