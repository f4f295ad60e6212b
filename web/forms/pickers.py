"""What can sensibly be chosen: read from the plan on the day the entry is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from flask_babel import pgettext

from domain.kinds import DocumentKind, GoalStatus, PersonKind, SupportStatus
from domain.nouns import Goal, Held, Person, Support
from domain.store.accounts import Account, who_can_join
from web.desk import rows
from web.forms.picks import THE_CLIENT
from web.forms.situation import Option, Situation
from web.words import client_name

N = TypeVar("N", bound=Held)
IN_THE_PLAN = {GoalStatus.IN_PLAN, GoalStatus.PAUSED}
LATEST = 200  # entries to choose from; an older one is reached from its own page


def figures(day: date) -> str:
    """A day in plain text."""
    return f"{day:%d-%m-%Y}"


def short(text: str, most: int = 90) -> str:
    """One line of it."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def _those(held: Mapping[Any, N], text: Callable[[N], str], when: Callable[[N], bool]) -> Iterator[Option]:
    return (Option(str(key), short(text(noun))) for key, noun in held.items() if when(noun))


def _goals(at: Situation, when: Callable[[Goal], bool]) -> Iterator[Option]:
    return _those(at.plan.goals, lambda goal: goal.words, when)


def goals(at: Situation) -> Iterator[Option]:
    return _goals(at, lambda goal: goal.open)


def goals_on_the_table(at: Situation) -> Iterator[Option]:
    return _goals(at, lambda goal: goal.open and goal.status not in IN_THE_PLAN)


def goals_in_plan(at: Situation) -> Iterator[Option]:
    return _goals(at, lambda goal: goal.status is GoalStatus.IN_PLAN)


def goals_paused(at: Situation) -> Iterator[Option]:
    return _goals(at, lambda goal: goal.status is GoalStatus.PAUSED)


def _supports(at: Situation, when: Callable[[Support], bool]) -> Iterator[Option]:
    return _those(at.plan.supports, named, when)


def named(support: Support) -> str:
    """Support as people name it: what, and by whom."""
    return f"{support.what} – {support.provider}" if support.provider else support.what


def supports(at: Situation) -> Iterator[Option]:
    return _supports(at, lambda support: support.open)


def supports_to_accept(at: Situation) -> Iterator[Option]:
    return _supports(at, lambda s: s.status in {SupportStatus.OFFERED, SupportStatus.REFUSED})


def supports_to_start(at: Situation) -> Iterator[Option]:
    return _supports(at, lambda s: s.status in {SupportStatus.OFFERED, SupportStatus.ACCEPTED})


def supports_running(at: Situation) -> Iterator[Option]:
    return _supports(at, lambda support: support.running)


def supports_to_pause(at: Situation) -> Iterator[Option]:
    return _supports(at, lambda s: s.status is SupportStatus.RUNNING)


def supports_paused(at: Situation) -> Iterator[Option]:
    return _supports(at, lambda s: s.status is SupportStatus.PAUSED)


def supports_refused(at: Situation) -> Iterator[Option]:
    return _supports(at, lambda support: bool(support.refusals))


def refusals(at: Situation) -> Iterator[Option]:
    """Refusals of which nobody wrote down yet what was done with them."""
    for number, refusal in at.plan.refusals.items():
        support = at.plan.supports.get(refusal.support_id) if refusal.support_id else None
        if refusal.respected is None:
            what = named(support) if support else refusal.words
            yield Option(str(number), short(f"{figures(refusal.since)}: {what}"))


def choices(at: Situation) -> Iterator[Option]:
    """What was to be chosen, chosen already or not: people change their mind."""
    return _those(at.plan.choices, lambda c: " / ".join(c.options) or c.chosen, lambda _: True)


def tryouts(at: Situation) -> Iterator[Option]:
    return _those(at.plan.tryouts, lambda tryout: tryout.words, lambda tryout: tryout.result is None)


def restrictions(at: Situation) -> Iterator[Option]:
    """Those that held on that day."""
    return _those(at.plan.restrictions, lambda r: r.what, lambda r: at.on <= (r.last_day or at.on))


def wishes(at: Situation) -> Iterator[Option]:
    return _those(at.plan.wishes, lambda wish: wish.words, lambda _: True)


def talking_points(at: Situation) -> Iterator[Option]:
    return _those(at.plan.points, lambda point: point.words, lambda _: True)


def needs(at: Situation) -> Iterator[Option]:
    return _those(at.plan.needs, lambda need: need.words, lambda _: True)


def _people(at: Situation, when: Callable[[Person], bool]) -> Iterator[Option]:
    return _those(at.plan.people, called, lambda person: person.until is None and when(person))


def called(person: Person) -> str:
    """A person by name, with their organisation."""
    return f"{person.name} ({person.organisation})" if person.organisation else person.name


def people(at: Situation) -> Iterator[Option]:
    return _people(at, lambda _: True)


def speakers(at: Situation) -> Iterator[Option]:
    """The client first, then everybody who takes part."""
    yield Option(THE_CLIENT, client_name(at.plan.client))
    yield from people(at)


def workers(at: Situation) -> Iterator[Option]:
    return _people(at, lambda person: person.kind is PersonKind.WORKER)


def network(at: Situation) -> Iterator[Option]:
    """Those around the client who do not work for them."""
    return _people(at, lambda person: person.kind is not PersonKind.WORKER)


def accounts(at: Situation) -> Iterator[Option]:
    """Who can sign in and do not take part yet."""
    here = {person.user for person in at.plan.people.values() if person.until is None}
    return (
        Option(str(a.id), short(f"{a.name}, {a.organisation}" if a.organisation else a.name))
        for a in can_join().values()
        if a.id not in here
    )


def can_join() -> dict[UUID, Account]:
    """The accounts of those who take part in cases."""
    with rows() as db:
        return {account.id: account for account in who_can_join(db)}


def parties(at: Situation) -> Iterator[Option]:
    return _those(at.plan.parties, lambda party: party.name, lambda party: party.until is None)


def proposals(at: Situation) -> Iterator[Option]:
    return _those(at.plan.proposals, lambda proposal: proposal.then, lambda proposal: proposal.open)


def disagreements(at: Situation) -> Iterator[Option]:
    return _those(at.plan.disagreements, lambda d: d.words, lambda d: d.settled_on is None)


def agreements(at: Situation) -> Iterator[Option]:
    return _those(at.plan.agreements, lambda agreement: agreement.words, lambda _: True)


def mediations_offered(at: Situation) -> Iterator[Option]:
    return _those(at.plan.mediations, lambda m: figures(m.since), lambda m: m.involved_on is None)


def mediations_running(at: Situation) -> Iterator[Option]:
    return _those(at.plan.mediations, lambda m: f"{figures(m.since)}: {m.mediator}", lambda m: m.running)


def complaints(at: Situation) -> Iterator[Option]:
    return _those(at.plan.complaints, lambda c: c.words, lambda c: c.answered_on is None)


def entries_restricted(at: Situation) -> Iterator[Option]:
    """Their numbers and days alone: what they say is read by nobody."""
    held = (entry for number in at.case.restrictions if (entry := at.case.entry(number)))
    return (Option(str(entry.number), f"{entry.number} · {figures(entry.happened_on)}") for entry in held)


def evaluations_planned(at: Situation) -> Iterator[Option]:
    return _those(
        at.plan.evaluations,
        lambda e: figures(e.planned_on) if e.planned_on else "",
        lambda e: e.held_on is None,
    )


def evaluations_held(at: Situation) -> Iterator[Option]:
    return _those(
        at.plan.evaluations,
        lambda e: figures(e.held_on) if e.held_on else "",
        lambda e: e.held_on is not None,
    )


def subjects(at: Situation) -> Iterable[Option]:
    """All that somebody can have a stance on."""
    return (*goals(at), *supports(at), *wishes(at), *proposals(at))


def holds(at: Situation) -> Iterator[Option]:
    return _those(at.plan.holds, lambda hold: hold.ground, lambda hold: hold.lifted_on is None)


def requests(at: Situation) -> Iterator[Option]:
    return _those(at.plan.requests, lambda r: f"{figures(r.since)}: {r.words}", lambda r: r.open)


def signed_sheets(at: Situation) -> Iterator[Option]:
    return _those(at.plan.documents, lambda d: d.name, lambda d: d.kind is DocumentKind.SIGNED_SHEET)


def entries(at: Situation) -> Iterator[Option]:
    """The latest entries first; the opening itself is not among them."""
    for entry in reversed(at.case.entries[1:][-LATEST:]):
        what = pgettext("event", entry.TOPIC.replace("_", " "))
        yield Option(str(entry.number), f"{entry.number} · {figures(entry.happened_on)} · {what}")
