"""How choices, days, amounts and names read on a page."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from flask import Flask
from flask_babel import format_decimal, gettext
from markupsafe import Markup

from domain.days import HERE, Precision
from domain.entry import Actor
from domain.nouns import Amount, Client
from domain.plan import Plan
from domain.say import Position
from projections.export.words import AS_KNOWN
from web.templating import TEXTS

EXACT = {Precision.DAY: "%Y-%m-%d", Precision.MONTH: "%Y-%m", Precision.YEAR: "%Y"}


def word(choice: Enum | None) -> str:
    """A choice in the reader's language: msgid is its value, msgctxt its class."""
    if choice is None:
        return ""
    return str(TEXTS.pgettext(type(choice).__name__, str(choice.value).replace("_", " ")))


def field(name: str) -> str:
    """The name of a fact in an entry."""
    return str(TEXTS.pgettext("Field", name.replace("_", " ")))


def day(of: date | None, precision: Precision = Precision.DAY) -> str:
    """22-11-2026; 11-2026 or 2026 when no more is known."""
    if of is None:
        return ""
    if precision is Precision.UNKNOWN:
        return str(gettext("day unknown"))
    return _time(f"{of:{EXACT[precision]}}", f"{of:{AS_KNOWN[precision]}}")


def moment(of: datetime | None) -> str:
    """22-11-2026 om 09:10, local time."""
    if of is None:
        return ""
    here = of.astimezone(HERE)
    text = gettext("%(day)s at %(time)s", day=f"{here:%d-%m-%Y}", time=f"{here:%H:%M}")
    return _time(here.isoformat(timespec="minutes"), text)


def clock_time(of: datetime) -> str:
    """09:10, local time."""
    return f"{of.astimezone(HERE):%H:%M}"


def amount(of: Amount | None) -> str:
    """4 uur per week."""
    if of is None:
        return str(gettext("amount not agreed"))
    return f"{format_decimal(of.number)} {word(of.unit)} {word(of.per)}"


def who(of: Any, plan: Plan | None = None) -> str:
    """The name of an actor, a position, a person in the plan, a voice; nobody named is the client."""
    match of:
        case Actor():
            return f"{of.name}, {word(of.role)}" if of.name else word(of.role)
        case Position():
            return who(of.say.person, plan)
        case UUID():
            return _in_plan(of, plan)
        case Enum():
            return word(of)
    return str(of or client_name(plan.client if plan else Client()))


def client_name(client: Client) -> str:
    """What the client is called; the client, where no name was written down."""
    return client.known_as or str(gettext("the client"))


def _in_plan(person: UUID, plan: Plan | None) -> str:
    known = plan.people.get(person) if plan else None
    return known.name if known else str(gettext("somebody who is not in the plan"))


def _time(exact: str, text: str) -> Markup:
    return Markup(f'<time datetime="{exact}">{text}</time>')  # noqa: S704  # days and times, and our own text


def teach(app: Flask) -> None:
    """Templates know these words."""
    for speak in (word, field, day, moment, clock_time, amount, who):
        app.add_template_filter(speak)
        app.add_template_global(speak)
