"""The bank is the very take, cut into its sounds: only prediction can name the true sound before it is heard."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import soundfile

from livehost.bank.decode import decode
from livehost.bank.layout import Bank
from livehost.bank.slice import FADE_MS, trim
from livehost.studio.stage_evaluation.answers import answers_of, armed_by
from livehost.studio.stage_evaluation.figures import Figure, share
from livehost.studio.stage_evaluation.material import Take
from livehost.studio.stage_evaluation.session import RATE, Player
from livehost.studio.stage_evaluation.setup import Setup

#: Wanted: the share of true sounds in units of the nearest player's, and in per cent; the same among the armed.
TIMES_PLAYED, PLAYED_SHARE, TIMES_ARMED = 3.0, 3.0, 1.5
#: Takes that give fewer slices say nothing.
LEAST_SLICES = 8


def slice_onsets(bank: Bank, path: Path) -> np.ndarray:
    """Give where the attack of each slice of a bank of one file stands in that file, int64 [items].

    Neighbouring slices overlap by `FADE_MS`, so each begins where the one before ends, less that.
    """
    start = trim(decode(path, bank.rate).samples, bank.rate).start
    fade = round(FADE_MS * bank.rate / 1000)
    lengths = bank.items["frames"][:-1].astype(np.int64) - fade
    return start + np.concatenate([[0], np.cumsum(lengths)]) + bank.items["onset"]


def play_take(setup: Setup, player: Player, take: Take) -> tuple[int, int, int]:
    """Play one take over itself; count its answers, those that are the true sound, and those that had it armed."""
    folder = setup.folder / f"take-{take.name}"
    folder.mkdir(exist_ok=True)
    soundfile.write(folder / "take.wav", take.sound, RATE, "FLOAT")
    bank = setup.opened(folder, slices=True)
    if len(bank) < LEAST_SLICES:
        return 0, 0, 0
    frames = slice_onsets(bank, folder / "take.wav")
    session = player.play(take.sound, folder, bank__slice=True, player__answer_delay_ms=0.0)
    found, armed = answers_of(session, frames), armed_by(session)
    true = int((found.item == found.stroke).sum())
    among = sum(int(k in armed.get(int(frame), ())) for k, frame in zip(found.stroke, found.onset, strict=True))
    return len(found), true, among


def true_sounds(setup: Setup) -> Iterator[Figure]:
    """Share of the answers that are the true sound, and of those whose armed plan held it."""
    counts = {}
    for player in setup.players:
        rows = []
        for take in setup.takes:
            setup.say(f"the take itself, {player.name}, {take.name}")
            rows.append(play_take(setup, player, take))
        counts[player.name] = np.array(rows).sum(axis=0)
    for at, (name, least) in enumerate((("true sound played", PLAYED_SHARE), ("true sound armed", 0.0)), 1):
        values = {who: share(row[at], row[0]) for who, row in counts.items()}
        for who, value in values.items():
            yield Figure(
                "the take itself", name, who, value, "%", least=least if least else -np.inf,
                note=f"{counts[who][at]:,} of {counts[who][0]:,}",
            )  # fmt: skip
        if len(values) == 2:
            ours, theirs = values.values()
            times = (TIMES_PLAYED, TIMES_ARMED)[at - 1]
            yield Figure(
                "the take itself", f"{name}, times {setup.beside.name}'s", setup.player.name,
                ours / theirs if theirs else np.inf if ours else np.nan, "×", least=times,
            )  # fmt: skip
