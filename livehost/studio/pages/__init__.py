"""Pages about models of sounds: `livehost explore` shows what one knows, `livehost listen` asks ears about it.

`folder` writes pages with their sounds and pictures, `explore` and `listen` what stands on them; an export needs no
torch, a checkpoint does.
"""
