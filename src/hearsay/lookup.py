"""What a user names, found in a dossier: reports by id or address, actors by any of their names.

In come a dossier and words of the user, out come its rows; what fits nothing, or too much, is an error that names what
comes near.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from hearsay.errors import InputError, MissingPath
from hearsay.model import Actor, Dossier, Report
from hearsay.naming import fold
from hearsay.wording import plain

NEAR = 3  # names that an error suggests


def find_report(reports: Iterable[Report], name: str) -> Report:
    """The report of that id or address; a part of one will do where it fits no other. Raises MissingPath."""
    part = name.casefold()
    reports = tuple(reports)
    exact = [report for report in reports if name in (report.id, report.uri)]
    found = exact or [report for report in reports if part in f"{report.id} {report.uri}".casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        ids = len({report.uri for report in found}) == 1
        several = ", ".join(sorted(report.id if ids else plain(report.uri) for report in found)[:4])
        raise MissingPath(f"“{name}” fits {len(found)} reports ({several}); give the whole name or the id")
    raise MissingPath(f"no report here is called “{name}”; `hearsay show DIR reports` lists them")


def names_of(actor: Actor) -> Iterator[str]:
    """All names an actor bears."""
    yield actor.name
    yield from actor.aliases


def find_actors(dossier: Dossier, name: str) -> tuple[Actor, ...]:
    """Actors of that id, or whose name or alias it is, however accents, case and hyphens are written.

    Where it is nobody's name, actors in one of whose names all its words stand. Raises InputError where there are none.
    """
    wanted = fold(name)
    exact = tuple(
        actor for actor in dossier.actors if name == actor.id or any(fold(one) == wanted for one in names_of(actor))
    )
    if exact and wanted:
        return exact
    words = set(wanted.split())
    partly = (actor for actor in dossier.actors if any(words <= set(fold(one).split()) for one in names_of(actor)))
    found = tuple(partly) if words else ()
    if found:
        return found
    known = {fold(one): one for actor in dossier.actors for one in names_of(actor)}
    near = [known[one] for one in get_close_matches(wanted, sorted(known), n=NEAR, cutoff=0.6)]
    hint = f"; did you mean {' or '.join(map(plain, near))}?" if near else "; `hearsay show DIR actors` lists them"
    raise InputError(f"nobody here is called “{name}”{hint}")
