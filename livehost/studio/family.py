"""The contract of a model family: what its row in `livehost.studio.families` says, and what its code must provide.

Nothing here imports torch: the command line reads the rows to show its help.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

from rich.console import Console

from livehost.errors import LivehostError
from livehost.studio.training.recipe import TrainingRecipe

if TYPE_CHECKING:
    from torch import nn

    from livehost.studio.evaluation.command import Evaluation
    from livehost.studio.exporting.parity import Differences
    from livehost.studio.exporting.write import Written
    from livehost.studio.training.task import Task

#: Default of an option that must be given.
REQUIRED: Any = ...


@dataclass(frozen=True)
class Option:
    """One option of a command line, or with a `metavar` one argument.

    Attributes
    ----------
    name : str
        By which the code finds its value.
    type : type
        Such as ``int``, ``Path | None`` or ``list[Path] | None`` (may be repeated).
    default : object
        `REQUIRED` for none.
    help : str
    flags : str
        What is typed, where that is not ``--name``: "--from", or "--resume/--fresh" for a switch of two names.
    minimum : float, optional
    metavar : str
        Name of an argument, which stands without a flag.
    """

    name: str
    type: Any
    default: Any
    help: str
    flags: str = ""
    minimum: float | None = None
    metavar: str = ""


@dataclass(frozen=True)
class Command:
    """What a family's row says about one of its commands.

    Attributes
    ----------
    help : str
        One sentence or two.
    needs : tuple of str
        Packages of the extra `studio` without which the command says what to install.
    before, options : tuple of Option
        The family's own options: those that stand before the ones that all families have (what it learns from, or what
        it is asked about), and the others. `livehost.studio.options` joins them.
    picture : bool
        Of an evaluation: whether it can draw one.
    """

    help: str
    needs: tuple[str, ...] = ()
    before: tuple[Option, ...] = ()
    options: tuple[Option, ...] = ()
    picture: bool = True


@dataclass(frozen=True)
class Preset:
    """One of the networks that a family can train.

    Attributes
    ----------
    name : str
    typed : str
        Option that asks for it; "" for the one that is trained where none is given.
    help : str
        What it is for.
    minutes : float, optional
        How long it takes to train on two cores, where that is not the family's usual budget.
    """

    name: str
    typed: str
    help: str
    minutes: float | None = None


@dataclass(frozen=True)
class Family:
    """One row of `livehost.studio.families.FAMILIES`.

    Attributes
    ----------
    name : str
        On the command line: ``livehost train NAME``.
    kind : str
        In checkpoints and manifests; a key of `livehost.inference.kinds.KINDS`, too, where there is an export.
    title : str
        In sentences, with its article: "a bank transformer".
    module : str
        Module that holds its code as `FAMILY`, an object that keeps the promises of `FamilyCode`. It is imported when
        one of the commands runs, and needs torch only where the command's `needs` say so.
    usual, further : TrainingRecipe
        By which a model is trained where nothing else is typed: one that begins with random weights, and one that is
        trained further (``--from``).
    train : Command
    export, evaluate, generate : Command, optional
        None: there is no such command.
    about : str
        What its models do, and what livehost does with them; a sentence or two.
    material : str
        What it learns from.
    presets : tuple of Preset
        Networks to choose from.
    shipped : str
        Name of the export that livehost comes with; "" for none.
    """

    name: str
    kind: str
    title: str
    module: str
    usual: TrainingRecipe
    further: TrainingRecipe
    train: Command
    export: Command | None = None
    evaluate: Command | None = None
    generate: Command | None = None
    about: str = ""
    material: str = ""
    presets: tuple[Preset, ...] = ()
    shipped: str = ""

    def code(self) -> "FamilyCode":
        """Import the family's code."""
        return cast("FamilyCode", import_module(self.module).FAMILY)


@dataclass(frozen=True)
class Setup:
    """What a training run tells its family before it begins.

    Attributes
    ----------
    options : mapping of str to object
        All options of the command, by name.
    seed, rank : int
        All random choices follow from these: that of the run, and the number of this process.
    further : bool
        Whether a model that is there already is trained further.
    known : mapping, optional
        The checkpoint that the run begins with, or goes on from.
    hyperparameters : mapping, optional
        Asked for by the caller, for a model that begins with random weights.
    console : rich.console.Console
    waiting : str
        What a progress bar over the preparation of the data says.
    """

    options: Mapping[str, Any]
    seed: int
    rank: int
    further: bool
    known: Mapping[str, Any] | None
    hyperparameters: Mapping[str, Any] | None
    console: Console
    waiting: str


class FamilyCode(Protocol):
    """What the module of a family holds as `FAMILY`: the obligations, in the order in which they are called.

    Everything is called on the main thread, and raises `LivehostError`, one sentence, for what a person can mend.

    **Checkpoints** (`livehost.studio.training.checkpoint` calls, whenever one is read):

    - `checkpoint_fields()`: key → type (or types) of everything that a checkpoint must hold besides the header that all
      families share (kind, format, hyperparameters, model). The only place where a family lists them. By default none.
    - `check_checkpoint(path, checkpoint)`: refuse one that holds all of these and cannot be used all the same, because
      it was trained on other features for instance. By default everything is well.
    - `network(hyperparameters)`: make the network, with random weights, by torch's global generator, which the caller
      has seeded. `TypeError` and `ValueError` mean that the hyperparameters are not this network's. Must be there.

    **`livehost train NAME`** (`livehost.studio.training.launch`):

    - `read_export(manifest)`: make a checkpoint (all that `checkpoint_fields` lists, and kind, hyperparameters, model)
      of an export, for ``--from``. By default a sentence says that only a checkpoint can be trained further.
    - `prepare(setup)`: make the data ready on disk; with several processes, the first is through before the others
      begin. Ctrl-C ends it, and the same command must go on from there. What it returns goes to `task`. By default
      there is nothing to prepare.
    - `task(setup, data)`: the `Task` that is trained. Must be there.

    **`livehost export NAME`** (`livehost.studio.exporting.write`), where the row has that command:

    - `write_files(network, checkpoint, folder, options, say)`: write all files of the export but its manifest into a
      folder, and say which there are (`Written`). The network is in evaluation. `say` takes lines of progress.
    - `compare(network, checkpoint, manifest, options)`: run what was written beside the network, and note the largest
      `Differences`, which the caller judges. The manifest is of the kind's own class.

    **`livehost evaluate NAME`** (`livehost.studio.evaluation.command`), where the row has that command:

    - `evaluate(options, console)`: measure, showing progress on the console, and give an `Evaluation`: its tables, its
      JSON, its picture.

    **`livehost generate NAME`**, where the row has that command:

    - `generate(options, console)`: let a model make something, write it to `options["out"]`, and say so.
    """

    def checkpoint_fields(self) -> Mapping[str, Any]:
        """List what a checkpoint must hold, and as what."""
        return {}

    def check_checkpoint(self, path: Path, checkpoint: Mapping[str, Any]) -> None:  # noqa: ARG002
        """Refuse a checkpoint that cannot be used."""
        return

    def network(self, hyperparameters: Mapping[str, Any]) -> "nn.Module":
        """Make the network."""
        ...

    def read_export(self, manifest: Any) -> dict[str, Any]:
        """Make a checkpoint of an export."""
        raise LivehostError(
            f"The export {manifest.name} cannot be trained further: "
            "give the checkpoint (best.pt) that it was made from.", 2,
        )  # fmt: skip

    def prepare(self, setup: Setup) -> Any:
        """Make the data ready."""

    def task(self, setup: Setup, data: Any) -> "Task":
        """Make the task that is trained."""
        ...

    def write_files(
        self,
        network: Any,
        checkpoint: Mapping[str, Any],
        folder: Path,
        options: Mapping[str, Any],
        say: Callable[[str], None],
    ) -> "Written":
        """Write the files of an export."""
        raise NotImplementedError

    def compare(
        self, network: Any, checkpoint: Mapping[str, Any], manifest: Any, options: Mapping[str, Any]
    ) -> "Differences":
        """Compare what was written with the network."""
        raise NotImplementedError

    def evaluate(self, options: Mapping[str, Any], console: Console) -> "Evaluation":
        """Measure a model."""
        raise NotImplementedError

    def generate(self, options: Mapping[str, Any], console: Console) -> Any:  # noqa: ARG002
        """Make something with a model."""
        raise LivehostError("Models of this family generate nothing.", 2)
