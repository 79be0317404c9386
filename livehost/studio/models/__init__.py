"""Networks that stand in one file each: hyperparameters, whole sequences, single steps."""
