"""One running session: composition, control, event bus, outputs, monitor, hot swap, recorder."""
