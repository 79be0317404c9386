from collections.abc import Iterator

import pytest
from rich.console import Console

from livehost.bench import host, runner
from livehost.bench.suite import Context, Figure


@pytest.fixture
def console() -> Console:
    return Console(record=True, width=200)


@pytest.fixture
def fit_host(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a host that need not be probed."""
    monkeypatch.setattr(host, "probe", lambda seconds: host.Fitness(10.0, 20.0, 30.0, "as ever", seconds))


@pytest.fixture
def unfit_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host, "probe", lambda seconds: host.Fitness(10.0, 2000.0, 9000.0, "as ever", seconds))


class FakeSuite:
    """A suite whose figures are given; an exception among them is raised where it stands."""

    def __init__(self, name: str, *figures: Figure | BaseException) -> None:
        self.name, self.quick, self.timed, self.peers, self._figures = name, True, True, False, figures

    def run(self, context: Context) -> Iterator[Figure]:
        for figure in self._figures:
            if isinstance(figure, BaseException):
                raise figure
            yield figure


@pytest.fixture
def use_suites(monkeypatch: pytest.MonkeyPatch):
    def use(*suites: FakeSuite) -> FakeSuite:
        table = {s.name: s for s in suites}
        monkeypatch.setattr(runner, "SUITES", suites)
        monkeypatch.setattr(runner, "find", table.__getitem__)
        return suites[0]

    return use
