"""What is noticed in one case, with what shows it; and how a signal is called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext, pgettext

from domain.case import Case
from domain.entry import Entry
from projections.contacts import of_cases
from projections.masked import masked
from projections.signals import looking
from projections.signals.rows import observed
from projections.signals.signal import Signal, Threshold, Weight
from projections.signals.state import Raised, raised
from web.access import actor, can
from web.desk import rows, today

LOOKS = {Weight.NOW: ("alert", "warn"), Weight.THIS_WEEK: ("warn", "clock"), Weight.KEEP_AN_EYE: ("", "eye")}


@dataclass(frozen=True)
class Shown:
    """A signal in one case: what became of it, the limits it used, and the entries that show it.

    `masked`: the numbers of those that this reader does not read.
    """

    raised: Raised
    limits: list[tuple[Threshold, int]]
    entries: list[Entry]
    masked: list[int]

    @property
    def name(self) -> str:
        return self.raised.signal.name

    @property
    def weight(self) -> Weight:
        return self.raised.noticed.weight or self.raised.signal.weight

    @property
    def says(self) -> str:
        """Its sentence, with what was noticed here."""
        text = gettext(self.raised.noticed.says or self.raised.signal.says)
        return str(text % {name: _told(fact) for name, fact in self.raised.noticed.facts.items()})

    def form(self, command: str, case: Case) -> str:
        """The address of the form for what was done with it."""
        evidence = ", ".join(map(str, self.raised.noticed.evidence))
        return url_for(
            "record.ask", case_id=case.id, command=command, signal=self.name, evidence=evidence or None
        )


def noticed_in(case: Case) -> list[Shown]:
    """What is noticed in this case, from its history: what its reader just recorded is in it."""
    with rows() as db:
        contacts = of_cases(db, [case.id]).get(case.id, [])
        limits = looking.limits(db)
    seen = observed(case.entries, contacts, today(), case.plan_on(today()))
    hidden = masked(case.entries, actor().team)
    entries = {entry.number: entry for entry in seen.entries if entry.number not in hidden}
    return [
        Shown(
            one,
            [(t, limits.get(one.signal.name, {}).get(t.name, t.default)) for t in one.signal.thresholds],
            [entries[number] for number in one.noticed.evidence if number in entries],
            [number for number in one.noticed.evidence if number in hidden],
        )
        for one in raised(seen, limits)
        if theirs(one.signal)
    ]


def title(name: str) -> str:
    """What a signal is called."""
    return str(pgettext("signal", name.replace("_", " ")))


def weighs(weight: int) -> str:
    """How soon somebody should look."""
    return str(pgettext("Weight", Weight(weight).name.lower().replace("_", " ")))


def limit_at(limit: Threshold, value: int) -> str:
    """Quiet time: 28 days; or just 28 days, when that says it all."""
    name, unit = pgettext("threshold", limit.name.replace("_", " ")), pgettext("unit", limit.unit)
    text = f"{value} {unit}" if name == unit else f"{name}: {value} {unit}"
    return text[:1].upper() + text[1:]


def look(weight: int) -> tuple[str, str]:
    """Its colour and its icon."""
    return LOOKS[Weight(weight)]


def theirs(signal: Signal) -> bool:
    """Whether the one who is here gets to see this signal."""
    return can("read_organisation") or not signal.for_managers


def _told(fact: int | date) -> object:
    return f"{fact:%d-%m-%Y}" if isinstance(fact, date) else fact
