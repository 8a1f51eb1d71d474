"""The command line: thin, and quick to start, since help and completion load only click."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import Any

import click

from regviz.lecture import choices
from regviz.lecture.medium_group import Medium
from regviz.lecture.options import (
    figure_options,
    page_options,
    scene_options,
    script_options,
    several_option,
)
from regviz.lecture.sentences import Sentences
from regviz.lessons.errors import BadInput


@click.group(cls=Sentences, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="regviz", message="%(prog)s %(version)s")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Teach L1 and L2 regularization with certified videos and figures."""
    from regviz.lecture import settings

    ctx.default_map = settings.defaults(ctx, main)


main.add_command(
    Medium(
        "figure",
        "figure",
        figure_options,
        short_help="Draw lessons as figures.",
        help="Draw a lesson as a figure; `regviz figure LESSON --help` shows its parameters.",
    )
)
main.add_command(
    Medium(
        "render",
        "scene",
        scene_options,
        short_help="Render lessons as videos.",
        help="Render a lesson as a video; `regviz render LESSON --help` shows its parameters.",
    )
)


main.add_command(
    Medium(
        "page",
        "page",
        page_options,
        short_help="Make lessons interactive pages.",
        help="Make a lesson an interactive page, one HTML file that needs no network; "
        "`regviz page LESSON --help` shows its parameters.",
    )
)


main.add_command(
    Medium(
        "script",
        "scene",
        script_options,
        what="script",
        short_help="Write what videos say, to be recorded.",
        help="Write what a lesson's video says, sentence by sentence, with times and the names "
        "of recordings for --voice; `regviz script LESSON --help` shows its parameters.",
    )
)


@main.command("list")
@click.option("--lang", type=click.Choice(choices.LANGUAGES), default="en", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print an object per lesson.")
def list_lessons(lang: str, as_json: bool) -> None:
    """List the lessons by topic, and what each needs to have been seen before."""
    from regviz.lessons import topics
    from regviz.lessons.listing import lessons

    entries = lessons(lang)
    if as_json:
        import json

        for entry in entries:
            about = {
                "lesson": entry.slug,
                "title": entry.title[lang],
                "summary": entry.summary[lang],
                "topic": entry.topic,
                "topic_title": topics.title(entry.topic, lang),
                "needs": entry.needs,
                "media": entry.media,
            }
            click.echo(json.dumps(about, ensure_ascii=False))
        return
    click.echo(repr(entries))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print one object.")
def doctor(as_json: bool) -> int:
    """Say what is installed, what is missing, and the one command that mends it."""
    from regviz.lecture import doctor

    findings = doctor.examine()
    click.echo(doctor.as_json(findings) if as_json else doctor.as_text(findings))
    return 0 if all(finding.fits for finding in findings) else 1


@main.command()
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@click.option(
    "--lecture",
    "name",
    type=click.Choice(choices.LECTURES),
    default="90min",
    show_default=True,
    help="For how long: six lessons, nine, or all by topic.",
)
@click.option("--lang", type=click.Choice(choices.LANGUAGES), default="en", show_default=True)
@click.option("--force", is_flag=True, help="Replace a lecture file that is there.")
def init(folder: Path, name: str, lang: str, force: bool) -> None:
    """Write a lecture file that is ready to build and to change, into DIR, by default here."""
    from regviz.lecture import template

    path = template.write(folder, name=name, lang=lang, force=force)
    click.echo(f"{path}  change it as you like, then run: {template.next_step(folder)}")


_readable = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)


@main.command()
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@click.option(
    "-j",
    "--jobs",
    "n_workers",
    type=click.IntRange(1, 64),
    default=lambda: min(64, os.cpu_count() or 1),
    help="How many outputs to make side by side; by default as many as there are processors.",
)
@click.option(
    "-q",
    "--quality",
    type=click.Choice(tuple(choices.QUALITIES)),
    help="Of every video, in place of the lecture's; l is quick to look at.",
)
@click.option(
    "--only",
    multiple=True,
    metavar="NAME",
    help="Only the item of this name, or this lesson; * stands for any letters. "
    "May be repeated.",
)
@several_option(["--lang", "langs"], choices.LANGUAGES, "Language, in place of the lecture's.")
@click.option("--dry-run", is_flag=True, help="Say what would be made, and why.")
@click.option("--watch", is_flag=True, help="Build again whenever the lecture is saved.")
@click.option("--open", "opened", is_flag=True, help="Show the result in a browser.")
@click.option("--force", is_flag=True, help="Make all, also what has not changed.")
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Run on the Dask cluster whose scheduler is there, such as tcp://host:8786, or "
    "tls://host:8786 with the three files below.",
)
@click.option(
    "--tls-ca-file", "ca", type=_readable, metavar="FILE", help="Certificates that are trusted."
)
@click.option("--tls-cert", "cert", type=_readable, metavar="FILE", help="This machine's own.")
@click.option("--tls-key", "key", type=_readable, metavar="FILE", help="The key to that.")
@click.option(
    "--notes", is_flag=True, help="Show your notes in index.html, which others may read."
)
@click.option(
    "--allow-outside",
    is_flag=True,
    help="Let the lecture read data outside its folder, and its folder out be a link.",
)
@click.option(
    "--progress/--no-progress",
    default=None,
    help="Show progress on stderr; by default on a terminal only.",
)
def build(folder: Path, *, watch: bool, opened: bool, scheduler: str | None, **how: Any) -> int:
    """Build the lecture that DIR/lecture.toml describes, into DIR/out; only what changed."""
    from regviz.lecture.build import build as build_lecture
    from regviz.lecture.state import Order

    certificates = {name: how.pop(name) for name in ("ca", "cert", "key")}
    if scheduler is not None:
        from regviz.lecture.cluster import Scheduler

        how["scheduler"] = Scheduler(address=scheduler, **certificates)
    elif any(certificates.values()):
        raise BadInput("--tls-ca-file, --tls-cert and --tls-key go with --scheduler tls://...")
    order = Order(folder=folder, out=folder / "out", **how)
    if watch and order.dry_run:
        raise BadInput("--watch builds and --dry-run does not; give one of them.")
    shown: list[Path] = []

    def build_and_show() -> int:
        code = build_lecture(order)
        index = order.out / "index.html"
        # Once: after that, a browser's reload shows what is new.
        if opened and not shown and index.is_file() and not order.dry_run:
            shown.append(index)
            if click.launch(str(index)):
                click.echo(f"regviz: nothing here opens {index}.", err=True)
        return code

    if not watch:
        return build_and_show()
    from regviz.lecture.watch import watch as watch_lecture

    return watch_lecture(folder, build_and_show)


@main.command()
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@click.option(
    "--to",
    "target",
    type=click.Choice(tuple(choices.EXPORT_TARGETS)),
    required=True,
    help="Slides for a browser, PowerPoint or LaTeX; a notebook; a handout to read; or a quiz.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="File to write; by default "
    f"{', '.join(sorted(set(choices.EXPORT_TARGETS.values())))} in the lecture's folder. "
    "What is there is replaced.",
)
@click.option(
    "--lang",
    type=click.Choice(choices.LANGUAGES),
    help="Language, by default the lecture's main one.",
)
@click.option(
    "--theme",
    metavar="THEME",
    default="",
    help="Colours, where the lecture was built in several.",
)
@click.option(
    "--notes", is_flag=True, help="Put your notes into a notebook or handout; slides have them."
)
@click.option(
    "--reveal",
    metavar="URL",
    default="",
    help="Let the slides load reveal.js from there; by default it stands in the file.",
)
@click.option(
    "--quiz/--no-quiz",
    default=True,
    help="Ask before showing: a slide for a question, its answer on the next; by default it "
    "does where the lecture lets it.",
)
@click.option(
    "--variants",
    type=click.IntRange(1, 200),
    metavar="N",
    help="So many quizzes with other numbers, in place of one with the lecture's own.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**32 - 1),
    metavar="N",
    help="What the first of them is drawn by, the others by those that follow; by default 0.",
)
def export(folder: Path, **how: Any) -> None:
    """Turn the lecture that was built in DIR into slides, a notebook, a handout or a quiz."""
    from regviz.lecture.export import Order
    from regviz.lecture.export import export as export_lecture

    export_lecture(Order(folder=folder, **how))


def run() -> None:
    """Run the command in a process of its own."""
    from regviz.lecture import process

    process.own(partial(main, prog_name="regviz"))


if __name__ == "__main__":
    run()
