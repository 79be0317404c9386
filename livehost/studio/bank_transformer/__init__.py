"""The bank transformer: its network, data, loss, validation, evaluation and export."""
