"""What breaks a budget in a quick run is measured once more: a host's stall is not there twice, a regression is.

Figures that are the same every time (exact ones, counts) stand at once.
"""

from collections.abc import Callable

from livehost.bench.budgets import Verdict, number
from livehost.bench.results import Results

#: Kinds of figures that something beside livehost can disturb.
_DISTURBED = ("compute", "tail", "ratio")


def confirm(results: Results, again: Callable[[set[str]], Results]) -> None:
    """Measure the suites of broken budgets once more; what holds now becomes a warning that tells both values.

    Parameters
    ----------
    results : Results
        This run, judged; its verdicts are replaced.
    again : callable
        Measures and judges the suites of these names once more.
    """
    suspects = {
        (suite.name, figure.name)
        for suite in results.suites
        for figure, verdict in zip(suite.figures, suite.verdicts, strict=True)
        if verdict.state == "broken" and figure.kind in _DISTURBED
    }
    if not suspects:
        return
    second = {
        (suite.name, figure.name): (figure, verdict)
        for suite in again({name for name, _ in suspects}).suites
        for figure, verdict in zip(suite.figures, suite.verdicts, strict=True)
    }
    for suite in results.suites:
        for k, verdict in enumerate(suite.verdicts):
            key = suite.name, suite.figures[k].name
            if key in suspects and key in second:
                figure, later = second[key]
                state = "warning" if later.state in ("ok", "warning") else "broken"
                said = "holds" if later.state == "ok" else later.state
                told = f"{verdict.sentence} Measured again: {number(figure.value)} {figure.unit}, {said}."
                suite.verdicts[k] = Verdict(state, told)
