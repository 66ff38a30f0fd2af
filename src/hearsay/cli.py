"""The command line: arguments in, one call into the library, text or files out, an exit code.

Nothing is decided here that the library should decide. Whatever Hearsay raises on purpose becomes one sentence on
standard error and the error's exit code. Heavy modules are imported inside the commands, so that `--help` is quick.
"""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from hearsay import __version__
from hearsay.errors import HearsayError, InputError, NothingToRead
from hearsay.settings import Settings
from hearsay.shell import (
    STORE,
    assembled,
    console,
    counts_of,
    load,
    must_exist,
    must_lie_apart,
    named,
    progress,
    reading_store,
    refused,
    say,
    store_path,
    write,
    write_all,
    write_dossier,
    writing,
    writing_store,
)

if TYPE_CHECKING:
    from hearsay.model import Dossier
    from hearsay.upkeep import Changes

INTERRUPTED = 130  # what shells expect of a program ended by Ctrl-C


class Commands(TyperGroup):
    """Turns errors into one sentence and an exit code, whichever command raised them."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was named."""
        try:
            return super().invoke(ctx)
        except HearsayError as error:
            say(f"hearsay: {error}")
            raise typer.Exit(error.exit_code) from None
        except KeyboardInterrupt:
            say("hearsay: interrupted")
            raise typer.Exit(INTERRUPTED) from None


app = typer.Typer(
    name="hearsay", cls=Commands, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False
)

Reports = Annotated[list[Path], typer.Argument(help="Files and folders of reports.", metavar="REPORTS...")]
Model = Annotated[Path | None, typer.Option(help="A folder with other reader files.", metavar="FOLDER")]
Workers = Annotated[int, typer.Option(min=1, help="Processes that read reports.", metavar="N")]
Source = Annotated[
    Path, typer.Argument(help="What `hearsay build` wrote: its folder or its .db file.", metavar="SOURCE")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be read, and write nothing.")]
Outlet = Annotated[str, typer.Option(help="Who published all these reports.", metavar="NAME")]
Agency = Annotated[str, typer.Option(help="The agency that wrote all these reports.", metavar="NAME")]
Columns = Annotated[
    list[str] | None,
    typer.Option("--column", help="Which column or key holds a field, as in text=Artikel.", metavar="FIELD=NAME"),
]
Day = Annotated[str, typer.Option("--date", help="When all these reports were published.", metavar="DATE")]
Author = Annotated[str, typer.Option(help="Who wrote all these reports.", metavar="NAMES")]


def _kinds(begun: str) -> list[str]:
    from hearsay.ask import KINDS

    return [kind for kind in KINDS if kind.startswith(begun)]


def _forms(begun: str) -> list[str]:
    from hearsay.ask import FORMS

    return [form for form in FORMS if form.startswith(begun)]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"hearsay {__version__}")
        raise typer.Exit


@app.callback()
def hearsay(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say it, and end.")
    ] = False,
) -> None:
    """Read a pile of news reports; get one sourced record of who said what, through whom, when, and what happened."""


@app.command()
def build(
    reports: Reports,
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder to write to.", metavar="DIR")] = Path("dossier"),
    workers: Workers = 1,
    model: Model = None,
    outlet: Outlet = "",
    agency: Agency = "",
    date: Day = "",
    author: Author = "",
    column: Columns = None,
    dry_run: DryRun = False,
) -> None:
    """Read reports, relate them, and write DIR/hearsay.db, DIR/dossier.json and DIR/dossier.html.

    What DIR/hearsay.db already holds is kept: reports are added to it, and adding one twice changes nothing.
    """
    must_exist(reports)
    must_lie_apart(out, reports)
    settings = _settings(workers, model, column, outlet=outlet, agency=agency, date=date, author=author)
    if dry_run:
        _plan(reports, settings, out / STORE)
        return
    with writing(out):
        out.mkdir(parents=True, exist_ok=True)

    from hearsay.pipeline import build as run

    with progress() as bar:
        dossier = run(reports, store=out / STORE, settings=settings, progress=bar)
    write_dossier(out, dossier)
    _summary(dossier, out)


@app.command()
def add(
    reports: Reports,
    source: Source,
    workers: Workers = 1,
    model: Model = None,
    outlet: Outlet = "",
    agency: Agency = "",
    date: Day = "",
    author: Author = "",
    column: Columns = None,
    replace: Annotated[bool, typer.Option("--replace", help="Take out earlier texts of what changed.")] = False,
    dry_run: DryRun = False,
) -> None:
    """Add reports to a dossier; only what is new is read. Say what is new, what changed, and what was refused."""
    must_exist(reports)
    path = store_path(source)
    if source.is_dir():
        must_lie_apart(source, reports)
    settings = _settings(workers, model, column, outlet=outlet, agency=agency, date=date, author=author)
    if dry_run:
        _plan(reports, settings, path)
        return

    from hearsay.upkeep import add_reports

    with writing_store(path) as store, progress() as bar:
        changes = add_reports(store, reports, settings, replace=replace, progress=bar)
        dossier = assembled(store)
    if source.is_dir():
        write_dossier(source, dossier)
    _tell(changes)
    typer.echo(f"Now {counts_of(dossier)}.")


@app.command()
def remove(
    source: Source,
    reports: Annotated[
        list[str], typer.Argument(help="Reports, by id or address; or refused files.", metavar="REPORT...")
    ],
) -> None:
    """Take reports out of a dossier, with everything that rests on them; the rest is related again."""
    path = store_path(source)

    from hearsay.upkeep import remove_reports

    with writing_store(path) as store, progress() as bar:
        changes = remove_reports(store, reports, progress=bar)
        dossier = assembled(store)
    if source.is_dir():
        write_dossier(source, dossier)
    _tell(changes)
    typer.echo(f"Now {counts_of(dossier)}.")


@app.command()
def read(
    reports: Reports,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line and report.")] = False,
    workers: Workers = 1,
    model: Model = None,
    column: Columns = None,
) -> None:
    """Read reports without relating them, and print what each one says."""
    must_exist(reports)

    from hearsay.export.json import reading_to_json
    from hearsay.model import Skipped
    from hearsay.pipeline import read as run
    from hearsay.terminal import show_reading

    nothing = True
    for item in run(reports, _settings(workers, model, column)):
        if isinstance(item, Skipped):
            say(f"hearsay: not read: {item.uri}: {item.why}")
            continue
        nothing = False
        if json:
            typer.echo(reading_to_json(item).encode())
        else:
            show_reading(console(), item)
    if nothing:
        raise NothingToRead("no report could be read from what was given; name files or folders of reports")


@app.command()
def show(
    source: Source,
    view: Annotated[
        str, typer.Argument(help="overview, reports, actors, statements, timeline or report.", metavar="[VIEW]")
    ] = "overview",
    name: Annotated[str | None, typer.Argument(help="Which report: its id or address.", metavar="[ID_OR_NAME]")] = None,
) -> None:
    """Show a dossier in the terminal: reports, actors, statements, timeline, or one report with its marks."""
    from hearsay.terminal import VIEWS, show_report

    if view != "report" and view not in VIEWS:
        raise InputError(f"there is no view “{view}”; choose one of {', '.join(VIEWS)}, report")
    if view == "report" and name is None:
        raise InputError("which report? Give its id or address: hearsay show DIR report ID_OR_NAME")
    dossier = load(source)
    if name is not None and view == "report":
        show_report(console(), dossier, name)
    else:
        VIEWS[view](console(), dossier)


@app.command(name="list")
def list_reports(
    source: Source,
    skipped: Annotated[bool, typer.Option("--skipped", help="What was not read, and why.")] = False,
) -> None:
    """List the reports of a dossier, or what was not read and why."""
    from hearsay.terminal import show_reports, show_skipped

    (show_skipped if skipped else show_reports)(console(), load(source))


@app.command()
def ask(
    source: Source,
    by: Annotated[str, typer.Option(help="Who said it: any of the names, or an id.", metavar="ACTOR")] = "",
    about: Annotated[str, typer.Option(help="Words that it holds, or names that it means.", metavar="WORDS")] = "",
    to: Annotated[str, typer.Option(help="To whom.", metavar="ACTOR")] = "",
    through: Annotated[str, typer.Option(help="Through whom it reached us.", metavar="ACTOR")] = "",
    since: Annotated[str, typer.Option(help="Said on that day, month or year, or later.", metavar="DATE")] = "",
    until: Annotated[str, typer.Option(help="Said on that day, month or year, or earlier.", metavar="DATE")] = "",
    origins: Annotated[int, typer.Option(min=1, help="By so many independent ways at least.", metavar="N")] = 1,
    kind: Annotated[str, typer.Option(help="say, pledge, demand, ...", autocompletion=_kinds)] = "",
    form: Annotated[str, typer.Option(help="direct, mixed or indirect.", autocompletion=_forms)] = "",
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line and statement.")] = False,
) -> None:
    """Find statements: who said what, about whom, to whom, through whom, when. Conditions narrow each other."""
    from hearsay.ask import Question
    from hearsay.ask import ask as answer
    from hearsay.export.json import statement_to_json
    from hearsay.terminal import show_statements
    from hearsay.wording import many

    question = Question(
        by=by, about=about, to=to, through=through, since=since, until=until, origins=origins, kind=kind, form=form
    )
    dossier = load(source)
    found = answer(dossier, question)
    if json:
        for line in statement_to_json(dossier, found.statements):
            typer.echo(line.encode())
    else:
        show_statements(console(), dossier, found.statements)
    if found.undated:
        say(f"hearsay: {many(found.undated, 'statement')} more would fit, but nobody knows when it was said")
    if not found.statements:
        say("hearsay: no statement fits; ask for less")


@app.command()
def explain(
    source: Source,
    id: Annotated[str, typer.Argument(help="A report, actor, statement, ...; REPORT.FIELD for a field.", metavar="ID")],
) -> None:
    """Explain a value: the words it rests on, in context, the chain, and the step that made it."""
    from hearsay.explain import explain as explained
    from hearsay.pile import made_by
    from hearsay.terminal import show_explanation

    with reading_store(source) as store:
        show_explanation(console(), explained(assembled(store), id, made_by=made_by(store)))


@app.command()
def doctor(model: Model = None) -> None:
    """Check this installation: versions, the store's engine, the reader, the formats. Exit code 1 if it cannot work."""
    from hearsay.doctor import examine
    from hearsay.terminal import show_checks

    if not show_checks(console(), examine(model)):
        raise typer.Exit(1)


@app.command()
def export(
    source: Source,
    format: Annotated[str, typer.Option("--format", "-f", help="json, html, markdown or csv.")] = "json",
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="File to write (csv: folder); without it, standard output.", metavar="FILE"),
    ] = None,
    raw: Annotated[bool, typer.Option("--raw", help="csv: cells as they are, also those a spreadsheet runs.")] = False,
) -> None:
    """Write a dossier in another form."""
    from hearsay.export import EXPORTERS, FOLDER_EXPORTERS

    if format not in EXPORTERS and format not in FOLDER_EXPORTERS:
        names = ", ".join(sorted([*EXPORTERS, *FOLDER_EXPORTERS]))
        raise InputError(f"there is no format “{format}”; choose one of {names}")
    if raw and format not in FOLDER_EXPORTERS:
        raise InputError(f"--raw has no meaning for {format}; leave it out, or choose --format csv")
    if format in FOLDER_EXPORTERS:
        if out is None:
            raise InputError(f"{format} is a folder of several files; name one with -o FOLDER")
        write_all(out, FOLDER_EXPORTERS[format].write(load(source), raw))
        return
    written = EXPORTERS[format].write(load(source))
    if out is None:
        typer.echo(written.encode("utf-8", "replace"), nl=False)
    else:
        write(out, written)


def main() -> None:
    """Entry point of the `hearsay` command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that lacks a letter shall not end the run
            stream.reconfigure(errors="replace")
    app()


# -- pieces ------------------------------------------------------------------------------------------------------------


def _settings(workers: int, model: Path | None, columns: list[str] | None, **stated: str) -> Settings:
    """What the options choose. Raises InputError for a date or a column that cannot be meant."""
    if stated.get("date"):
        from hearsay.ingest.masthead import metadata_date

        if metadata_date(stated["date"]) is None:
            raise InputError(f"--date “{stated['date']}” is no date; write it as 2031, 2031-05 or 2031-05-07")
    given = tuple((field, value) for field, value in stated.items() if value)
    return Settings(workers=workers, model=model, stated=given, columns=tuple(map(_column, columns or ())))


def _column(given: str) -> tuple[str, str]:
    """FIELD=NAME taken apart. Raises InputError."""
    from hearsay.data import table

    field, _, name = (part.strip() for part in given.partition("="))
    fields = [row["field"] for row in table("columns")]
    if field not in fields or not name:
        raise InputError(f"--column “{given}” is no FIELD=NAME; fields are {', '.join(fields)}")
    return field, name


def _plan(reports: list[Path], settings: Settings, store: Path) -> None:
    """One line a report or file: what would become of it."""
    from hearsay.upkeep import plan
    from hearsay.wording import many, one_line

    with reading_store(store) if store.is_file() else nullcontext() as opened:
        planned: Counter[str] = Counter()
        for item in plan(reports, settings, store=opened):
            planned[item.fate] += 1
            typer.echo("\t".join(map(one_line, filter(None, (item.fate, item.uri, item.why)))))
    read = planned["new"] + planned["changed"] + planned["restated"]
    say(f"{many(read, 'report')} to read, {planned['known']} known, {planned['refused']} refused; nothing was written")


def _tell(changes: Changes) -> None:
    """What a run did to a store, by name."""
    for title, reports in (
        ("New", changes.new),
        ("Changed", changes.changed),
        ("Stated anew", changes.restated),
        ("Removed", changes.removed),
    ):
        for line in named(title, reports):
            typer.echo(line)
    if changes.earlier and not changes.replaced:
        ids = " ".join(report.id for report in changes.earlier)
        typer.echo(f"Earlier texts of what changed are kept; take them out with: hearsay remove SOURCE {ids}")
    for line in refused(changes.refused, "No longer listed as refused" if changes.removed else "Not read"):
        typer.echo(line)
    if not (changes or changes.refused):
        typer.echo("Nothing is new.")


def _summary(dossier: Dossier, out: Path) -> None:
    """What was made of what, what was not read and why, and how to go on."""
    typer.echo(f"{counts_of(dossier)}.")
    for line in refused(dossier.skipped):
        typer.echo(line)
    typer.echo(f"Look at {out / 'dossier.html'}")
    typer.echo(f"Go on: hearsay show {out} statements | hearsay ask {out} --by NAME | hearsay add REPORTS... {out}")


if __name__ == "__main__":
    main()
