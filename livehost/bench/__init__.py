"""The bench: figures with budgets that can fail (``livehost bench``)."""

from typing import Any


def run_suites(*args: Any, **options: Any) -> int:
    """Measure this machine; see `livehost.bench.runner.run_suites`."""
    from livehost.bench import runner  # compiles: not for those who only import a part of the package

    return runner.run_suites(*args, **options)
