"""Takes hold of the devices that a model is trained on: Lightning Fabric, its refusals made a sentence."""

from typing import Any

from livehost.errors import LivehostError


def make_fabric(*, accelerator: str, devices: str, nodes: int, precision: str, strategy: str) -> Any:
    """Make a Fabric, not launched yet.

    Parameters
    ----------
    accelerator, precision, strategy : str
        As Lightning Fabric has them.
    devices : str
        A number, a list of numbers ("0,2"), or a word ("auto").
    nodes : int

    Raises
    ------
    LivehostError
        Where there are no devices of that kind, or they cannot do what is asked.
    """
    from lightning_fabric import Fabric

    try:
        return Fabric(
            accelerator=accelerator, devices=_parse_devices(devices), num_nodes=nodes,
            precision=precision,  # type: ignore[arg-type]
            strategy=strategy,
        )  # fmt: skip
    except Exception as error:  # of every kind: it asks torch, drivers and other packages
        asked = f"--accelerator {accelerator} --devices {devices} --precision {precision} --strategy {strategy}"
        why = str(error).strip().split(". ")[0].rstrip(".") or type(error).__name__
        raise LivehostError(
            f"Training cannot run with {asked}: {why}; without these options it takes what this computer has.", 2
        ) from error


def _parse_devices(given: str) -> Any:
    """Read a number, a list of numbers, or a word (`auto`)."""
    numbers = given.split(",")
    if not all(number.strip().lstrip("-").isdigit() for number in numbers):
        return given
    return [int(number) for number in numbers] if len(numbers) > 1 else int(given)
