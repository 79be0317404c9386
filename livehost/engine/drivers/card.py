"""Which card is played through, with which channels and at which rate: what the settings ask for, checked."""

from collections.abc import Callable
from typing import Any

from livehost.engine.drivers.base import DEFAULT_RATE, channel_numbers, output_pair
from livehost.engine.drivers.devices import find
from livehost.errors import LivehostError
from livehost.settings import Settings

_RATES = (8_000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000, 88_200, 96_000, 176_400, 192_000)
#: Rates that models are made for: a card whose own rate is another one is asked for the first of these.
_USUAL = (48_000, 44_100)


class Card:
    """The devices that the settings ask for.

    Parameters
    ----------
    values : Settings
        ``audio.*``.
    input_file, output_file : bool
        The input is a file (no input device is opened) or the output is (the device runs the clock, silent).

    Attributes
    ----------
    input, output : dict
        Rows of `list_devices`; the input is None where it is a file.
    name : str
        In words.
    listened, pair, inputs, outputs
        As in `Driver`.
    note : str
        What a person should know about the rate.

    Raises
    ------
    LivehostError
        Where there is no such device, or it has no such channel.
    """

    def __init__(self, values: Settings, *, input_file: bool, output_file: bool) -> None:
        wanted_out, wanted_in = "" if output_file else values["audio.output"], values["audio.input"]
        self.output = find("output", wanted_out)  # first: none is `NoSoundCard`
        self.input: dict[str, Any] | None = None
        if not input_file:
            self.input = find("input", wanted_in, "" if wanted_in else self.output["host"])
            if wanted_in and not wanted_out:
                self.output = find("output", "", self.input["host"])
            if self.input["host"] != self.output["host"]:
                raise LivehostError(
                    f"{self.input['name']} is of {self.input['host']}, and {self.output['name']} of "
                    f"{self.output['host']}: give an input and an output of one of them.", 2,
                )  # fmt: skip
        self.listened, self.pair = channel_numbers(values, "audio.input_channels"), output_pair(values)
        self.inputs, self.outputs = max(self.listened) + 1, max(self.pair) + 1
        if self.output["outputs"] == 1 and self.outputs == 2:
            self.pair, self.outputs = (0, 0), 1
        for device, side, count in ((self.input, "input", self.inputs), (self.output, "output", self.outputs)):
            if device is not None and count > (has := device[f"{side}s"]):
                usual = "1,2" if has > 1 and side == "output" else "1"
                raise LivehostError(
                    f"{device['name']} has {has} channels, and audio.{side}_channels asks for channel {count}: "
                    f"give --set audio.{side}_channels={usual}, or others that it has.", 2,
                )  # fmt: skip
        names = dict.fromkeys(d["name"] for d in (self.input, self.output) if d is not None)
        self.name, self.note = f"{' → '.join(names)} ({self.output['host']})", ""

    def rate(self, wanted: int, takes: Callable[[float], bool]) -> float:
        """Choose the rate: the one that is wanted, else (0) the card's own, or one that models are made for.

        Parameters
        ----------
        wanted : int
            Hz.
        takes : callable
            Tells whether the card runs at a rate.

        Raises
        ------
        LivehostError
            Where it does not.
        """
        rate = float(wanted or self._usual(takes))
        if takes(rate):
            return rate
        offered = [str(other) for other in _RATES if takes(other)]
        best = next((str(other) for other in _USUAL if str(other) in offered), offered[0] if offered else "")
        known = (
            f"it offers {', '.join(offered)} Hz: give --rate {best}, or no rate"
            if offered
            else "and no other rate either; is another program using it?"
        )
        raise LivehostError(f"{self.output['name']} does not take {rate:.0f} Hz: {known}.", 2)

    def _usual(self, takes: Callable[[float], bool]) -> float:
        own = float(self.output["rate"] or DEFAULT_RATE)
        other = next((rate for rate in _USUAL if takes(rate)), None)
        if own in _USUAL or other is None:
            return own
        self.note = f"{self.output['name']} would run at {own:.0f} Hz; it is asked for {other}, for the model's sake."
        return float(other)
