"""The picture of a session's attention: what was heard, what was played, and what each choice rested on."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from livehost.view.attention.lanes import HEARD_LANE, HEAT_LANE, LINK_LANE, PLAYED_LANE, draw_lanes, draw_lines
from livehost.view.attention.scene import Lines, Scene, ages_shown, heat, lines, received
from livehost.view.attention.side import draw_heads, draw_shares
from livehost.view.picture.page import LEFT, RIGHT, clock, new_figure, panel, write
from livehost.view.theme import ACCENT, HEARD, INK, SOFT

#: Of more lines than this the strongest are drawn, and none over less than this share of the session.
MOST_LINES = 1200
_SHORT = 0.004


def draw_page(scene: Scene, title: str | None, dpi: int) -> Figure:
    """Draw the page; see `livehost.view.attention.plot.plot_attention`."""
    figure = new_figure(dpi)
    page = _time_axes(figure, scene)
    decisions = scene.decisions()
    total = received(decisions)
    chosen = lines(decisions, scene.rate, MOST_LINES, short_s=_SHORT * scene.shown_s)
    draw_lanes(page, scene, scene.start_s, scene.end_s, columns=round((RIGHT - LEFT) * dpi / 100))
    draw_lines(page, chosen, scene.full_weight, scene.shown_s)
    _draw_received(page, scene, total)
    _draw_heat(figure, scene, dpi)
    _draw_words(figure, scene, chosen, title)
    draw_shares(figure, scene, decisions, total)
    draw_heads(figure, scene.log.heads)
    return figure


def _time_axes(figure: Figure, scene: Scene) -> Axes:
    axes = panel(figure, LEFT, HEARD_LANE[0], RIGHT, PLAYED_LANE[1])
    axes.set_xlim(scene.start_s, scene.end_s)
    axes.set_ylim(PLAYED_LANE[1], HEARD_LANE[0])
    axes.set_xticks([])
    return axes


def _draw_received(page: Axes, scene: Scene, total: dict[tuple[int, int], float]) -> None:
    """Put a dot at each sound, as large as the attention that it got."""
    if not total:
        return
    (onset, source), got = np.array(list(total), np.float64).T, np.array(list(total.values()))
    x, y = onset / scene.rate, np.where(source > 0, LINK_LANE[1], LINK_LANE[0])
    colours = np.array([ACCENT if s > 0 else HEARD for s in source])
    large = (got > 0.1 * got.max()) & (x >= scene.start_s)
    size = 90 * np.clip(150 / len(got), 0.1, 1.0) * got / got.max()
    page.scatter(x[large], y[large], s=size[large], c=colours[large], linewidths=0, alpha=0.9, zorder=4, clip_on=False)


def _draw_heat(figure: Figure, scene: Scene, dpi: int) -> None:
    ages = ages_shown(scene.log)
    axes = panel(figure, LEFT, HEAT_LANE[0], RIGHT, HEAT_LANE[1])
    axes.imshow(
        heat(scene, scene.start_s, scene.end_s, round((RIGHT - LEFT) * dpi / 100), ages),
        extent=(scene.start_s, scene.end_s, ages - 0.5, -0.5), aspect="auto", interpolation="nearest",
    )  # fmt: skip
    axes.set_xlim(scene.start_s, scene.end_s)
    axes.xaxis.set_major_locator(MaxNLocator(10, steps=[1, 2, 3, 5, 6, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda s, _: clock(s, scene.seconds)))
    axes.yaxis.set_major_locator(MaxNLocator(6, integer=True))
    axes.axhline(ages - 0.5, color=SOFT, linewidth=0.8)


def _draw_words(figure: Figure, scene: Scene, chosen: Lines, title: str | None) -> None:
    write(figure, 32, 40, title or "What each choice rested on", fontsize=19, color=INK, fontweight="bold")
    looks = sum(scene.start_s <= time <= scene.end_s for time in scene.times.tolist())
    played = len(scene.shown_choices)
    length = clock(round(scene.seconds, 1), scene.seconds)
    if scene.shown_s < scene.seconds:
        length = f"{clock(scene.start_s, scene.seconds)} to {clock(scene.end_s, scene.seconds)} of {length}"
    facts = [length, f"{looks:,} step{'s' if looks != 1 else ''} of the model"]
    facts += (
        [f"{played:,} sound{'s' if played != 1 else ''} played"] if played else ["nothing played: every step is shown"]
    )
    if chosen.total > len(chosen.weight):
        farther = f" over more than {chosen.left_out_s:.1f} s" if chosen.left_out_s else ""
        facts.append(f"of {chosen.total:,} lines the strongest {len(chosen.weight):,}{farther} are drawn")
    if scene.log.broken:
        facts.append(f"{scene.log.broken:,} broken lines in the log")
    write(figure, 32, 68, "   ·   ".join(facts), fontsize=11, color=SOFT)
    for lane, name in ((HEARD_LANE, "heard"), (PLAYED_LANE, "played")):
        write(figure, LEFT - 14, 0.5 * sum(lane) + 4, name, fontsize=13, color=INK, fontweight="bold", ha="right")
    texts = (
        (LINK_LANE, "rests on", "thick: much weight"),
        (
            HEAT_LANE,
            "how far back",
            f"sounds ago; 0 is the\nnewest one known\n\nfull colour: {100 * scene.full_weight:.0f} %",
        ),
    )
    for lane, name, more in texts:
        middle = 0.5 * sum(lane)
        write(figure, LEFT - 36, middle - 8, name, fontsize=11, color=INK, fontweight="bold", ha="right")
        write(figure, LEFT - 36, middle + 10, more, fontsize=8.5, color=SOFT, ha="right", va="top")
    write(figure, LEFT, 866, "●", fontsize=12, color=HEARD)
    write(figure, LEFT + 18, 866, "on what was heard", fontsize=10, color=INK)
    write(figure, LEFT + 170, 866, "●", fontsize=12, color=ACCENT)
    write(figure, LEFT + 188, 866, "on what the machine had played itself", fontsize=10, color=INK)
    more = "line: from a sound that was played to one that it rested on     dot: as large as the attention it got"
    write(figure, RIGHT, 866, more, fontsize=9, color=SOFT, ha="right")
