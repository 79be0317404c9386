"""What a bank transformer learns from sessions (`livehost train bank --session DIR`): what was played, and verdicts.

`folder` reads a session folder, whatever of it is there; `recording` makes recordings of what the musician played;
`verdicts` finds what was judged, `contexts` the moments at which answers were chosen, `preference` learns which of them
is preferred; `task` joins all that with the training of the family.
"""
