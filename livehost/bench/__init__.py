"""The bench: figures with budgets that can fail (``livehost bench``)."""
