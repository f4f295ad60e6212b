"""What a case has lists of, as files for a spreadsheet: as its page shows them, and all of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from uuid import UUID

from flask import Blueprint, Response
from flask_babel import gettext, pgettext

from domain.case import Case
from domain.gaps import EntryGone
from domain.kinds import ContactKind, Part
from projections import access
from projections.access import Looks, Period
from projections.contacts import Contact, of_cases
from projections.timeline import Line
from web.access import case_or_404, may
from web.desk import rows, today, wait_for_own_write
from web.forms.facts import in_words
from web.lines import lines_asked
from web.mine.looker import ground_in_words, parts_in_words, reasons, role_in_words
from web.mine.reader import Reader
from web.noticed import Shown, noticed_in, title, weighs
from web.spreadsheet import every_page, heads, spreadsheet, when
from web.words import who, word

blueprint = Blueprint("lists_of_case", __name__)
Cells = Iterable[tuple[object, ...]]


@blueprint.get("/cases/<uuid:case_id>/timeline.csv")
@may("read_case")
def timeline(case_id: UUID) -> Response:
    """The lines that the page shows, with all that each of them says."""
    case = case_or_404(case_id)
    lines, _ = lines_asked(case)
    head = heads("Entry number", "Day", "Written down", "What", "Who", "Organisation", "Says", "State")
    head += heads("Whose idea", "Decided by")
    return _answer("timeline", case, head, (_line(case, line) for line in lines))


def _line(case: Case, line: Line) -> tuple[object, ...]:
    says = in_words(line.entry, case.plan) if line.entry else ()
    gone = line.topic == EntryGone.TOPIC  # who wrote it, and when, went with it
    return (
        line.number,
        "" if gone else line.happened_on,
        "" if gone else when(line.recorded),
        pgettext("event", line.topic.replace("_", " ")) if line.entry else gettext("Not shown"),
        "" if gone else who(line.by),
        "" if gone else line.by.organisation,
        "; ".join(f"{name}: {text}" for name, text in says),
        gettext("Withdrawn") if line.withdrawn else gettext("Corrected") if line.corrections else "",
        word(getattr(line.entry, "initiative", None)),
        word(line.decided_by),
    )


@blueprint.get("/cases/<uuid:case_id>/contacts.csv")
@may("read_case")
def contacts(case_id: UUID) -> Response:
    """Every contact that counts, in the order in which they took place."""
    case = case_or_404(case_id, Part.PEOPLE)
    wait_for_own_write()
    with rows() as db:
        found = of_cases(db, [case.id]).get(case.id, [])
    head = heads("When", "Who came", "Organisation", "Minutes", "Kind", "Written down")
    return _answer("contacts", case, head, (_contact(case, one) for one in found))


def _contact(case: Case, one: Contact) -> tuple[object, ...]:
    came = ", ".join(who(worker, case.plan) for worker in one.workers)
    kind = word(ContactKind(one.kind))
    return when(one.started_at), came, one.organisation, one.minutes, kind, when(one.recorded)


@blueprint.get("/cases/<uuid:case_id>/signals.csv")
@may("read_signals")
def signals(case_id: UUID) -> Response:
    """What is noticed today, and what became of it."""
    case = case_or_404(case_id)
    head = heads("Signal", "Weight", "Says", "State", "Entries")
    return _answer("signals", case, head, map(_signal, noticed_in(case)))


def _signal(one: Shown) -> tuple[object, ...]:
    shown_by = ", ".join(map(str, one.raised.noticed.evidence))
    return title(one.name), weighs(one.weight), one.says, word(one.raised.state), shown_by


@blueprint.get("/cases/<uuid:case_id>/looks.csv")
@may("read_review")
def looks(case_id: UUID) -> Response:
    """Who looked in this case: a line for each person and day."""
    case = case_or_404(case_id)
    head = heads(
        "Day", "Who", "Role", "Organisation", "Ground", "How often", "First", "Last", "What", "Reason"
    )
    return _answer("looks", case, head, (_look(case, one) for one in _looks(case.id)))


def _look(case: Case, one: Looks) -> tuple[object, ...]:
    times = one.times, when(one.first), when(one.last)
    saw = parts_in_words(one.parts), "; ".join(reasons(case, one))
    return (one.day, one.user_name, one.user_role, one.organisation, one.ground, *times, *saw)


@blueprint.get("/my-plan/<uuid:case_id>/looks.csv")
@may("read_own_plan")
def own_looks(case_id: UUID) -> Response:
    """Who looked, for the client: in the words of their page."""
    me = Reader.of(case_id)
    head = heads("Day", "Name", "Who", "How often", "What", "Ground", "Reason")
    return _answer("looks", me.case, head, (_own_look(me, one) for one in _looks(case_id)))


def _own_look(me: Reader, one: Looks) -> tuple[object, ...]:
    they = role_in_words(one.user_role, one.organisation, me.you)
    ground = ground_in_words(one.ground, me.you, before_today=one.day < today())
    saw = gettext("stood on a list") if one.in_list else parts_in_words(one.parts)
    return one.day, one.user_name, they, one.times, saw, ground, "; ".join(reasons(me.case, one))


def _looks(case_id: UUID) -> Iterator[Looks]:
    """Who opened it, and then on whose list it stood."""
    with rows() as db:
        for in_list in (False, True):
            yield from every_page(partial(access.of_client, db, case_id, Period(), in_list=in_list))


def _answer(name: str, case: Case, head: list[str], cells: Cells) -> Response:
    """Nothing in its name says whose it is."""
    return spreadsheet(f"draad-{name}-{str(case.id)[:8]}-{today()}", head, cells)
