"""Who takes part as one of our own: they read the plan because they help, whatever is allowed or stopped."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from domain.entry import Role
from domain.nouns import Person
from domain.plan import Plan
from domain.store.accounts import roles_of
from web.desk import rows
from web.forms.around import people_and_parties
from web.forms.situation import Option, Situation

STAFF = {Role.COORDINATOR, Role.WORKER}  # who reads a case by taking part in it: domain/access.py


def staff_here(plan: Plan) -> dict[UUID, Person]:
    """Those who take part with an account of one who works here."""
    return _here(plan, STAFF)


def partners_here(plan: Plan) -> dict[UUID, Person]:
    """Those who take part with an account of one who works elsewhere: they read what the client allows."""
    return _here(plan, {Role.PARTNER})


def _here(plan: Plan, wanted: set[Role]) -> dict[UUID, Person]:
    here = {key: one for key, one in plan.people.items() if one.user and one.until is None}
    with rows() as db:
        roles = roles_of(db, [one.user for one in here.values() if one.user])
    return {key: one for key, one in here.items() if one.user and roles.get(one.user) in wanted}


def not_staff(at: Situation) -> Iterator[Option]:
    """Who can be allowed something, or not: to our own staff that makes no difference."""
    ours = {str(key) for key in staff_here(at.plan)}
    return (option for option in people_and_parties(at) if option.value not in ours)
