"""What is wrong at the moment, each thing told when it comes and when it is over."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

#: What happened once (a thread that was started again) counts for so long.
LASTING_S = 10.0


@dataclass
class _Problem:
    sentence: str
    until: float


class Health:
    """Keeps what is wrong; a session with problems is degraded.

    Parameters
    ----------
    say : callable
        Told of each problem when it comes, and of those that are over.
    clock : callable
        Monotonic seconds.
    """

    def __init__(self, say: Callable[[str], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._say, self._clock = say, clock
        self._problems: dict[str, _Problem] = {}

    def now(self, name: str, sentence: str, over: str = "") -> None:
        """Keep what is wrong with something while it is; an empty sentence says that all is well again.

        Parameters
        ----------
        name : str
            What it is about.
        sentence : str
            What is wrong with it.
        over : str
            Told where a problem has gone.
        """
        known = self._problems.get(name)
        if sentence:
            self._problems[name] = _Problem(sentence, float("inf"))
            if known is None:
                self._say(sentence)
        elif known is not None:
            del self._problems[name]
            if over:
                self._say(over)

    def once(self, name: str, sentence: str) -> None:
        """Keep for a while what happened once; nothing for an empty sentence."""
        if sentence:
            self._problems[f"{name}, once"] = _Problem(sentence, self._clock() + LASTING_S)
            self._say(sentence)

    def problems(self) -> Mapping[str, str]:
        """Give what is wrong now: a sentence for each thing."""
        now = self._clock()
        self._problems = {name: p for name, p in self._problems.items() if p.until > now}
        return {name: p.sentence for name, p in self._problems.items()}
