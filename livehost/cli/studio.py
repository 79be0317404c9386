"""`livehost train`, `export`, `evaluate` and `generate`, whose commands come from the table of families.

torch is imported by the commands that need it, when they run.
"""

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated, Any, get_args

import typer

from livehost.cli.command_line import App, Group
from livehost.cli.studio_others import OTHERS
from livehost.extras import needs_studio
from livehost.studio.families import FAMILIES
from livehost.studio.family import REQUIRED, Command, Family, Option
from livehost.studio.options import evaluate_options, export_options, generate_options, train_options
from livehost.view.console import make_console


@dataclass(frozen=True)
class Verb:
    """A command that families have, such as `livehost train NAME`.

    Attributes
    ----------
    name, help : str
    command : callable
        Family → what its row says of it; None where the family does without.
    options : callable
        Family → all options, in the order of the help.
    run : callable
        Gets the family, and the values of the options by name.
    """

    name: str
    help: str
    command: Callable[[Family], Command | None]
    options: Callable[[Family], Sequence[Option]]
    run: Callable[..., Any]


def _train(family: Family, **options: Any) -> None:
    from livehost.studio.training.launch import train

    train(family, options, console=make_console())


def _export(family: Family, checkpoint: Path, out: Path, **options: Any) -> None:
    from livehost.studio.exporting.write import export

    export(family, checkpoint, out, options, say=make_console().print)


def _evaluate(family: Family, **options: Any) -> None:
    from livehost.studio.evaluation.command import evaluate

    evaluate(family, options, console=make_console())


def _generate(family: Family, **options: Any) -> None:
    family.code().generate(options, make_console())


VERBS = (
    Verb("train", "Train a model.", lambda family: family.train, train_options, _train),
    Verb(
        "evaluate", "Ask a model what it cannot know, beside methods without a network.",
        lambda family: family.evaluate, evaluate_options, _evaluate,
    ),
    Verb("export", "Make of a trained model one that plays.", lambda family: family.export, export_options, _export),
    Verb("generate", "Let a model make something.", lambda family: family.generate, generate_options, _generate),
)  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add the groups to the command line."""
    for verb in VERBS:
        group = App(verb.help)
        for name, command in OTHERS.get(verb.name, {}).items():
            group.command(name)(command)
        app.add_typer(group, name=verb.name, cls=_group_of(verb))


def _group_of(verb: Verb) -> type[Group]:
    """Make the class of a group that has a command for each family in the table at the time when it is asked."""

    class FamilyGroup(Group):
        def __init__(self, **attributes: Any) -> None:
            super().__init__(**attributes)
            for family in FAMILIES.values():
                if command := verb.command(family):
                    self.commands[family.name] = _command_of(verb, family, command)

    return FamilyGroup


def _command_of(verb: Verb, family: Family, row: Command) -> Any:
    """Make the command of a family: a function with the signature that its options say, as typer wants it."""
    run = partial(verb.run, family)

    def command(**values: Any) -> None:
        run(**values)

    parameters = [_parameter(option) for option in verb.options(family)]
    command.__doc__ = row.help
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    vars(command)["__signature__"] = inspect.Signature(parameters)
    guarded = needs_studio(f"livehost {verb.name} {family.name}", *row.needs)(command)
    single = App("")
    single.command(family.name)(guarded)
    return typer.main.get_command(single)


def _parameter(option: Option) -> inspect.Parameter:
    """Make the parameter of a function that typer takes an option from."""
    if option.metavar:
        info: Any = typer.Argument(help=option.help, metavar=option.metavar)
    else:
        switch = bool in (option.type, *get_args(option.type))  # its two names are one declaration
        names = [option.flags] if switch else option.flags.split("/")
        info = typer.Option(*filter(None, names), help=option.help, min=option.minimum)
    default = inspect.Parameter.empty if option.default is REQUIRED else option.default
    return inspect.Parameter(
        option.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[option.type, info]
    )
