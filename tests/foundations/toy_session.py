"""A session in whatever tree this finds, offline: settings, and OSC messages with the frames at which they come.

Run as a program with one argument, JSON; it writes JSON.
"""

import io
import json
import sys

from rich.console import Console

from livehost.bridge.osc import wire
from livehost.bridge.osc.dispatch import Dispatcher
from livehost.settings import Settings
from livehost.stage.stage import Stage
from livehost.view.dashboard import Dashboard

CLIENT = ("127.0.0.1", 9000)


def main() -> None:
    job = json.loads(sys.argv[1])
    stage, answers = Stage(Settings(job["settings"]), lambda _: None), []
    dispatcher = Dispatcher(
        stage.control,
        stage.outputs.osc,
        lambda packet, _client: answers.extend([m.address, *m.args] for m in wire.decode(packet)),
    )
    stage.start()
    for frame, address, types, *arguments in job["messages"]:
        stage._advance(frame - int(stage.engine["frame"]))
        dispatcher.packet(wire.encode(address, types, *arguments), CLIENT)
    while not stage.finished():
        pass
    console = Console(file=io.StringIO(), width=140, height=50)
    page = Dashboard(console).render(stage.monitor.snapshot()).plain
    stage.close()
    sys.stdout.write(json.dumps({"dashboard": page, "answers": answers}))


if __name__ == "__main__":
    main()
