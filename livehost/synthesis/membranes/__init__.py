"""Ideal membranes of any outline, struck at one point and heard at another: what drum sounds with known labels are of.

The wave equation with losses, ρ u_tt = T ∇²u − 2ρσ₀ u_t + 2ρσ₁ ∇²u_t, u = 0 at the rim, solved in two ways. Circle,
rectangle and equilateral triangle have modes in closed form, and are sums of them (`closed_forms`, `modal`); any other
outline is stepped by finite differences (`grid`, `fdtd`), and so may those three be. `drum` puts a sound together.

Outlines are kept in unit coordinates: the origin at the centre, and the area of a circle of diameter 1. A drum's size
is the diameter of the circle of its area, so that one number compares all shapes. `labels` draws drums and strokes by
chance, and `labelled_set` makes folders of sounds of them. Needs scipy and shapely, of the extra `studio`; no sound of
the stage is made here (its drums, in air, are in `livehost.synthesis.membrane`).
"""
