"""The first run of all compiled code, on scratch memory, so that the first real block finds it loaded."""

from collections.abc import Iterable

import numpy as np

from livehost import events
from livehost.settings import Settings
from livehost.stage.active_player import ActivePlayer


def warm_up(values: Settings, players: Iterable[ActivePlayer | None]) -> None:
    """Have the players that a session begins with hear clicks, and forget them.

    What this leaves in a player is a part of how the session begins: a replay does the same.
    """
    from livehost.engine.drivers.offline import OfflineDriver
    from livehost.engine.state import EngineState
    from livehost.engine.worker.state import WorkerState

    driver = OfflineDriver(values)
    engine = EngineState(values, driver.rate, inputs=driver.inputs, outputs=driver.outputs, pair=driver.pair)
    tables = []
    for part, active in enumerate(players):
        tables.append(active.player.table if active is not None else None)
        if active is not None:
            active.player.warm_up()
            engine.use_bank(active.bank.block, active.bank.items, part)
    clicks = np.zeros((16_384, driver.inputs), np.float32)
    clicks[::4096] = 0.5
    engine.use_source(clicks)
    worker = WorkerState(values, engine, tables, virtual=True)  # a slow model is waited for
    driver.start(engine, worker)
    driver.run(len(clicks))
    worker.control.push(events.new("reset", part=-1))
    driver.run(4096)
