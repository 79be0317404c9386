"""`livehost studio`: the families of models and what they need, and the runs that trained some. No torch.

`families` shows the table of families, `runs` finds runs and says in what two of them differ, `picture` draws their
curves.
"""
