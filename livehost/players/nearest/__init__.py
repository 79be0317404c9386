"""The player without a network: the item nearest to what was just heard, or the successor of the last."""
