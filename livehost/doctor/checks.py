"""The table of checks."""

from collections.abc import Callable

from livehost.doctor import host, outside, rehearsal
from livehost.doctor.finding import Check, Looked, carry_out
from livehost.settings import Settings

#: In the order of the page: what is quickest to put right comes first.
CHECKS = (
    Check("limits", host.limits),
    Check("governor", host.governor),
    Check("power", host.power),
    Check("memory", host.memory),
    Check("contention", host.contention),
    Check("sound card", rehearsal.card),
    Check("bank and model", rehearsal.music),
    Check("disk", outside.disk),
    Check("folders", outside.folders),
    Check("ports", outside.ports),
    Check("versions", outside.versions),
)


def examine(values: Settings, say: Callable[[str], None], checks: tuple[Check, ...] = CHECKS) -> list[Looked]:
    """Make all checks; `say` gets the name of each before it is made."""
    looked = []
    for check in checks:
        say(check.name)
        looked.append(carry_out(check, values))
    return looked


def is_safe(page: list[Looked]) -> bool:
    """Tell whether the show is safe: nothing was found that is not."""
    return all(finding.state != "unsafe" for looked in page for finding in looked.findings)
