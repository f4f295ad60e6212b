"""Forms for the people and parties around the client."""

from __future__ import annotations

from domain.case import Case
from domain.kinds import PartyKind, PersonKind
from web.desk import today
from web.forms import around, pickers
from web.forms.asking import DecisionForm, EntryForm
from web.forms.fields import Choice, Day, Line, Tick, Words, YesNo
from web.forms.picks import Pick, Registered
from web.forms.situation import Situation


class JoinPerson(EntryForm):
    """Somebody takes part from now on."""

    name = Line("Name", required=True)
    kind = Choice("In what way?", PersonKind, required=True)
    organisation = Line("Organisation")
    relation = Line("Relation", hint="Brother, neighbour, district nurse: as the client says it.")
    user = Registered(
        "Account",
        pickers.accounts,
        there=pickers.can_join,
        hint="Then this person sees this case after signing in.",
    )
    usual_worker = Tick("Is the usual worker")
    client_chose = YesNo("Did the client choose this person?")


class LeavePerson(EntryForm):
    """Somebody no longer takes part."""

    person = Pick("Who?", pickers.people, required=True)
    reason = Words("Why?", required=True)
    told_on = Day("Told to the client on")


class ChangeWorker(DecisionForm):
    """Another usual worker."""

    before = Pick("Who was it?", around.usual_workers, required=True)
    after = Pick(
        "Who is it now?",
        around.colleagues,
        required=True,
        hint="Is it somebody who is not in this list? First record that they take part.",
    )
    told_on = Day("Told to the client on")
    handover_with_client = YesNo("Was the client there at the handover?")

    def known(self, case: Case) -> dict[str, str]:
        """Who is the usual worker, when it is one person."""
        usual = list(around.usual_workers(Situation(case, today())))
        return {"before": usual[0].value} if len(usual) == 1 else {}


class NameLead(DecisionForm):
    """Name who holds the lead."""

    person = Pick("Who?", pickers.people, required=True)


class EndLead(EntryForm):
    """Somebody lays down the lead. Nobody takes it over by that."""

    person = Pick("Who?", around.leads, required=True)
    reason = Words("Why?", required=True)


class AgreeRole(EntryForm):
    """What somebody does for the client, as agreed with them."""

    person = Pick("Who?", pickers.people, required=True)
    what = Words("What do they do?", required=True)
    until = Day("Until and with", hint="dd-mm-yyyy. Leave empty when there is no last day.")


class JoinParty(DecisionForm):
    """An organisation or group takes part from now on."""

    name = Line("Name", required=True)
    kind = Choice("In what way?", PartyKind, required=True)
    purpose = Words("What for?", required=True)


class LeaveParty(EntryForm):
    """An organisation or group no longer takes part."""

    party = Pick("Who?", pickers.parties, required=True)
    reason = Words("Why?", required=True)
