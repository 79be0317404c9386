"""Copies the context out of a player that plays, and tells one to a player that does not play yet."""

import time
from typing import Any

import numpy as np

from livehost.inference.kv_cache import EMPTY
from livehost.inference.recurrent_stepper import RecurrentStepper
from livehost.performance.vocabulary import NOTE_OFF
from livehost.players.performance.context import HISTORY, PerformanceContext
from livehost.players.performance.state import HEARD, OWN, SEEN

#: Inputs of the model that are its state; how long a copy of them is tried for, s; events that another model is told.
_STATE, _TRY_S, _TOLD = ("hidden", "keys", "values"), 1.0, 256


def copy_context(state: Any, stepper: RecurrentStepper, model: str) -> PerformanceContext:
    """Copy the newest events, and the state after them unless it keeps changing for as long as that is tried.

    Parameters
    ----------
    state : PERFORMANCE
    stepper : RecurrentStepper
    model : str
        Digest of the model.
    """
    deadline = time.monotonic() + _TRY_S
    while True:
        before = int(state["changing"])
        context = _copy(state, stepper, model)
        if before % 2 == 0 and int(state["changing"]) == before:
            return context
        if time.monotonic() > deadline:
            return context.without_state()
        time.sleep(1e-4)


def _copy(state: Any, stepper: RecurrentStepper, model: str) -> PerformanceContext:
    told = int(state["told"])
    places = np.arange(max(told - HISTORY, 0), told) % SEEN
    inputs = stepper.memory.inputs
    kept = {name: inputs[name].copy() for name in _STATE if name in inputs}
    events, sources = (state[f"seen_{what}"][places].copy() for what in ("event", "source"))
    return PerformanceContext(events, sources, model, int(stepper.memory.count[0]), kept)


def feed_context(state: Any, stepper: RecurrentStepper, model: str, context: PerformanceContext) -> None:
    """Tell a context to a player that knows nothing yet; notes that sound in it are ended.

    Raises
    ------
    LivehostError
        Where the model fails on the events.
    """
    events, sources = context.events[-HISTORY:], context.sources[-HISTORY:]
    if context.model == model and _fits(stepper, context):
        _set_state(stepper, context)
    else:
        events, sources = events[-_TOLD:], sources[-_TOLD:]
        for event, source in zip(events.tolist(), sources.tolist(), strict=True):
            stepper.step(event, source)
    stepper.memory.record["kept"] = 0
    state["told"] = state["floor"] = len(events)
    for what, values in (("event", events), ("source", sources)):
        state[f"seen_{what}"][: len(values)] = values
    ends = [(NOTE_OFF + pitch, source) for source in (OWN, HEARD) for pitch in context.sounding(source)]
    for event, source in ends:
        place = state["queue"][int(state["queued"])]
        place["step"], place["event"], place["source"], place["planned"] = state["step"], event, source, 1
        state["queued"] += 1


def _fits(stepper: RecurrentStepper, context: PerformanceContext) -> bool:
    inputs = stepper.memory.inputs
    wanted = {name: inputs[name].shape for name in _STATE if name in inputs}
    return {name: array.shape for name, array in context.state.items()} == wanted


def _set_state(stepper: RecurrentStepper, context: PerformanceContext) -> None:
    memory = stepper.memory
    for name, array in context.state.items():
        memory.inputs[name][:] = array
    memory.count[0] = context.count
    if memory.shape.attentive:
        memory.inputs["bias"][: min(context.count, memory.shape.window)] = 0.0
        memory.inputs["bias"][min(context.count, memory.shape.window) : -1] = EMPTY
