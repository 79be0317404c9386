"""A bank grows: candidates are made, finished and checked, and those that pass are written, until there are enough."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

import livehost
from livehost.bank.layout import Bank
from livehost.bank.load import open_bank
from livehost.bank.measure import FeatureExtractor
from livehost.errors import LivehostError
from livehost.growing.candidates import Candidate, Candidates, batches
from livehost.growing.checks import NEAR, WORDS
from livehost.growing.distinct import ENOUGH, Distinct
from livehost.growing.files import look, measure_file, remove_parts, take_originals, writing
from livehost.growing.finish import Finished, finish
from livehost.growing.names import name_of
from livehost.growing.order import Order
from livehost.growing.record import Grown, Record, Rejected, check_same
from livehost.inference.sound_model import open_sound_model
from livehost.printable import few
from livehost.studio.audio.files import write_sound
from livehost.studio.audio.voice import voice_for

Progress = Callable[[int, int, str], None]
#: So many candidates are tried for each sound, and some more where few are wanted.
TRIES, MORE_TRIES = 4, 64


@dataclass(frozen=True)
class Growth:
    """What came of an order.

    Attributes
    ----------
    order : Order
    record : Record
    bank : Bank
        That it grew from.
    features : numpy.ndarray
        Float32 [n, SEGMENT_SIZE], of the sounds in `record.grown`.
    now : int
        How many of these were made by this call; the others were there.
    """

    order: Order
    record: Record
    bank: Bank
    features: np.ndarray
    now: int

    def summary(self) -> str:
        """Say in a line what came of it."""
        grown, rejected = len(self.record.grown), len(self.record.rejected)
        why = few([f"{count} {words}" for words, count in counted(self.record).items()])
        seconds = sum(sound.seconds for sound in self.record.grown)
        there = "" if self.now == grown else f", {self.now} of them now"
        wanted = self.order.count
        fewer = f" More than these of {wanted} did not pass; a larger spread may help." if grown < wanted else ""
        return (
            f"{grown} sounds{there}, {seconds:.0f} s, by {self.record.about['model']} and "
            f"{self.record.about['voice']}; {grown} of {grown + rejected} passed{f': {why}' if why else ''}.{fewer}"
        )


def counted(record: Record) -> dict[str, int]:
    """Count what was rejected, by the words for the reason; most first."""
    return {WORDS[reason]: n for reason, n in Counter(row.reason for row in record.rejected).most_common()}


class Work:
    """An order, made ready to be carried out: model and bank are open, and fit what has been grown so far.

    What comes out follows from the order's terms and the numbers of the candidates.

    Parameters
    ----------
    order : Order
    progress : callable, optional
        Gets (done, total, name) while the bank is read.

    Raises
    ------
    LivehostError
        One sentence: a folder or a model that cannot be used, or that was grown otherwise.
    """

    def __init__(self, order: Order, progress: Progress | None = None) -> None:
        kept = look(order.out)
        model, manifest = open_sound_model(order.model)
        voice = voice_for(model, order.vocoder or None)
        bank = open_bank(order.samples, model.contract.rate, slice_onsets=order.slice_onsets, progress=progress)
        terms = {"bank": bank.hash, "model": dict(manifest.files), "voice": voice.name, **order.terms()}
        if kept is not None:
            check_same(kept, terms, order.out)
        about = {
            "livehost": livehost.__version__, "model": manifest.name, "kind": manifest.kind,
            "licence": manifest.licence, "learnt_from": manifest.data, "bank": bank.directory.name,
            "sounds": len(bank), "way": order.way, "voice": voice.name,
        }  # fmt: skip
        self._record = Record(terms, about) if kept is None else replace(kept, about=about)
        self._order, self._bank, self._voice = order, bank, voice
        self._candidates, self._meter = Candidates(order, bank, model), FeatureExtractor(bank.rate)
        self._features: list[np.ndarray] = []

    def grow(self, workers: int, progress: Progress | None = None) -> Growth:
        """Carry the order out, or go on with it.

        Parameters
        ----------
        workers : int
            Threads that finish sounds.
        progress : callable, optional
            Gets (done, total, name).

        Raises
        ------
        LivehostError
            Where the disk is full or cannot be written to, or no sound passes.
        """
        order, record = self._order, self._record
        with writing(order.out), ThreadPoolExecutor(workers, thread_name_prefix="grow") as pool:
            if progress is not None:
                progress(0, order.count, "")
            self._begin(pool)
            now = self._run(pool, progress)
        if not record.grown:
            why = few(list(counted(record)))
            raise LivehostError(f"None of {record.tried} sounds of {record.about['model']} passes: they are {why}.")
        return Growth(order, record, self._bank, np.array(self._features), now)

    def _begin(self, pool: ThreadPoolExecutor) -> None:
        """Take in what there is: the bank, what was grown before (but what has been deleted since), the originals."""
        order, record, bank = self._order, self._record, self._bank
        remove_parts(order.out)
        further = self._finished(self._candidates.batch(0), pool) if len(bank) < ENOUGH else []
        rows = [made.features for made in further if not made.reason]
        self._distinct = Distinct(bank.features, np.array(rows or bank.features[:0], np.float32))
        self._names = list(bank.names)
        there = pool.map(lambda sound: measure_file(order.out / sound.name, self._meter), record.grown)
        grown, record.grown = record.grown, []
        for sound, features in zip(grown, there, strict=True):
            if features is not None:
                self._add(sound, features)
        if order.originals:
            record.originals = take_originals(bank, order.out)
        record.write(order.out)

    def _run(self, pool: ThreadPoolExecutor, progress: Progress | None) -> int:
        """Try candidates until there are enough sounds; gives how many were made."""
        order, record = self._order, self._record
        before, most = len(record.grown), record.tried + TRIES * order.count + MORE_TRIES
        for batch in batches(self._candidates, record.tried, most):
            if len(record.grown) >= order.count:
                break
            for made in self._finished(batch, pool):
                if len(record.grown) < order.count:
                    self._judge(made)
                    if progress is not None:
                        progress(len(record.grown), order.count, record.grown[-1].name if record.grown else "")
            record.write(order.out)
        return len(record.grown) - before

    def _finished(self, batch: Sequence[Candidate], pool: ThreadPoolExecutor) -> list[Finished]:
        return list(pool.map(lambda candidate: finish(candidate, self._voice, self._meter), batch))

    def _judge(self, made: Finished) -> None:
        """Take a sound, or note why not."""
        record, candidate = self._record, made.candidate
        parents = [self._bank.names[item] for item in candidate.place.parents]
        record.tried = candidate.number + 1
        if made.reason:
            record.rejected.append(Rejected(candidate.number, parents, made.reason))
            return
        number, far = self._distinct.nearest(made.features)
        if far < self._distinct.limit:
            record.rejected.append(Rejected(candidate.number, parents, NEAR, self._names[number]))
            return
        name = name_of(parents, self._record.about["model"], candidate.number)
        write_sound(self._order.out / name, made.sound, self._meter.rate)
        self._add(
            Grown(
                name, candidate.number, parents, round(candidate.place.share, 4),
                round(len(made.sound) / self._meter.rate, 4), round(made.level.loudness_db, 2),
                round(made.level.peak_db, 2), self._names[number], round(far / self._distinct.limit, 3),
            ),
            made.features,
        )  # fmt: skip

    def _add(self, sound: Grown, features: np.ndarray) -> None:
        self._record.grown.append(sound)
        self._names.append(sound.name)
        self._distinct.add(features)
        self._features.append(features)
