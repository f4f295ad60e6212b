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
from projections.noted import called
from projections.signals import looking
from projections.signals.rows import observed
from projections.signals.signal import Observed, Signal, Threshold, Weight
from projections.signals.state import Raised, raised
from web.access import actor, can
from web.desk import rows, today
from web.words import client_name

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
    named: dict[str, str]  # the client, and the one thing that it is about

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
        return str(
            text % {**self.named, **{name: _told(fact) for name, fact in self.raised.noticed.facts.items()}}
        )

    def form(self, command: str, case: Case) -> str:
        """The address of the form for what was done with it."""
        evidence = ", ".join(map(str, self.raised.noticed.evidence))
        return url_for(
            "record.ask", case_id=case.id, command=command, signal=self.name, evidence=evidence or None
        )


def noticed_in(case: Case) -> list[Shown]:
    """What is noticed in this case, from its history: what its reader just recorded is in it."""
    return noticed(case, *seen_in(case))


def seen_in(case: Case) -> tuple[Observed, looking.Limits]:
    """What signals see of this case, and the limits of here."""
    with rows() as db:
        contacts = of_cases(db, [case.id]).get(case.id, [])
        limits = looking.limits(db)
    return observed(case.entries, contacts, today(), case.plan_on(today())), limits


def noticed(case: Case, seen: Observed, limits: looking.Limits) -> list[Shown]:
    """What is noticed in what they see."""
    hidden = masked(case.entries, actor().team)
    entries = {entry.number: entry for entry in seen.entries}
    return [
        Shown(
            one,
            [(t, limits.get(one.signal.name, {}).get(t.name, t.default)) for t in one.signal.thresholds],
            [entries[nr] for nr in one.noticed.evidence if nr in entries and nr not in hidden],
            [number for number in one.noticed.evidence if number in hidden],
            {"client": client_name(seen.plan.client), "what": called(seen.plan, one.noticed.about)},
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
