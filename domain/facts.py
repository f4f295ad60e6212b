"""What holds for a fact, whatever the entry it stands in: when it is recorded, and when it is put right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from domain import errors
from domain.entry import Entry, Facts
from domain.nouns import Amount, Held
from domain.plan import Plan

LINKS: dict[str, Callable[[Plan], Mapping[UUID, Held]]] = {
    "goal_id": lambda plan: plan.goals,
    "part_of": lambda plan: plan.goals,
    "wish_id": lambda plan: plan.wishes,
    "need_id": lambda plan: plan.needs,
    "talking_point_id": lambda plan: plan.points,
    "support_id": lambda plan: plan.supports,
    "alternative_to": lambda plan: plan.supports,
    "again_of": lambda plan: plan.supports,
}  # facts that name a noun of the plan


def check_facts(facts: Facts, today: date) -> None:
    """What is counted can be counted, a mark is given as the forms ask it, and what was so came already."""
    for name, fact in facts.items():
        if isinstance(fact, Amount) and not fact.counts:
            raise errors.NotAnAmount(name)
        if name.endswith("score") and fact is not None and fact not in range(11):
            raise errors.NotAMark(name)
    if (born := facts.get("birth_date")) and born > today:
        raise errors.NotBornYet
    if (written := facts.get("in_writing_on")) and written > today:
        raise errors.NotWrittenYet


def check_entry(entry: Entry, plan: Plan) -> None:
    """The rule of its kind, in the plan before it; and it is over no sooner than it begins."""
    entry.check(plan)
    begins, until = getattr(entry, "since", entry.counts_from), getattr(entry, "until", None)
    if begins and until and until < begins:
        raise errors.EndsTooSoon
    for name in ("ends_on", "review_on"):  # a term ends, and a review comes, after that day
        if (day := getattr(entry, name, None)) and day <= entry.counts_from:
            raise errors.NotLater(name)
