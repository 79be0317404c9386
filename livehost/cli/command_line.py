"""How the command line behaves: `-h` everywhere, help that is never cut, one sentence for what is typed wrongly."""

import difflib
from collections.abc import Sequence
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from livehost.settings import TABLE

#: What typer raises for words that it cannot take; its parser is a module of its own or a part of it, by version.
UsageError: Any = typer.BadParameter.__base__
#: Where a command keeps the words that were typed behind it.
_TYPED = "livehost.typed"
#: How alike two options are whose names are taken for one another.
_ALIKE = 0.7


class _Whole:
    """What a list of commands says of a command: its first sentence, however long; the list wraps it."""

    def get_short_help_str(self, _limit: int = 0) -> str:
        """Give the first sentence of the help."""
        return super().get_short_help_str(10_000)  # type: ignore[misc]


class Command(_Whole, TyperCommand):
    """A command whose help is never cut; `typed` gives what stood behind it."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Keep the words as they were typed, and parse them."""
        ctx.meta[_TYPED] = tuple(args)
        return super().parse_args(ctx, args)


def typed(context: typer.Context) -> tuple[str, ...]:
    """Give the words that were typed behind a command."""
    return tuple(context.meta[_TYPED])


class Group(_Whole, TyperGroup):
    """A group of commands; without a command it shows its help."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Show the help where nothing was typed, as it was asked for."""
        if not args and not ctx.resilient_parsing:
            typer.echo(ctx.get_help())
            raise typer.Exit
        return super().parse_args(ctx, args)


class App(typer.Typer):
    """A command line, or a part of one, with livehost's manners.

    Parameters
    ----------
    text : str
        Help.
    complete : bool
        Offer to install shell completion; once is enough.
    """

    def __init__(self, text: str, *, complete: bool = False) -> None:
        super().__init__(
            cls=Group, help=text, add_completion=complete, rich_markup_mode=None, pretty_exceptions_enable=False,
            context_settings={"help_option_names": ["-h", "--help"]},
        )  # fmt: skip

    def command(self, name: str | None = None, **options: Any) -> Any:
        """Register a command, as `typer.Typer.command` does."""
        return super().command(name, **{"cls": Command, **options})


def complete_setting(incomplete: str) -> list[tuple[str, str]]:
    """Complete what stands behind `--set`: a key with its equals sign, and the help of the setting."""
    return [(f"{key}=", setting.help) for key, setting in TABLE.items() if key.startswith(incomplete)]


def complete_suite(incomplete: str) -> list[tuple[str, str]]:
    """Complete the name of a suite of the bench."""
    from livehost.bench.suite import SUITES

    return [(suite.name, suite.help) for suite in SUITES if suite.name.startswith(incomplete)]


def usage_sentence(error: Any, arguments: Sequence[str]) -> str:
    """Say in one sentence what was typed wrongly, and what to type.

    Parameters
    ----------
    error : UsageError
    arguments : sequence of str
        What was typed.

    Returns
    -------
    str
    """
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "livehost"
    option = getattr(error, "option_name", None)
    if option is not None and hasattr(error, "possibilities"):
        return _no_such_option(option, context, path, arguments)
    text = " ".join(error.format_message().split())
    return f"{text.rstrip('.')}{'' if text.endswith('?') else f'; {path} -h tells more.'}"


def _no_such_option(option: str, context: Any, path: str, arguments: Sequence[str]) -> str:
    options = [name for p in context.command.get_params(context) for name in (*p.opts, *p.secondary_opts)]
    options = [name for name in options if name.startswith("--")]
    name, value = option.lstrip("-").replace("-", "_"), _value_of(option, arguments)
    keys = _keys() if "--set" in options else {}
    nothing = f"There is no option {option}"
    if name in keys:
        assignments = " or ".join(_assignment(key, value) for key in keys[name])
        return f"{nothing}; it is a setting: {assignments}"
    names = [*options, *(f"--{key.replace('_', '-')}" for key in keys)]
    if near := difflib.get_close_matches(f"--{name.replace('_', '-')}", names, 1, _ALIKE):
        found = near[0].removeprefix("--").replace("-", "_")
        meant = near[0] if near[0] in options else _assignment(keys[found][0], value)
        return f"{nothing}. Did you mean {meant}?"
    return f"{nothing}: {path} -h lists them all."


def _keys() -> dict[str, list[str]]:
    """Find settings by their keys and by the last parts of these; who names none means the first part."""
    found: dict[str, list[str]] = {key: [key] for key in TABLE}
    for key, setting in TABLE.items():
        if setting.part < 1 and setting.voice < 0:
            found.setdefault(key.split(".")[1], []).append(key)
    return found


def _assignment(key: str, value: str) -> str:
    default = TABLE[key].default
    usual = str(not default).lower() if isinstance(default, bool) else default  # a switch is named to turn it
    return f"--set {key}={value or usual}"


def _value_of(option: str, arguments: Sequence[str]) -> str:
    """Find what was typed behind an option; "" for nothing."""
    for place, argument in enumerate(arguments):
        typed, equals, value = argument.partition("=")
        if typed == option:
            following = arguments[place + 1] if place + 1 < len(arguments) else ""
            return value if equals else "" if following.startswith("--") else following
    return ""
