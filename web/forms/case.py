"""Forms for the case as a whole: who the client is, the plan laid down or shown, closing and reopening."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from domain.case import Case
from domain.entry import Facts
from domain.kinds import Address
from web.forms.asking import DecisionForm, EntryForm
from web.forms.fields import Choice, Day, Line, Tick, Words
from web.forms.pickers import figures, supports_running
from web.forms.picks import Picks
from web.forms.situation import Situation


class OtherCase(Line):
    """Another case: as people name it, or the address of its page here."""

    def read(self, value: Any) -> str:
        text = super().read(value).strip()
        here = re.search(r"/cases/([0-9a-f-]{36})\b", text)
        return here[1] if here else text


class DescribeClient(EntryForm):
    """Who the client is on paper, and how they want to be spoken to."""

    name = Line("Name", required=True)
    called = Line("First name, as they are called")
    birth_date = Day("Date of birth", first=date(1900, 1, 1))
    case_number = Line("Number of the file")
    language = Line("Language")
    way_of_talking = Line("Way of talking", hint="Slowly, with pictures, with an interpreter.")
    address = Choice("How does the client want to be spoken to?", Address, required=True)

    def known(self, case: Case) -> dict[str, str]:
        client = case.plan.client
        held = {name: getattr(client, name) for name in self.own if client.name}
        return {
            name: figures(fact) if isinstance(fact, date) else fact for name, fact in held.items() if fact
        }

    def concerns(self, facts: Facts, case: Case) -> set[Any]:
        """The client, and the description that this one takes the place of."""
        return {*super().concerns(facts, case), case.id, case.plan.client.entry}


class ShowPlan(EntryForm):
    """The plan as it is now was shown to somebody."""

    form = Line("In what form?", hint="On paper, on a screen, read aloud.", required=True)
    to = Line("To whom?", required=True)


class LayDownPlan(DecisionForm):
    """Lay down the plan as its next version."""

    method = Line("Way of working")
    together = Tick("Made together with the client")
    pen_held_by = Line("Who held the pen?")


class StartCare(EntryForm):
    """The first day of care."""


class LinkCase(EntryForm):
    """Lay another case beside this one. Cases of one client are linked, never merged."""

    to = OtherCase("Which case?", hint="Its number or name, or the address of its page here.", required=True)
    why = Words("Why?", required=True)


class TransferCase(DecisionForm):
    """The case goes to another organisation, with the help that runs."""

    to = Line("To which organisation?", required=True)


class CloseCase(DecisionForm):
    """Close the case. Running help is ended or handed over first, or goes on elsewhere."""

    reason = Words("Why?", required=True)
    goes_on = Picks("Which help goes on elsewhere?", supports_running, hint="Without this case.")

    def is_possible(self, at: Situation) -> bool:
        return at.case.plan.closed_on is None


class ReopenCase(DecisionForm):
    """Open a closed case again."""

    reason = Words("Why?", required=True)

    def is_possible(self, at: Situation) -> bool:
        return at.case.plan.closed_on is not None
