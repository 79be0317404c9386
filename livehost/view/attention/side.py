"""What stands beside the lanes of a picture of attention: shares, the sounds that counted most, and every head."""

import numpy as np
from matplotlib.figure import Figure

from livehost.view.attention.lanes import HEARD_LANE, HEAT_LANE, PLAYED_LANE
from livehost.view.attention.log import PLAYED, Look
from livehost.view.attention.scene import Scene
from livehost.view.picture.page import EDGE, SIDE, clock, panel, write
from livehost.view.theme import ACCENT, HAIR, HEARD, INK, SOFT, clip

_NAMED = 12


def draw_shares(
    figure: Figure, scene: Scene, decisions: list[tuple[float, Look]], total: dict[tuple[int, int], float]
) -> None:
    """Say how much rested on what was heard and played, how far back, and on which sounds most."""
    top = HEARD_LANE[0]
    looks = [look for _, look in decisions]
    everything = max(sum(total.values()), 1e-9)
    played = sum(weight for (_, source), weight in total.items() if source == PLAYED) / everything
    write(figure, SIDE, top, "weight on", fontsize=10, color=INK, fontweight="bold")
    axes = panel(figure, SIDE, top + 10, EDGE, top + 28)
    axes.barh([0, 0], [1 - played, played], left=[0, 1 - played], color=[HEARD, ACCENT], height=1.0)
    axes.set(xlim=(0, 1), ylim=(-0.5, 0.5), xticks=[])
    words = f"heard {100 * (1 - played):.0f} %   ·   played {100 * played:.0f} %"
    write(figure, SIDE, top + 44, words, fontsize=9, color=SOFT)
    if looks:
        sounds, seconds = np.median([_reach(look, scene.rate) for look in looks], axis=0)
        write(figure, SIDE, top + 62, f"half of it within {sounds:.0f} sounds, {seconds:.1f} s", fontsize=9, color=SOFT)
    y = top + 96
    write(figure, SIDE, y, "counted most", fontsize=10, color=INK, fontweight="bold")
    write(figure, EDGE, y, "1 = all of a choice", fontsize=8, color=SOFT, ha="right")
    for (onset, source), weight in sorted(total.items(), key=lambda entry: -entry[1])[:_NAMED]:
        y += 24
        name = clip(scene.played_at(onset) or "played", 16) if source == PLAYED else "heard"
        write(figure, SIDE, y, "●", fontsize=9, color=ACCENT if source == PLAYED else HEARD)
        write(figure, SIDE + 16, y, name, fontsize=9, color=INK)
        at = onset / scene.rate
        when = f"{at:.1f} s" if scene.seconds <= 120 else clock(at, scene.seconds)
        write(figure, EDGE - 44, y, when, fontsize=9, color=SOFT, ha="right")
        write(figure, EDGE, y, f"{weight:.2f}", fontsize=9, color=INK, ha="right")
        if y > PLAYED_LANE[1] - 30:
            break


def _reach(look: Look, rate: float) -> tuple[float, float]:
    """How many of the newest sounds, and how many seconds, hold half of the weight."""
    mass = np.cumsum(look.weight[::-1])
    age = int(min(np.searchsorted(mass, 0.5 * mass[-1]), len(mass) - 1))
    return age + 1, max(look.frame - int(look.onset[::-1][age]), 0) / rate


def draw_heads(figure: Figure, heads: np.ndarray) -> None:
    """Draw the mean weight of each head by age, a row of small curves for each layer."""
    if not heads.size:
        return
    layers, count, ages = heads.shape
    top, bottom = HEAT_LANE
    write(figure, SIDE, top - 12, "each head, by how far back", fontsize=10, color=INK, fontweight="bold")
    width, height = (EDGE - SIDE + 6) / count, (bottom - top + 4) / layers
    # the newest sounds have most of the room
    x = np.log2(np.arange(ages) + 1.0)
    for layer in range(layers):
        for head in range(count):
            left, above = SIDE + head * width, top + layer * height
            axes = panel(figure, left, above, left + width - 6, above + height - 6)
            curve = heads[layer, head] / max(heads[layer, head].max(), 1e-9)
            axes.set_facecolor(HAIR)
            axes.patch.set_alpha(0.4)
            axes.fill_between(x, curve, color=INK, alpha=0.8, linewidth=0, step="mid")
            axes.set(xlim=(0, max(x[-1], 1e-3)), ylim=(0, 1.05), xticks=[])
    write(figure, SIDE, bottom + 18, "left: newest", fontsize=8, color=SOFT)
    write(figure, EDGE, bottom + 18, f"right: {ages - 1} sounds ago", fontsize=8, color=SOFT, ha="right")
