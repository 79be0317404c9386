"""What the evaluation of any model family needs.

`command` is `livehost evaluate NAME`; `bootstrap` computes confidence intervals, `table` makes tables for the terminal,
`json_file` writes results. Pictures are drawn with `livehost.view.picture.page`.
"""
