"""The performance player."""
