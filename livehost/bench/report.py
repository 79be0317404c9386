"""The report: one page that needs nothing but itself, its pictures, and a table in Markdown beside it."""

import base64
import html
from pathlib import Path

from livehost.bench import host
from livehost.bench.budgets import Budget, Key, number
from livehost.bench.measure import summary
from livehost.bench.results import Results, SuiteResult, write_whole
from livehost.bench.suite import CannotRun
from livehost.bench.summary import MARGINS, markdown
from livehost.revision import revision

_STYLE = """
body{font:15px/1.5 system-ui,sans-serif;background:#fbfaf7;color:#22252b;max-width:1060px;margin:2em auto;padding:0 1em}
h1{font-weight:600;margin-bottom:.2em}h2{margin-top:2em;font-weight:600}table{border-collapse:collapse;width:100%}
td,th{padding:.2em .7em;text-align:right;border-bottom:1px solid #e7e4dc;font-variant-numeric:tabular-nums}
td:first-child,th:first-child,td.note{text-align:left;white-space:normal}td{white-space:nowrap}td.note{color:#777;font-size:.85em}th{font-weight:600;color:#666}
.ok{color:#2f7d6b}.broken{color:#c2452d;font-weight:700}.warning{color:#a86f00;font-weight:700}.faint{color:#888}
.fit,.unfit{background:#e3efe9;border-left:5px solid #2f7d6b;padding:.6em 1em}
.unfit{background:#fbe9c8;border-left-color:#d99a2b}figure{display:inline-block;margin:.4em;vertical-align:top}
figcaption{color:#666;font-size:.85em}img{max-width:100%}
"""


def write_report(folder: Path, results: Results, limits: dict[Key, Budget]) -> Path:
    """Write the page and the pictures.

    Parameters
    ----------
    folder : Path
        Made if need be; files of the same names are replaced.
    results : Results
    limits : dict
        Budgets.

    Returns
    -------
    Path
        The page.

    Raises
    ------
    CannotRun
        Where the folder cannot be written.
    """
    from livehost.bench.pictures import pictures

    parts = []
    page = folder / "index.html"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, heading, image in pictures(results, limits):
            write_whole(folder / name, image)
            parts.append((heading, image))
        write_whole(page, _page(results, limits, parts).encode())
        write_whole(folder / "summary.md", markdown(results, limits).encode())
    except OSError as error:
        raise CannotRun(f"The report cannot be written to {folder}: {error.strerror}.") from None
    return page


def _page(results: Results, limits: dict[Key, Budget], parts: list[tuple[str, bytes]]) -> str:
    facts, versions = host.machine(), host.versions()
    verdicts = [v for s in results.suites for v in s.verdicts]
    counts = {state: sum(v.state == state for v in verdicts) for state in ("ok", "broken", "warning")}
    told = ", ".join(f'<span class="{state}">{count} {state}</span>' for state, count in counts.items() if count)
    source = revision()
    where = f"{facts['processor']}, {facts['cores']} cores, {facts['memory_gb']} GB, {facts['system']}"
    with_what = ", ".join(f"{name} {version}" for name, version in versions.items())
    fitness = "fit" if results.fitness.fit else "unfit"
    sentences = [v.sentence for v in verdicts if v.sentence and v.state != "not measured"]
    first = next(k for k, (heading, _) in enumerate(parts, 1) if heading == MARGINS)
    body = [
        "<h1>livehost bench</h1>",
        f"<p>{told or 'nothing was held against a budget'}{' (quick)' if results.quick else ''}"
        f"{' (interrupted)' if results.interrupted else ''}. {html.escape(where)}.<br>"
        f'<span class="faint">{html.escape(with_what)}{f"; revision {source}" if source else ""}</span></p>',
        f'<p class="{fitness}">{html.escape(results.fitness.sentence())}</p>',
        *[f'<p class="broken">{html.escape(s)}</p>' for s in sentences],
        *[_picture(heading, image) for heading, image in parts[:first]],
        *[_suite(s, limits) for s in results.suites],
        "<h2>Pictures</h2>",
        *[_picture(heading, image) for heading, image in parts[first:]],
    ]
    head = f'<meta charset="utf-8"><title>livehost bench</title><style>{_STYLE}</style>'
    return f"<!doctype html><html><head>{head}</head><body>{''.join(body)}</body></html>\n"


def _picture(heading: str, image: bytes) -> str:
    data, told = base64.b64encode(image).decode("ascii"), html.escape(heading)
    return f'<figure><img alt="{told}" src="data:image/png;base64,{data}"><figcaption>{told}</figcaption></figure>'


def _suite(suite: SuiteResult, limits: dict[Key, Budget]) -> str:
    rows = []
    for figure, verdict in zip(suite.figures, suite.verdicts, strict=True):
        budget, told = limits.get((suite.name, figure.name)), summary(figure.samples)
        spread = "".join(f"<td>{number(told[k]) if told else ''}</td>" for k in ("median", "p99", "max", "count"))
        state = verdict.state if verdict.state in ("ok", "broken", "warning") else "faint"
        rows.append(
            f"<tr><td>{html.escape(figure.name)}</td><td class='{state}'>{number(figure.value)} {figure.unit}</td>"
            f"<td>{budget.text() if budget else ''}</td>{spread}<td class='note'>{html.escape(figure.note)}</td></tr>"
        )
    header = "".join(f"<th>{word}</th>" for word in ("", "value", "budget", "median", "p99", "max", "n", ""))
    said = [line for line in (suite.absent, suite.trouble) if line]
    trouble = "".join(f'<p class="warning">{html.escape(line)}</p>' for line in said)
    name, seconds = html.escape(suite.name), f'<span class="faint"> {suite.seconds:.1f} s</span>'
    return f"<h2>{name}{seconds}</h2>{trouble}<table><tr>{header}</tr>{''.join(rows)}</table>"
