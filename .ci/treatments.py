"""How commands of the README are typed: each function runs one, sees what it does, and says so in words."""

import re
import socket
import time
from collections.abc import Callable

from place import CHECKOUT, Failed, Place, concert
from readme import commands, readme

#: What is printed of a sound that was played, in whichever mode.
_PLAYED = r"^ .* (?:answer|duo|unison) .* probability "
_ASKED = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")
#: Where OSC comes in for what is typed while others hear the usual port.
_OTHER_PORT = 18_770


def to_end(place: Place, command: str) -> str:
    """Run it to its end."""
    place.type(command)
    return "ran"


def show(place: Place, command: str) -> str:
    """Let it be ready, hear a drummer and answer; then press Ctrl-C."""
    with concert(place), place.running(command) as run:
        run.wait_for("^Ready after ")
        place.type("jack_connect drummer:300_bpm livehost-audio:in_1")
        run.wait_for(_PLAYED, 4)
        run.end()
    if (model := re.search(r"--model (\S+)", command)) and f"Model: {model[1]}," not in run.said:
        raise Failed(f"did not play {model[1]}:\n{run.said[-3000:]}")
    return "answered a drummer, ended by Ctrl-C"


def improvised(place: Place, command: str) -> str:
    """Let it be ready, hear a drummer and play notes; then press Ctrl-C."""
    with concert(place), place.running(command) as run:
        run.wait_for("^Ready after ")
        place.type("jack_connect drummer:300_bpm livehost-audio:in_1")
        run.wait_for(r"^ .* note  ", 4)
        run.end()
    return "played notes with a drummer, ended by Ctrl-C"


def spoken(place: Place, command: str) -> str:
    """Type it while livehost runs; what watches is ended by Ctrl-C."""
    with concert(place), place.running("livehost run --bank samples/") as run:
        run.wait_for("^Ready after ")
        if " monitor" not in command:
            place.type(command)
            told = "was answered"
        else:
            with place.running(command) as watch:
                watch.wait_for("^What comes in at ")
                place.type("livehost osc send /livehost/reset")
                watch.wait_for("/livehost/reset → done")
                watch.end()
            told = "told of a message, ended by Ctrl-C"
        run.end()
    return told


def checked(place: Place, command: str) -> str:
    """Let the drummer play when the soundcheck asks for it; what it leaves must be read by a run."""
    with concert(place), place.running(command) as run:
        run.wait_for("^3/3  Now play")
        place.type("jack_connect drummer:300_bpm livehost-audio:in_1")
        run.wait_for("^stage.toml is written")
        run.process.wait(60)
    if run.process.returncode or " 0 heard" in run.said or "Traceback" in run.said:
        raise Failed(f"ended with {run.process.returncode}:\n{run.said[-3000:]}")
    return "heard a drummer, and wrote stage.toml"


def examined(place: Place, command: str) -> str:
    """Let it look at this machine, which need not be safe for a show; what it says must be a page."""
    with concert(place):
        said = place.type(f"{command} || test $? -eq 1")
    if "The show is" not in said or "could not be checked" in said:
        raise Failed(f"said:\n{said[-3000:]}")
    return f"said: {said.strip().splitlines()[-1]}"


def training(place: Place, command: str) -> str:
    """Let it validate, learn a little, and press Ctrl-C."""
    with place.running(command) as run:
        run.wait_for(r"^\* step +0, .* left")
        time.sleep(3)
        run.end()
    out = re.search(r"--out (\S+)", command)
    if out is None or not (place.session / out[1] / "best.pt").is_file() or "go on with --resume" not in run.said:
        raise Failed(f"left no best.pt:\n{run.said[-3000:]}")
    return "learnt for three seconds, ended by Ctrl-C"


def installed(_: Place, command: str) -> str:
    """Make sure that what stands behind the installation, which this script has done, is typed below."""
    if (rest := command.split(" && ")[1]) not in commands(readme()):
        raise Failed(f"{rest} is typed nowhere")
    return "installed from the wheel; the rest is typed below"


def done_by_ci(_: Place, command: str) -> str:
    """Make sure that `.ci/run` does the same."""
    run = (CHECKOUT / ".ci" / "run").read_text("utf-8")
    packages = re.findall(r'packages="(.*)"', run)[0].split()
    wanted = re.findall(r"apt-get install (?:-y )?([^&]+)", command)[0].split()
    missing = set(wanted) ^ set(packages) if "pytest" in command else set(wanted) - set(packages)
    if missing or "-e '.[test,studio]'" not in run:
        raise Failed(f".ci/run and this line install other things: {missing}")
    return "done by .ci/run"


def studio(place: Place, _: str) -> str:
    """See what the stage alone says to those who want more; then install it."""
    place.type("python -c 'import importlib.util as u; assert u.find_spec(\"torch\") is None'")
    later = [c for c in commands(readme()) if re.match(r"livehost (train|export) \w+|livehost plot .*mp4", c)]
    for command in later:
        said = place.type(command, 2)
        if said.count("\n") != 1 or "pip install 'livehost[studio]'" not in said:
            raise Failed(f"{command} without the studio said:\n{said}")
    said = place.type("CI=false livehost bench --quick features")
    if "librosa is not installed: pip install librosa" not in said:
        raise Failed(f"the bench without its tools said:\n{said[-3000:]}")
    place.install("[studio]")
    return f"installed from the wheel; before, {len(later)} commands said in a sentence that they need it"


def own_model(place: Place, command: str) -> str:
    """Play the model of one's own, and load it over OSC while the other one plays."""
    told = show(place, command)
    with concert(place), place.running("livehost run --bank samples/") as run:
        run.wait_for("^Ready after ")
        name = b"mine\0\0\0\0"
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as osc:
            osc.sendto(b"/livehost/model/load\0\0\0\0,s\0\0" + name, ("127.0.0.1", 17770))
        run.wait_for("^The model mine is in place")
        run.end()
    return f"{told}; loaded by /livehost/model/load, too"


def bench(place: Place, command: str) -> str:
    """Run the quick bench, everything that it needs installed."""
    place.install("[test,studio]")
    said = place.type(command)
    return f"ran: {said.strip().splitlines()[-1]}"


def left_out(why: str) -> Callable[[Place, str], str]:
    """Leave a command out, and say why."""
    return lambda _place, _command: f"NOT RUN: {why}"


def option(place: Place, written: str) -> str:
    """Make sure that some command takes it; where that is `run`, and it stands there with a value, try it."""
    names = _ASKED.findall(written)
    for name in names:
        if not any(re.search(rf"(?<![\w-]){name}(?![\w-])", text) for text in place.help.values()):
            raise Failed(f"no command has an option {name}")
    playable = all(re.search(rf"(?<![\w-]){name}(?![\w-])", place.help["run"]) for name in names)
    if not playable or "|" in written or written in names:
        return "is an option"
    with concert(place):
        place.type(f"livehost run --bank samples/ --seconds 1 --osc-in {_OTHER_PORT} {written}")
    return "ran with livehost run"


def at_rest(place: Place, command: str) -> str:
    """Ask a service that is installed, on a computer whose systemd runs for nobody here, or has not started it."""
    place.type(command, 3)
    return "ran: it does not run here, exit 3"
