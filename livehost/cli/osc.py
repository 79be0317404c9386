"""`livehost osc`: send a message to a running livehost, watch what comes in: how a patch is tested."""

from contextlib import suppress
from itertools import chain
from typing import Annotated

import typer

from livehost.cli.command_line import App
from livehost.settings import TABLE

osc_app = App("Speak OSC with a running livehost: how do I test this?")

_PORT = int(TABLE["osc.in_port"].default)
Host = Annotated[str, typer.Option(help="Computer that livehost runs on.")]
Port = Annotated[int, typer.Option(help="Port that it listens at.", min=1, max=65535)]


@osc_app.command("send", context_settings={"ignore_unknown_options": True})
def osc_send(
    address: Annotated[str, typer.Argument(help="Address, such as /livehost/master/gain_db.", metavar="ADDRESS")],
    value: Annotated[
        list[str] | None, typer.Argument(help="Its arguments; none asks for its value.", metavar="VALUE")
    ] = None,
    host: Host = "127.0.0.1",
    port: Port = _PORT,
    wait: Annotated[float, typer.Option(help="Listen for so many seconds more.", min=0)] = 0.0,
) -> None:
    """Send a message, and print what livehost answers; exit 1 where it is refused."""
    from livehost.bridge.osc.client import OscClient, typed, written

    refused = False
    with OscClient(host, port) as client:
        answers = client.ask(address, [typed(word) for word in value or ()])
        for message in (*answers, *client.listen(wait)):
            refused |= message.address == "/livehost/error"
            typer.echo(written(message))
    if refused:
        raise typer.Exit(1)


@osc_app.command("monitor")
def osc_monitor(
    host: Host = "127.0.0.1",
    port: Port = _PORT,
    group: Annotated[
        list[str] | None,
        typer.Option(help="What livehost sends in a group as well: event, meter, all; may be repeated."),
    ] = None,
    seconds: Annotated[float, typer.Option(help="Stop after this time; 0: at Ctrl-C.", min=0)] = 0.0,
) -> None:
    """Print what comes in, from whom, what it did, and what was refused, live."""
    from livehost.bridge.osc.client import OscClient, written

    groups = ["monitor", "trouble", *(group or ())]
    with suppress(KeyboardInterrupt), OscClient(host, port) as client:
        early = []  # comes before all is subscribed
        for name in groups:
            for message in client.ask("/livehost/subscribe", [0, name]):
                if message.address == "/livehost/error":
                    typer.echo(written(message))
                    raise typer.Exit(2)
                early.append(message)
        typer.echo(f"What comes in at {host}:{port}; Ctrl-C ends.")
        silent = False
        for came in chain(early, client.follow(groups, seconds or float("inf"))):
            if came is None:
                silent = not silent
                typer.echo("livehost has fallen silent." if silent else "livehost answers again.")
            elif came.address == "/livehost/monitor":
                typer.echo(_line(*map(str, came.args[:4])))
            else:
                typer.echo(written(came))


def _line(client: str, address: str, arguments: str, outcome: str) -> str:
    """Write one line of the monitor: who, what, → what became of it."""
    came = " ".join(filter(None, (client, address, arguments)))
    return f"{came} → {outcome}" if came else f"… {outcome}"
