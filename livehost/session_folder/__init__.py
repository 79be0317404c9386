"""What a session leaves in its folder (`livehost run --session DIR`): the files, and how each is laid out.

`heard.wav`, `played.wav`
    What was heard and what was played, 32-bit floating point, to the bit.
`events.jsonl`
    The event log; its header says what the session was (`livehost.session_log`).
`inputs.bin`
    What the real-time threads took in besides sound (`livehost.session_folder.inputs`): a replay feeds it back.
`player-N-P.npz`
    Who began to play part P at command N of the hot swap, 0 at the start (`livehost.session_folder.players`).
`plans.bin`
    What stood armed at each moment (`livehost.session_folder.plans`).
`attention.bin`
    What the models looked at whenever something was chosen, and last at each sound (`livehost.session_folder.looks`,
    `livehost.session_folder.attention`).
"""
