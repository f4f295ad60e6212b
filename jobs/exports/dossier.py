"""`draad export dossier`: read what may be read, lay out the pages, and put it all in one ZIP.

Who asks on a page gets the same, from the queue. Making it writes nothing anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from domain.access import Ground
from domain.case import Case
from domain.casework import Casework
from domain.days import HERE, end_of, local_day
from domain.emergency import EmergencyAccessUsed
from domain.entry import Actor, Role
from domain.errors import CaseIsErased, NoSuchCase
from domain.store.access_log import words_of
from domain.store.database import Database, open_database, settings_for
from domain.store.documents import content_of
from domain.store.pool import Connection, connect
from domain.store.vault import KeyGone
from jobs.following import catch_up
from jobs.installation import HOME, check
from jobs.layout import NoPages, laid_out
from jobs.looks import exported, operator
from jobs.progress import Bar
from jobs.proving import proofs, signed
from jobs.work import Progress
from projections import access
from projections.access import Looks, Period
from projections.caseload import of_number
from projections.contacts import Contact, of_cases
from projections.export.dossier.asked import Asked, Length
from projections.export.dossier.contents import Beside, Dossier
from projections.export.dossier.pack import Part, as_json, entries, manifest, packed
from projections.export.dossier.pages import page
from projections.export.dossier.programs import for_programs
from projections.export.pdf import missing
from projections.export.whole import whole
from projections.export.words import LANGUAGES
from projections.masked import Teams

FILE = click.Path(dir_okay=False, path_type=Path)
DAYS = ("%d-%m-%Y", "%Y-%m-%d")
MOMENTS = (*DAYS, "%d-%m-%Y %H:%M", "%Y-%m-%dT%H:%M")


class NoneOrSeveral(Exception):
    """No case, or more than one, has this number: give the id of the case."""


@click.command("dossier")
@HOME
@click.argument("case")
@click.option("-o", "--output", required=True, type=FILE, help="FILE.zip")
@click.option("--on", type=click.DateTime(DAYS), help="The plan as it was on this day. Default: today.")
@click.option("--known", type=click.DateTime(MOMENTS), help="With what was recorded by then. Default: now.")
@click.option("--length", type=click.Choice([*map(str, Length)]), default="full", show_default=True)
@click.option("--without-names", is_flag=True, help="Third persons by what they are to the client.")
@click.option("--looks", is_flag=True, help="With who looked at the record.")
@click.option("--for", "why", default="", help="What it is for: it stands in the dossier.")
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True)
def command(
    home: Path, *, case: str, output: Path, on: datetime | None, known: datetime | None, **more: Any
) -> None:
    """A ZIP with the dossier of CASE (its id, or its number): complete or absent."""
    with open_database(home) as database:
        check(database)
        with closing(Casework(settings_for(database))) as casework:
            now = casework.clock()
            more["length"] = Length(more["length"])
            asked = Asked(day_asked(on, local_day(now)), moment_asked(known, now), **more)
            try:
                export_dossier(database, casework, case, asked, output)
            except (NoneOrSeveral, NoSuchCase, CaseIsErased, KeyGone, NoPages, OSError) as why:
                raise click.ClickException(str(why) or str(type(why).__doc__)) from why


def export_dossier(database: Database, casework: Casework, case: str, asked: Asked, output: Path) -> None:
    """Make it, write down that it goes out, and put it in its place."""
    with Bar("dossier") as shown, connect(database) as db:
        catch_up(database, casework)
        of = casework.history(case_id_of(db, case))
        order = Order(of, asked, operator(), casework.clock())
        content = dossier(casework, db, order, shown)
        exported(db, [of.id], "dossier", casework.clock())
        with whole(output) as out:
            out.write(content)
        shown(1, 1)


def case_id_of(db: Connection, case: str) -> UUID:
    """The case with this id or number. NoneOrSeveral."""
    try:
        return UUID(case)
    except ValueError:
        found = of_number(db, case)
    if len(found) != 1:
        raise NoneOrSeveral
    return found[0]


def day_asked(given: datetime | None, today: date) -> date:
    """The day that was given; today without one."""
    return given.date() if given else today


def moment_asked(given: datetime | None, now: datetime) -> datetime:
    """The moment that was given; a day by itself is the end of that day, here. Now without one."""
    if given is None:
        return now
    return end_of(given.date()) if given.time() == time() else given.replace(tzinfo=HERE)


ENTRIES = "entries.json"
WHAT = "every entry, with both clocks, the say, and what was put right"
STEPS = 4  # reading, the rest of what belongs to it, the pages, the whole


@dataclass(frozen=True)
class Order:
    """Who asks for which dossier, and when. `transfer`: to take it over, with who came and the files."""

    case: Case
    asked: Asked
    by: Actor
    made_at: datetime
    transfer: bool = False

    @property
    def team(self) -> str | Teams | None:
        """For which team they read what is for one team only; the client reads none of that."""
        if self.by.role is Role.REVIEWER:
            return Teams.ALL
        return self.by.team or None


def dossier(casework: Casework, db: Connection, order: Order, go_on: Progress) -> bytes:
    """The ZIP, whole. KeyGone."""
    go_on(0, STEPS)
    beside = _beside(casework, db, order)
    day, of = local_day(order.made_at), order.case
    made = Dossier(of.id, of.entries, order.asked, team=order.team, today=day, beside=beside)
    go_on(1, STEPS)
    told = entries(made)
    proven, said = proofs(db, casework.vault, made, len(of.entries), contacts=order.transfer)
    beside_it = (*for_programs(made, of), *proven, *_own(casework, db, order, made))
    parts = [Part(ENTRIES, told, WHAT), *beside_it]
    go_on(2, STEPS)
    html, wanting = page(made, order.by, order.made_at), missing()
    if wanting:
        parts.insert(0, Part(f"{order.asked.name}.html", html.encode(), "to read; no PDF could be made here"))
    else:
        content = laid_out(html, {ENTRIES: told}, lambda: go_on(2, STEPS))
        parts.insert(0, Part(f"{order.asked.name}.pdf", content, "to read; entries.json is in it too"))
    go_on(3, STEPS)
    left_out = {"masked_entries": made.masked, "missing_for_pdf": wanting, "proofs": said}
    listed = manifest(parts, of.id, order.asked, order.by, order.made_at, **left_out)
    return packed([*parts, listed, signed(casework, listed, len(parts))], order.made_at)


def _beside(casework: Casework, db: Connection, order: Order) -> Beside:
    own, asked = order.asked.length is Length.OWN, order.asked
    until, of = min(asked.known, end_of(asked.on)), [order.case.id] if own or order.transfer else []
    came = of_cases(db, of, on=until, known=asked.known).get(order.case.id, [])
    looks = _looks(casework, db, order) if own or asked.looks else ()
    return Beside(tuple(looks), tuple(came), order.transfer)


def _looks(casework: Casework, db: Connection, order: Order) -> Iterator[tuple[Looks, tuple[str, ...]]]:
    """Who looked until the moment that is asked for, page by page; what stood on a list comes after."""
    period = Period(until=order.asked.on, known=order.asked.known)
    for in_list in (False, True):
        number = 1
        while found := access.of_client(db, order.case.id, period, number, in_list=in_list):
            yield from ((look, tuple(_why(casework, order, look))) for look in found)
            number += 1


def _why(casework: Casework, order: Order, look: Looks) -> Iterator[str]:
    """What they said it was for."""
    if look.ground == Ground.EMERGENCY:
        known = (e for e in order.case.entries if e.timestamp <= order.asked.known)
        used = (e for e in known if isinstance(e, EmergencyAccessUsed) and e.by.user == look.user_id)
        yield from [str(e.reason) for e in used if local_day(e.timestamp) <= look.day][-1:]
    sealed = zip(look.whys, look.requests, strict=True)
    told = (words_of(casework.vault, order.case.id, request_id, why) for why, request_id in sealed)
    yield from filter(None, dict.fromkeys(told))


def _own(casework: Casework, db: Connection, order: Order, made: Dossier) -> Iterator[Part]:
    """What else the client gets of their own: who came, who looked; and the files, as who takes over does."""
    own = order.asked.length is Length.OWN
    if own:
        yield Part("contacts.json", as_json([_contact(one) for one in made.beside.contacts]), "who came when")
        yield Part("looks.json", as_json([_look(*one) for one in made.beside.looks]), "who looked")
    if not own and not order.transfer:
        return
    for key, kept in made.plan.documents.items():
        content = content_of(db, casework.vault, order.case.id, key, kept)
        if content is not None:
            yield Part(f"documents/{_file_name(key, kept.name)}", content, "a file that was kept")


def _contact(one: Contact) -> dict[str, object]:
    named = ("started_at", "minutes", "kind", "organisation", "workers", "recorded")
    return {name: getattr(one, name) for name in named}


def _look(one: Looks, why: tuple[str, ...]) -> dict[str, object]:
    named = ("day", "user_name", "user_role", "organisation", "ground", "in_list", "times", "parts")
    return {**{name: getattr(one, name) for name in named}, "why": why}


def _file_name(key: UUID, name: str) -> str:
    """No two alike, and none that leaves its folder."""
    safe = re.sub(r"[^\w. -]+|\.{2,}", "_", name).strip(". ")
    return f"{key.hex[:8]}-{safe}" if safe else key.hex
