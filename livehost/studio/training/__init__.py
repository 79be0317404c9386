"""Training of any model family: loop, schedule, EMA, NaN guard, checkpoints, reports; what is learnt is a `Task`."""
