"""What became of the mutants, as Markdown: how many were caught, where, and the survivors as diffs."""

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any

from .sample import Mutant

CAUGHT = ("caught", "timeout")


def report(title: str, mutants: Sequence[Mutant], results: Sequence[dict[str, Any]]) -> str:
    """Write the report.

    Parameters
    ----------
    title : str
        How the mutants were drawn.
    mutants : sequence of Mutant
        All that were drawn.
    results : sequence of dict
        Results of as many of them, in the same order, as are done; empty for one that is not.
    """
    done = [(m, r) for m, r in zip(mutants, results, strict=True) if r]
    packages = sorted({str(PurePosixPath(m.path).parent) for m, _ in done})
    outcomes = {p: Counter(r["outcome"] for m, r in done if str(PurePosixPath(m.path).parent) == p) for p in packages}
    outcomes["all"] = sum(outcomes.values(), Counter())
    lines = [f"# Mutants: {title}", "", f"{len(done)} of {len(mutants)} are done.", ""]
    columns = ("caught", "timeout", "survived", "unreached")
    lines += [f"| package | mutants | {' | '.join(columns)} | caught |", "|---" + "|---:" * (len(columns) + 2) + "|"]
    for package, counts in outcomes.items():
        cells = [counts.total(), *(counts[c] for c in columns), share_caught(counts)]
        lines.append(f"| {package} | {' | '.join(map(str, cells))} |")
    lines += ["", "A timeout counts as caught; a mutant that no test reaches has survived."]
    survivors = sorted(
        ((m, r) for m, r in done if r["outcome"] not in CAUGHT), key=lambda row: (row[0].path, row[0].span.line)
    )
    lines += ["", f"## Survivors: {len(survivors)}"]
    for mutant, result in survivors:
        ran = f"{result['tests']} test functions ran" if result["tests"] else "No test reaches it"
        beyond = [
            f"{result[key]} {what}"
            for key, what in (
                ("left_out", "more that reach it are beyond the budget"),
                ("not_looked_at", "test files that may reach it were not looked at for the budget was spent"),
            )
            if result[key]
        ]
        lines += ["", f"### {mutant.path}:{mutant.span.line} ({mutant.span.kind})", "", "; ".join([ran, *beyond]) + "."]
        lines += ["", "```diff", mutant.diff().rstrip("\n"), "```"]
    return "\n".join(lines) + "\n"


def share_caught(outcomes: Counter[str]) -> str:
    """Share of mutants that were caught, in per cent."""
    caught = sum(outcomes[name] for name in CAUGHT)
    return f"{100 * caught / outcomes.total():.1f} %" if outcomes.total() else "–"
