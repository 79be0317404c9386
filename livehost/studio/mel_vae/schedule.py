"""How much the Kullback-Leibler divergence counts while a VAE is trained.

Sources: Bowman et al. 2016 (linear); Fu et al. 2019 (cyclic).
"""

from collections.abc import Callable

from livehost.errors import LivehostError

#: Of a linear schedule: where it is risen. Of a cyclic one: how often it rises, and during which part of each time.
_RISEN, _CYCLES, _RISING = 0.4, 4, 0.5

#: Name → share of β that counts at a progress of 0 … 1.
SCHEDULES: dict[str, Callable[[float], float]] = {
    "constant": lambda _: 1.0,
    "linear": lambda progress: min(progress / _RISEN, 1.0),
    "cyclic": lambda progress: min((progress * _CYCLES) % 1.0 / _RISING, 1.0) if progress < 1 else 1.0,
}


def schedule_of(name: str) -> Callable[[float], float]:
    """Find a schedule.

    Raises
    ------
    LivehostError
        For a name that is none.

    Examples
    --------
    >>> [schedule_of("cyclic")(progress) for progress in (0.0, 0.0625, 0.125, 0.25, 1.0)]
    [0.0, 0.5, 1.0, 0.0, 1.0]
    """
    if name not in SCHEDULES:
        raise LivehostError(f"There is no schedule {name!r}; choose {', '.join(SCHEDULES)}.", 2)
    return SCHEDULES[name]
