"""What fades when the musician comes back fades on its frame, however the blocks are cut."""

from livehost.bench.material import RATE, demo_bank
from livehost.studio.stage_evaluation.session import Player
from livehost.synthesis.performer import perform


def test_a_fade_begins_on_its_frame_however_blocks_are_cut(tmp_path):
    player, sound = Player(tmp_path, {"player.name": "nearest"}), perform(20.0, RATE, 4)[0]
    ends = [
        [
            (event["decision"], event["frame"], event["ending"])
            for event in player.play(sound, demo_bank(), player__mode="continue", audio__ragged=ragged).of("end")
        ]
        for ragged in (False, True)
    ]
    assert ends[0] == ends[1]
    assert sum(ending == "faded" for *_, ending in ends[0]) > 1
