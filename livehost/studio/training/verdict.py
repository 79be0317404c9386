"""Whether training further helped: by what neither taught nor chose the checkpoint, with an interval."""

import math

from livehost.studio.evaluation.bootstrap import CONFIDENCE, bootstrap_interval
from livehost.studio.training.task import Judged, Labels


def verdict(labels: Labels, before: Judged | None, after: Judged | None) -> str:
    """Say whether training further helped, or that it cannot be told.

    Both are asked about the same; groups of it are drawn with replacement, in pairs.

    Parameters
    ----------
    labels : Labels
    before, after : Judged or None
        Of the model as it was, and of the best; None, or without groups, where nothing judges.

    Returns
    -------
    str
        One sentence or two.
    """
    if before is None or after is None or not len(before.steps):
        return f"Whether it helped cannot be told: {labels.untold}."
    was, now = (float(judged.sums.sum() / judged.steps.sum()) for judged in (before, after))
    gained, steps = after.sums - before.sums, before.steps
    low, high = bootstrap_interval(lambda drawn: (drawn @ gained) / (drawn @ steps), len(steps))
    name = labels.judged or labels.score
    numbers = f"{name} {was:.3f} before, {now:.3f} after, on {labels.held_out}"
    if math.isnan(low):
        return f"Whether it helped cannot be told: {numbers}, but these are too few to say more."
    within = f"the difference lies between {low:+.3f} and {high:+.3f} ({CONFIDENCE:.0%} interval)"
    if labels.lower_is_better:
        low, high = -high, -low
    if low > 0:
        return f"It helped: {numbers}; {within}."
    if high < 0:
        return f"It did harm: {numbers}; {within}. Keep what it began with."
    return f"Whether it helped cannot be told: {numbers}; {within}."
