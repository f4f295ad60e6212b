"""Forms for the people and parties around the client."""

from __future__ import annotations

from domain.kinds import PartyKind, PersonKind
from web.forms import around, pickers
from web.forms.asking import DecisionForm, EntryForm
from web.forms.fields import Choice, Day, Line, Tick, Words, YesNo
from web.forms.picks import Pick


class JoinPerson(EntryForm):
    """Somebody takes part from now on."""

    name = Line("Name", required=True)
    kind = Choice("In what way?", PersonKind, required=True)
    organisation = Line("Organisation")
    relation = Line("Relation", hint="Brother, neighbour, district nurse: as the client says it.")
    user = Pick("Account", pickers.accounts, hint="Then this person sees this case after signing in.")
    usual_worker = Tick("Is the usual worker")
    client_chose = YesNo("Did the client choose this person?")


class LeavePerson(EntryForm):
    """Somebody no longer takes part."""

    person = Pick("Who?", pickers.people, required=True)
    reason = Words("Why?", required=True)
    told_on = Day("Told to the client on")


class ChangeWorker(DecisionForm):
    """Another usual worker."""

    before = Pick("Who was it?", pickers.workers, required=True)
    after = Pick("Who is it now?", pickers.workers, required=True)
    told_on = Day("Told to the client on")
    handover_with_client = YesNo("Was the client there at the handover?")


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
