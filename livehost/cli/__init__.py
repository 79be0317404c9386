"""The command line; thin: each command turns what was typed into settings and calls what does the work."""
