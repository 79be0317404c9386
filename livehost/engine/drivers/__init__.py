"""Where sound comes and goes: a sound card, a native clock, or nothing but arithmetic. All run the same callback."""

from livehost.engine.drivers.base import Driver
from livehost.errors import LivehostError
from livehost.settings import Settings

__all__ = ["Driver", "open_driver"]


def open_driver(values: Settings, *, input_file: bool, output_file: bool) -> Driver:
    """Open the driver that the settings ask for.

    Parameters
    ----------
    values : Settings
        ``audio.*``.
    input_file, output_file : bool
        Whether input or output is a file, so that the device's own is not needed or stays silent.

    Returns
    -------
    Driver
        Opened, not yet started. With ``auto`` it is the sound card; on a computer that has none the native clock, and
        a `note` that says so.

    Raises
    ------
    LivehostError
        Where the device asked for is not there, or a device does not take the settings.
    """
    from livehost.engine.drivers.devices import NoSoundCard
    from livehost.engine.drivers.null import NullDriver
    from livehost.engine.drivers.offline import OfflineDriver

    name = values["audio.driver"]
    if name == "portaudio":
        return _open_card(values, input_file, output_file)
    if name in ("null", "offline"):
        for side, is_file in (("input", input_file), ("output", output_file)):
            if values[f"audio.{side}"] and not is_file:
                raise LivehostError(
                    f"The {side} {values[f'audio.{side}']!r} is no sound file, and the {name} driver has no devices.", 2
                )
        return NullDriver(values) if name == "null" else OfflineDriver(values)
    try:
        return _open_card(values, input_file, output_file)
    except NoSoundCard as error:
        asked = [
            values[k] for k, is_file in (("audio.input", input_file), ("audio.output", output_file)) if not is_file
        ]
        if any(asked):
            raise  # a device that was named is wanted, not replaced
        return NullDriver(
            values, note=f"No sound card is used ({error}) livehost runs on its own clock, without sound."
        )


def _open_card(values: Settings, input_file: bool, output_file: bool) -> Driver:
    """Find the card, and the driver for it."""
    from livehost.engine.drivers import devices
    from livehost.engine.drivers.card import Card
    from livehost.engine.drivers.jack import JackDriver
    from livehost.engine.drivers.patience import ask
    from livehost.engine.drivers.portaudio import PortAudioDriver

    def find() -> Driver:
        devices.rescan()
        card = Card(values, input_file=input_file, output_file=output_file)
        return (JackDriver if card.output["host"] == devices.JACK else PortAudioDriver)(values, card)

    return ask(find)
