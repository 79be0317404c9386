"""Make the place where the README is typed: livehost from its wheel in an environment of its own, sounds, recordings.

nice python3 .ci/prepare.py FOLDER    a new folder, for `.ci/wheel.py FOLDER`; behind whatever else is done
"""

import json
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from place import BEHIND_PATIENCE_S, CHECKOUT, PATIENCE_S, Failed, Place
from readme import block, readme

#: What commands say of themselves.
_HELP = "help.json"


def prepare(root: Path, patience_s: float = PATIENCE_S) -> Place:
    """Build the wheel, install it, and make the folders that the README speaks of, all in a folder."""
    began = time.monotonic()
    place = replace(Place(root), patience_s=patience_s).beside("stage")
    place.session.mkdir()
    subprocess.run([sys.executable, "-m", "venv", place.root / "venv"], check=True)
    place.type(f"pip wheel -q --no-deps -w '{place.root}' '{CHECKOUT}'")
    (place.wheel,) = place.root.glob("*.whl")
    place.install("")
    where = place.type("python -c 'import livehost; print(livehost.__file__)'").strip()
    if not Path(where).is_relative_to(place.root):
        raise Failed(f"livehost is imported from {where}, not from the wheel")
    takes = place.session / "my-recordings", place.session / "my-other-recordings"
    for folder in takes:
        folder.mkdir()
    names = ("run", "demo", "devices", "settings", "addresses", "bench", "soundcheck", "doctor", "bank build",
             "bank info", "bank map", "train bank", "export bank", "evaluate bank", "train performance",
             "export performance", "evaluate performance", "generate performance",
             "evaluate stage", "plot attention", "grow")  # fmt: skip
    demos = [f"livehost demo ../made/{seed} --seconds 12 --seed {seed} --driver offline" for seed in range(1, 8)]
    place.type(demos[0])  # the first one compiles, for all
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        waiting = [pool.submit(place.type, demo) for demo in demos[1:]]
        for seed in range(1, 5):
            piece = (
                f"livehost generate performance --seconds 20 --density 8 --seed {seed} --out my-midi/piece-{seed}.mid"
            )
            waiting.append(pool.submit(place.type, piece))
        told = dict(zip(names, pool.map(lambda name: place.type(f"livehost {name} -h"), names), strict=True))
        for future in waiting:
            future.result()
    for seed in range(1, 8):
        shutil.copy(place.root / "made" / str(seed) / "take.wav", takes[seed > 5] / f"take-{seed}.wav")
    shutil.copytree(place.root / "made" / "1" / "bank", place.session / "samples")
    (place.session / "stage.toml").write_text(block(readme(), "toml"), "utf-8")
    (root / _HELP).write_text(json.dumps(told), "utf-8")
    print(f"{place.wheel.name} is installed, with no torch ({time.monotonic() - began:.0f} s)", flush=True)
    return prepared(root)


def prepared(root: Path) -> Place:
    """Open the place that `prepare` has made in a folder."""
    (wheel,) = root.glob("*.whl")
    return Place(root, "stage", wheel, json.loads((root / _HELP).read_text("utf-8")))


if __name__ == "__main__":
    (folder,) = map(Path, sys.argv[1:])
    folder.mkdir()
    prepare(folder, BEHIND_PATIENCE_S)
