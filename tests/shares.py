"""How three processes share the tests (`pytest -n 3`): what plays in real time waits for most of its time."""

import os
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

#: The process that has the stage; the others stand back for it, by so much.
_FIRST, _NICE = "gw0", 5
#: What plays in real time or measures: one after another, all in the same process.
_STAGE = ("tests/integration/", "tests/bench/")
#: What takes longest of the rest: first, so that nobody waits for it at the end.
_LONG = ("tests/test_planted_faults.py", "tests/foundations/", "tests/studio/")
#: What is made and compiled once for several files.
_TOYS = "tests/foundations/test_toy_"


class Shares(LoadScopeScheduling):
    """What belongs to the stage is one share, and so are the toys; each other file is one, with its fixtures."""

    def __init__(self, config: pytest.Config, log: Any) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False  # the order is that of `in_order`

    @property
    def nodes(self) -> list[Any]:
        """The first process is asked first, and so has the stage."""
        return sorted(super().nodes, key=lambda node: str(node.gateway.id))

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", maxsplit=1)[0]
        return "stage" if file.startswith(_STAGE) else "toys" if file.startswith(_TOYS) else file


def in_order(items: list[pytest.Item]) -> None:
    """Put the stage first, then what takes long, then the rest as it was."""
    items.sort(key=lambda item: (not item.nodeid.startswith(_STAGE), not item.nodeid.startswith(_LONG)))


def stand_back(worker: str) -> None:
    """Have a process that has not the stage go behind the one that has it."""
    if worker != _FIRST and hasattr(os, "nice"):
        os.nice(_NICE)
