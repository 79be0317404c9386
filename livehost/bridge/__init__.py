"""To the outside world; knows no samples.

`control` is what may be asked of a session (`livehost.stage.control` carries it out), `subscriptions` who gets what,
`scenes` and `event_log` the files, `osc` and `midi` the wires.
"""
