"""Forms for the people and parties around the client."""

from __future__ import annotations

from domain.kinds import PartyKind, PersonKind
from web.forms import choices
from web.forms.asking import DecisionForm, EntryForm
from web.forms.fields import Choice, Day, Line, Tick, Words, YesNo
from web.forms.picks import Pick


class JoinPerson(EntryForm):
    """Somebody takes part from now on."""

    name = Line("Name", required=True)
    kind = Choice("In what way?", PersonKind, required=True)
    organisation = Line("Organisation")
    relation = Line("Relation", hint="Brother, neighbour, district nurse: as the client says it.")
    user = Pick("Account", choices.accounts, hint="Then this person sees this case after signing in.")
    usual_worker = Tick("Is the usual worker")
    client_chose = YesNo("Did the client choose this person?")


class LeavePerson(EntryForm):
    """Somebody no longer takes part."""

    person = Pick("Who?", choices.people, required=True)
    reason = Words("Why?", required=True)
    told_on = Day("Told to the client on")


class ChangeWorker(DecisionForm):
    """Another usual worker."""

    before = Pick("Who was it?", choices.workers, required=True)
    after = Pick("Who is it now?", choices.workers, required=True)
    told_on = Day("Told to the client on")
    handover_with_client = YesNo("Was the client there at the handover?")


class NameLead(DecisionForm):
    """Name who holds the lead."""

    person = Pick("Who?", choices.people, required=True)


class JoinParty(DecisionForm):
    """An organisation or group takes part from now on."""

    name = Line("Name", required=True)
    kind = Choice("In what way?", PartyKind, required=True)
    purpose = Words("What for?", required=True)


class LeaveParty(EntryForm):
    """An organisation or group no longer takes part."""

    party = Pick("Who?", choices.parties, required=True)
    reason = Words("Why?", required=True)
