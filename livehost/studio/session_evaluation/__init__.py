"""`livehost evaluate session`: whether a model that learns from half a session is better in the other half.

`sessions` plays takes as one session, through the whole stage, and cuts its first half with verdicts of a listener who
dislikes some sounds; `measure` learns from that and asks about what comes later; `command` runs it and shows a table.
"""
