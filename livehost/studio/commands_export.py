"""`livehost export bank`."""

from pathlib import Path


def export_bank_command(
    checkpoint: Path,
    out: Path,
    *,
    torchscript: bool = False,
    int8: bool = False,
    play_int8: bool = False,
    licence: str = "MIT",
) -> None:
    """Export a trained bank transformer; refused where its formats do not agree.

    Parameters
    ----------
    checkpoint : Path
        What `livehost train bank` saved.
    out : Path
        Folder of the export, such as exports/NAME.
    torchscript, int8 : bool
        Further formats.
    play_int8 : bool
        Play 8-bit weights by default.
    licence : str
        Of the weights.
    """
    from rich import print as say

    from livehost.studio.export import export_bank

    export_bank(checkpoint, out, torchscript=torchscript, int8=int8, play_int8=play_int8, licence=licence, say=say)
