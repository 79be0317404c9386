"""The page of a session: its pictures, its sound, and what happened in it."""
