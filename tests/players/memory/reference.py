"""The memory of a session in plain Python: slow, and with no bounds but those that are part of what it says."""

import numpy as np

from livehost.players.memory.codebook import NEAR
from livehost.players.memory.line import ORDERS
from livehost.players.memory.query import BASE, DEPTH, DOUBT, ESCAPE, LEAST, PEEK_ALONE, SLACK, UNSURE
from livehost.players.memory.state import VISITS


class ReferenceMemory:
    """As `SessionMemory`, with its codebook and its constants; every context is looked for from the newest sound on."""

    def __init__(self, memory, matrix, allowed, sounds):
        state = memory._state[0]
        self.book, self.code = memory.codebook.book, memory.codebook.code
        self.tolerance, self.sharpness = float(state["tolerance"]), float(state["sharpness"])
        self.matrix, self.allowed, self.sounds = matrix, allowed, sounds
        self.forget()

    def forget(self):
        """Forget."""
        self.lines = ([], [])  # of (place, symbol, {item: share})

    def _codes(self, place):
        order = np.argsort(((self.book - place) ** 2).sum(1), kind="stable")
        return [int(c) for c in order[:2]]

    def hear(self, place):
        """Remember a heard segment."""
        distance = np.sqrt(((self.matrix - place) ** 2).sum(1))
        distance[self.allowed != 1] = np.inf
        near = [int(i) for i in np.argsort(distance, kind="stable")[:NEAR] if np.isfinite(distance[i])]
        weight = np.exp(-self.sharpness * (distance[near] - min(distance, default=0.0)))
        shares = dict(zip(near, weight / weight.sum(), strict=True)) if near else {}
        self._append(0, (place, self._codes(place)[0], shares))

    def played(self, item):
        """Remember a played item."""
        self._append(1, (self.matrix[item], int(self.code[item]), {item: 1.0}))

    def _append(self, which, sound):
        self.lines[which].append(sound)
        del self.lines[which][: -self.sounds]

    def _matches(self, line, provisional):
        """Sounds that followed an earlier context like that of now: {number: weight}."""
        now = [sound[0] for sound in line] + ([] if provisional is None else [provisional])
        if not now:
            return {}
        symbols, newest = [sound[1] for sound in line], len(now) - 1
        ends = [(code, symbols[:newest], 0) for code in self._codes(now[-1])]
        if provisional is not None and symbols:
            ends.append((symbols[-1], symbols[:-1], 1))
        places_found = set()
        for code, before, ahead in ends:
            for order in ORDERS:
                if order - 1 > len(before):
                    continue
                wanted = [*before[len(before) - order + 1 :], code]
                places = [n for n in range(order - 1, len(line)) if symbols[n - order + 1 : n + 1] == wanted]
                # the newest sound of a line stands in its own chain
                for n in places[::-1][:VISITS]:
                    j = n + ahead
                    if j + 1 < len(line):
                        places_found.add(j)
        nearest = min((float(((line[j][0] - now[newest]) ** 2).sum()) for j in places_found), default=np.inf)
        weights = {j + 1: self._weight(line, now, j, newest, provisional, nearest) for j in sorted(places_found)}
        return {j: weight for j, weight in weights.items() if weight > 0}

    def _weight(self, line, now, n, newest, provisional, nearest):
        total, alike, base = 0.0, 1.0, 1.0 if provisional is None else PEEK_ALONE
        for k in range(min(DEPTH, n + 1, newest + 1)):
            tolerance = self.tolerance * (UNSURE if k == 0 and provisional is not None else 1.0)
            square = max(tolerance**2, SLACK * nearest)
            alike *= np.exp(-float(((line[n - k][0] - now[newest - k]) ** 2).sum()) / square)
            if alike < LEAST:
                break
            total, base = total + base * alike, BASE * max(base, 1.0)
        return total

    def probabilities(self, heard_share=1.0, provisional=None):
        """Probability of every item, float64 [items]; that of barred ones is the floor."""
        mass, left = np.zeros(len(self.matrix)), 0.0
        for which, share in ((0, heard_share), (1, 1.0 - heard_share)):
            line = self.lines[which]
            found = self._matches(line, provisional if which == 0 else None) if share > 0 else {}
            total, left = ESCAPE + (1.0 + DOUBT) * sum(found.values()), left + share
            for j, weight in found.items():
                for item, part in line[j][2].items():
                    if self.allowed[item] == 1:
                        mass[item] += share * weight / total * part
                        left -= share * weight / total * part
        return mass + max(left, 1e-9) / len(mass)
