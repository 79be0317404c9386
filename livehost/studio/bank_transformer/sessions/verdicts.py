"""Finds what was judged in a session: the answer that a verdict is about, and what stood armed beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from livehost.studio.bank_transformer.sessions.folder import Reign, SessionFiles

#: Verdict → whether it is for the answer or against it, and what it counts. "Change" says that another one was wanted
#: there and then, not that the sound was bad.
VERDICTS = {"approve": (1.0, 1.0), "reject": (-1.0, 1.0), "change": (-1.0, 0.5)}
#: Verdicts about a sound wherever it would be chosen, not only about one moment.
LASTING = ("approve", "reject")


@dataclass(frozen=True)
class Answer:
    """An answer that sounded.

    Attributes
    ----------
    frame : int
        When it began.
    onset_frame : int
        Onset that it answers, −1 for none.
    heard_ms : float
        How much of that had been heard when it was chosen; 0 for none.
    index : int
        Item of the bank.
    decision : int
    """

    frame: int
    onset_frame: int
    heard_ms: float
    index: int
    decision: int


@dataclass(frozen=True)
class Verdict:
    """A judged answer.

    Attributes
    ----------
    word : str
        A key of `VERDICTS`.
    answer : int
        Which of a reign's answers.
    others : tuple of int
        Other items that stood armed; empty where that is not known.
    """

    word: str
    answer: int
    others: tuple[int, ...]


def answers_of(files: SessionFiles, reign: Reign) -> list[Answer]:
    """List the answers of a reign; of several sounds that begin together the first, which the model was told of."""
    until = min((r.first for r in files.reigns if r.part == reign.part and r.first > reign.first), default=1 << 62)
    found: dict[int, Answer] = {}
    for event in files.of("sample"):
        frame = int(event["frame"])
        if event["part"] == reign.part and reign.first <= frame < until and event["index"] >= 0 and not event["noted"]:
            answer = Answer(
                frame, int(event["onset_frame"]), float(event["heard_ms"] or 0.0), int(event["index"]),
                int(event["decision"]),
            )  # fmt: skip
            found.setdefault(frame, answer)
    return [found[frame] for frame in sorted(found)]


def verdicts_of(files: SessionFiles, reign: Reign, answers: Sequence[Answer]) -> list[Verdict]:
    """List the verdicts about the answers of a reign: each is about what its part, or any part, played last."""
    frames = np.array([answer.frame for answer in answers], np.int64)
    latest = [(int(event["frame"]), int(event["part"])) for event in files.of("sample")]
    found = []
    for event in files.of("steer"):
        if event["verdict"] not in VERDICTS:
            continue
        before = [row for row in latest if row[0] <= event["frame"]]
        part = event["part"] if event["part"] >= 0 else max(before)[1] if before else -1
        at = int(np.searchsorted(frames, event["frame"], side="right")) - 1
        nothing_since = not any(r.part == part and reign.first < r.first <= event["frame"] for r in files.reigns)
        if part == reign.part and at >= 0 and nothing_since:
            plan = files.plans.get((part, answers[at].decision), {"index": []})
            others = tuple(int(item) for item in plan["index"] if item != answers[at].index)
            found.append(Verdict(event["verdict"], at, others))
    return found
