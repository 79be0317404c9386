"""The studio's commands, and pictures of attention; thin. torch is imported by those that need it, when they run."""

from pathlib import Path
from typing import Annotated

import typer

from livehost.cli.command_line import App
from livehost.extras import needs_studio
from livehost.view.console import make_console

train_app = App("Train a model.")
evaluate_app = App("Ask a model what it cannot know, beside methods without a network.")
export_app = App("Make of a trained model one that plays.")
plot_app = App("Pictures of a session.")

Data = Annotated[list[Path] | None, typer.Option(help="Folder of sounds or MIDI; may be repeated.")]
Cache = Annotated[Path | None, typer.Option(help="Folder of prepared recordings.")]


def register(app: typer.Typer) -> None:
    """Add the groups to the command line."""
    for name, group in (("train", train_app), ("evaluate", evaluate_app), ("export", export_app), ("plot", plot_app)):
        app.add_typer(group, name=name)


@train_app.command("bank")
@needs_studio("livehost train bank", "torch", "lightning_fabric", "onnx", "audiomentations", "tensorboard")
def train_bank(
    data: Data = None,
    from_: Annotated[str | None, typer.Option("--from", help="Export or checkpoint to train further.")] = None,
    out: Annotated[Path, typer.Option(help="Folder of checkpoints and curves.")] = Path("training/bank-transformer"),
    minutes: Annotated[float | None, typer.Option(help="Budget; 30, with --from 8.", min=0.01)] = None,
    steps: Annotated[int | None, typer.Option(help="Budget in steps instead; repeats exactly.", min=1)] = None,
    seed: Annotated[int, typer.Option(help="Of every random choice.")] = 0,
    hours: Annotated[float | None, typer.Option(help="Music to render and compose; 8, with --from 0.", min=0)] = None,
    cache: Annotated[Path | None, typer.Option(help="Folder of prepared recordings; OUT/data.")] = None,
    batch: Annotated[int, typer.Option(help="Tokens of a batch.", min=16)] = 2048,
    rate: Annotated[float | None, typer.Option(help="Peak of the learning rate.")] = None,
    threads: Annotated[int, typer.Option(help="Of the processor; 0: one per core.", min=0)] = 0,
    devices: Annotated[str, typer.Option(help="How many devices, or which.")] = "1",
    nodes: Annotated[int, typer.Option(help="Machines.", min=1)] = 1,
    precision: Annotated[str, typer.Option(help="32-true, bf16-mixed or another of Lightning's.")] = "32-true",
    accelerator: Annotated[str, typer.Option(help="auto, cpu, cuda, mps.")] = "auto",
    strategy: Annotated[str, typer.Option(help="auto, ddp or another of Lightning's.")] = "auto",
    resume: Annotated[bool | None, typer.Option("--resume/--fresh", help="Go on, or begin anew.")] = None,
) -> None:
    """Train on folders of music, or further on one's own sounds; what exists is resumed."""
    from livehost.studio.training.command import train_bank as work

    work(
        data or [], from_=from_, out=out, minutes=minutes, steps=steps, seed=seed, hours=hours, cache=cache,
        batch=batch, rate=rate, threads=threads, devices=devices, nodes=nodes, precision=precision,
        accelerator=accelerator, strategy=strategy, resume=resume, console=make_console(),
    )  # fmt: skip


@evaluate_app.command("bank")
@needs_studio("livehost evaluate bank")
def evaluate_bank(
    model: Annotated[Path | None, typer.Option(help="Export; none: the baselines alone.")] = None,
    data: Data = None,
    cache: Cache = None,
    split: Annotated[str, typer.Option(help="Of prepared recordings: test, valid, train or all.")] = "test",
    json: Annotated[Path | None, typer.Option(help="Write the rows as JSON.")] = None,
    picture: Annotated[Path | None, typer.Option(help="Draw them (PNG).")] = None,
    limit: Annotated[int, typer.Option(help="Recordings of each domain at most, 0: all.", min=0)] = 0,
    backend: Annotated[str, typer.Option(help="auto, native, python or torchscript.")] = "auto",
) -> None:
    """Seek the true next sound among all sounds of a recording: top-1, top-5, MRR, perplexity."""
    from livehost.studio.bank_transformer.evaluation.command import evaluate_bank as work

    work(model, data or [], cache, split, json, picture, limit, backend, console=make_console())


@export_app.command("bank")
@needs_studio("livehost export bank", "torch", "onnx", "onnxscript")
def export_bank(
    checkpoint: Annotated[Path, typer.Argument(help="What train bank left behind.", metavar="CKPT")],
    out: Annotated[Path, typer.Option(help="Folder of the export, such as exports/NAME.")],
    torchscript: Annotated[bool, typer.Option("--torchscript", help="Also as TorchScript.")] = False,
    int8: Annotated[bool, typer.Option("--int8", help="Also with weights of 8 bits.")] = False,
    play_int8: Annotated[bool, typer.Option("--play-int8", help="The 8-bit form is what plays.")] = False,
    licence: Annotated[str, typer.Option(help="Of the weights.")] = "MIT",
) -> None:
    """Write a model as ONNX with its manifest; refused where its formats do not agree."""
    from livehost.studio.exporting.write import export_bank as work

    work(
        checkpoint, out, torchscript=torchscript, int8=int8, play_int8=play_int8, licence=licence,
        say=make_console().print,
    )  # fmt: skip


@plot_app.command("attention")
@needs_studio("livehost plot attention")
def plot_attention(
    log: Annotated[Path, typer.Argument(help="Event log of a session (--events).", metavar="LOG")],
    output: Annotated[Path, typer.Option("-o", "--output", help="Picture (.png) or film (.mp4).")] = Path(
        "attention.png"
    ),
    heard: Annotated[Path | None, typer.Option(help="Recording of what was heard.")] = None,
    played: Annotated[Path | None, typer.Option(help="Recording of what was played.")] = None,
    rate: Annotated[float, typer.Option(help="Hz, where no recording says it.")] = 48_000.0,
    start: Annotated[float, typer.Option("--from", help="Begin at this second.", min=0)] = 0.0,
    end: Annotated[float | None, typer.Option("--to", help="End at this second.", min=0)] = None,
) -> None:
    """Draw what each choice rested on."""
    from livehost.view.attention.plot import plot_attention as work
    from livehost.view.progress import progress_bar

    console = make_console()
    with progress_bar(console, "Drawing") as progress:
        work(
            log, output, heard=heard, played=played, rate=rate, start_s=start, end_s=end,
            progress=lambda done, total: progress(done, total, ""),
        )  # fmt: skip
    console.print(f"Wrote {output}.")
