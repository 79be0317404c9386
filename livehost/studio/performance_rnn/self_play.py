"""Lets the model play parts of the own lines of training sequences: what it chose is what it hears.

One pass without gradient asks; sampled pitches and velocities take the place of some that were played, and are what is
released then. Sources: Bengio et al. 2015 (scheduled sampling); Mihaylova & Martins 2019 (one more pass in
place of step by step).
"""

import numpy as np
import torch

from livehost.performance.vocabulary import NOTE_OFF, NOTE_ON, VELOCITY
from livehost.studio.models.performance_rnn import PerformanceRNN
from livehost.studio.performance_rnn.own_line import own_strikes, own_velocities, play_instead
from livehost.studio.performance_rnn.sampling import Batch

#: Share of the own pitches and velocities that are played by the model.
SHARE = 0.25


@torch.no_grad()
def play_itself(model: PerformanceRNN, batch: Batch) -> Batch:
    """Replace some of the own events of the sequences that are to be `sampled` by what the model chooses.

    Returns
    -------
    Batch
        With other events, and targets of the releases.
    """
    rows = torch.nonzero(batch.sampled)[:, 0]
    if not len(rows):
        return batch
    logits = model(batch.events[rows], batch.sources[rows], batch.conditions[rows])[0].float()
    pitches, velocities = (
        torch.distributions.Categorical(logits=logits[..., first:end]).sample().cpu().numpy()
        for first, end in ((NOTE_ON, NOTE_OFF), (VELOCITY, logits.shape[-1]))
    )
    chance = torch.rand(batch.events[rows].shape).numpy()
    events, targets = batch.events.cpu().numpy().copy(), batch.targets.cpu().numpy().copy()
    sources = batch.sources.cpu().numpy()
    for number, row in enumerate(rows.tolist()):
        line, whose = events[row], sources[row]
        strikes, sets = own_strikes(line, whose), own_velocities(line, whose)
        for at in strikes[(chance[number, strikes] < SHARE) & (strikes > 0)]:
            play_instead(line, whose, targets[row], int(at), int(pitches[number, at - 1]))
        chosen = sets[(chance[number, sets] < SHARE) & (sets > 0)]
        line[chosen] = VELOCITY + velocities[number, np.maximum(chosen - 1, 0)]
    device = batch.events.device
    return batch._replace(events=torch.from_numpy(events).to(device), targets=torch.from_numpy(targets).to(device))
