"""The families of models that livehost trains, exports and evaluates: a table, one row a family.

To add a family: a folder with its code, see `livehost.studio.family.FamilyCode`, and its row (`row.py`), from which the
command line makes its commands; the row's name here; and, for its exports, a row in `livehost.inference.kinds.KINDS`.
"""

from livehost.studio.bank_transformer.row import BANK
from livehost.studio.family import Family
from livehost.studio.gansynth.row import GANSYNTH
from livehost.studio.mel_vae.row import MEL_VAE
from livehost.studio.mel_vqvae.row import MEL_VQVAE
from livehost.studio.performance_rnn.row import PERFORMANCE
from livehost.studio.strike.row import STRIKE
from livehost.studio.vocoder.row import VOCODER

_ROWS = (BANK, PERFORMANCE, STRIKE, MEL_VAE, MEL_VQVAE, VOCODER, GANSYNTH)
#: Name on the command line → row.
FAMILIES: dict[str, Family] = {row.name: row for row in _ROWS}


def family_of(kind: str) -> Family | None:
    """Find the family whose checkpoints and exports are of a kind; None for none."""
    return next((family for family in FAMILIES.values() if family.kind == kind), None)
