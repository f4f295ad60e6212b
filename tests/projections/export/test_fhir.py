"""A case as FHIR: what others read in it, and what they do not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.access import Ground
from domain.case import Case
from domain.days import Precision
from domain.entry import Entry, Role
from domain.gaps import EntryGone
from domain.kinds import (
    ConsentPurpose,
    ContactKind,
    LegalKind,
    Part,
    Scope,
    Voice,
    WhyWithdrawn,
    WishForm,
)
from projections.access import Looks
from projections.contacts import Contact
from projections.masked import Teams
from tests import given
from tests.projections.export.fhir_bundles import Node, all_of, of, one_of, own

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


def accepted(goal: Node) -> list[str]:
    """Per person, as HL7's extension has it."""
    found = [e for e in goal["extension"] if e["url"].endswith("/goal-acceptance")]
    return [i["valueCode"] for e in found for i in e["extension"] if i["url"] == "status"]


def detail(told: Node) -> Any:
    (activity,) = one_of(told, "CarePlan")["activity"]
    return activity["detail"]


def test_a_goal_says_whose_idea_it_was_who_agrees_and_in_what_words() -> None:
    goal = one_of(of(given.sanne()), "Goal")
    assert (goal["lifecycleStatus"], goal["startDate"]) == ("active", "2026-01-19")
    assert goal["expressedBy"]["type"] == "Patient"
    assert accepted(goal) == ["agree"]
    (stance,) = own(goal, "stance")
    assert (stance["stance"], stance["means"], stance["words"]) == (
        "agrees",
        "spoken",
        "Ja. Maar niet op dinsdag.",
    )


def test_a_goal_in_the_plan_is_never_called_accepted() -> None:
    goal = one_of(of(given.lena()), "Goal")
    assert goal["lifecycleStatus"] == "active"
    assert accepted(goal) == ["disagree"]
    (disagreement,) = own(goal, "disagreement")
    assert disagreement["words"] == "Ik wil eerst rust in huis."


def test_who_was_not_asked_has_not_agreed() -> None:
    case = given.with_goal()
    case.agree_goal(given.the(case.plan.goals), **given.deciding(say=given.not_asked(why="Met vakantie.")))
    goal = one_of(of(case), "Goal")
    assert accepted(goal) == ["pending"]
    (stance,) = own(goal, "stance")
    assert (stance["not-asked-because"], stance["why"]) == ("was_not_there", "Met vakantie.")


def test_agreement_with_the_text_before_is_none_with_this_one() -> None:
    case, words = given.sanne(), "Ik kook elke dag zelf."
    case.adjust_goal(given.the(case.plan.goals), words, **given.deciding(say=given.not_asked()))
    goal = one_of(of(case), "Goal")
    assert (accepted(goal), goal["description"]["text"]) == (["pending"], words)
    (before,) = own(goal, "former-text")
    assert before["words"] == "Ik kook drie keer per week zelf."
    revised = [
        e for p in all_of(of(case), "Provenance") for e in p.get("entity", ()) if e["role"] == "revision"
    ]
    assert [e["what"]["display"] for e in revised] == ["Ik kook drie keer per week zelf."]


def test_a_firm_no_and_a_weaker_yes_are_both_told_and_agree_with_nothing() -> None:
    case = given.lena()
    case.take_stance(given.the(case.plan.goals), given.yes("Vooruit dan."), **given.telling())
    goal = one_of(of(case), "Goal")
    assert accepted(goal) == ["pending"]
    assert [held["stance"] for held in own(goal, "stance")] == ["disagrees", "agrees"]


def test_less_help_is_told_with_the_way_back() -> None:
    support = detail(of(given.sanne()))
    (less,) = own(support, "scaled-down")
    assert (less["on"], less["way-back"]) == ("2026-09-07", "Eén telefoontje naar Thomas, dan weer 4 uur.")
    (amount,) = own(support, "amount")
    assert (amount["number"], amount["unit"], amount["per"]) == (2, "hours", "week")


def test_a_refusal_is_told_with_what_was_done_and_the_open_door() -> None:
    support = detail(of(given.karim()))
    assert support["status"] == "cancelled"
    (refusal,) = own(support, "refusal")
    assert (refusal["words"], refusal["stopped"], refusal["door"]) == (
        "Vorige keer stond er elke week iemand anders.",
        True,
        "Bel Fatima, ook over een jaar.",
    )


def test_the_team_has_its_days_its_lead_and_who_left() -> None:
    case = given.sanne()
    thomas = given.person_called(case, "Thomas Visser")
    case.leave_person(thomas, "Ander werk.", **given.telling(date(2026, 6, 1)))
    members = one_of(of(case), "CareTeam")["participant"]
    left = next(m for m in members if m["member"]["display"] == "Thomas Visser")
    assert left["period"] == {"start": "2026-01-14", "end": "2026-06-01"}
    marked = [(m["member"]["display"], e["url"]) for m in members for e in m.get("extension", ())]
    leads = [name for name, url in marked if url.endswith("/lead")]
    assert leads == ["Fatima de Wit"]
    (henk,) = all_of(of(case), "RelatedPerson")
    assert henk["relationship"][0]["text"] == "broer"


def test_who_speaks_for_the_client_says_on_what_ground() -> None:
    case = given.sanne()
    rita = given.a_representative(case)
    case.name_representative(rita, LegalKind.MENTOR, Scope.CARE, **given.telling(date(2026, 2, 1)))
    told = next(p for p in all_of(of(case), "RelatedPerson") if p["id"] == str(rita))
    assert own(told, "representation") == [{"ground": "mentor", "about": "care", "since": "2026-02-01"}]


def test_consent_that_was_taken_back_is_not_active() -> None:
    case = given.sanne()
    henk = given.person_called(case, "Henk Mulder")
    consent = case.give_consent(
        ConsentPurpose.SHARING, henk, (Part.GOALS,), **given.deciding(date(2026, 3, 1))
    )
    assert one_of(of(case), "Consent")["status"] == "active"
    case.withdraw_consent(consent, **given.deciding(date(2026, 4, 1), given.no()))
    told = one_of(of(case), "Consent")
    assert (told["status"], told["provision"]["period"]["end"]) == ("inactive", "2026-04-01")
    assert one_of(of(case, date(2026, 3, 15)), "Consent")["status"] == "active"


def test_a_visit_says_who_came_when_and_how_long() -> None:
    case = given.sanne()
    thomas = given.person_called(case, "Thomas Visser")
    came = Contact(
        *(case.id, 2, uuid4(), [thomas, UUID(int=9)], "De Brug", NINE, 45, ContactKind.TASK, NINE, None)
    )
    told = one_of(of(case, contacts=[came]), "Encounter")
    assert told["period"] == {"start": "2026-03-02T09:00:00Z", "end": "2026-03-02T09:45:00Z"}
    assert [p["individual"]["display"] for p in told["participant"]] == ["Thomas Visser"]
    assert (told["class"]["code"], told["serviceProvider"]["display"]) == ("task", "De Brug")


def test_a_provenance_tells_both_clocks_the_writer_and_every_word() -> None:
    case = given.sanne()
    entry = case.entries[-1]
    told = all_of(of(case), "Provenance")[-1]
    assert told["occurredDateTime"] == "2026-09-07"
    assert datetime.fromisoformat(told["recorded"]) == entry.timestamp
    assert told["agent"][0]["who"]["display"] == "Thomas Visser"
    quoted = {e["what"]["display"] for e in told["entity"] if e["role"] == "quotation"}
    assert quoted == {
        "Koken lukt nu ook alleen.",
        "Eén telefoontje naar Thomas, dan weer 4 uur.",
        "Twee uur is genoeg.",
    }
    (all_of_it,) = own(told, "entry")
    assert (all_of_it["initiative"], all_of_it["entry-number"]) == ("client", entry.number)


@pytest.mark.parametrize(
    ("precision", "said"), [(Precision.MONTH, "2026-03"), (Precision.YEAR, "2026"), (Precision.UNKNOWN, None)]
)
def test_a_day_that_nobody_knows_exactly_is_not_made_up(precision: Precision, said: str | None) -> None:
    case = given.sanne()
    case.voice_wish(
        "Weer zwemmen.", WishForm.SAID, Voice.CLIENT,
        **given.telling(date(2026, 3, 4)), precision=precision,
    )  # fmt: skip
    assert all_of(of(case), "Provenance")[-1].get("occurredDateTime") == said


def test_what_was_taken_out_is_pointed_at_by_what_took_it_out() -> None:
    case = given.sanne()
    case.withdraw_entry(len(case.entries), WhyWithdrawn.IN_ERROR, **given.telling())
    *_, gone, told = all_of(of(case), "Provenance")
    (removal,) = [e for e in told["entity"] if e["role"] == "removal"]
    assert removal["what"]["reference"] == f"urn:uuid:{gone['id']}"
    assert not own(detail(of(case)), "scaled-down")


def test_on_a_day_it_is_as_it_was_and_by_a_moment_as_it_was_known() -> None:
    case = given.sanne()
    (amount,) = own(detail(of(case, date(2026, 6, 1))), "amount")
    assert amount["number"] == 4
    assert len(all_of(of(case, date(2026, 6, 1)), "Provenance")) == len(case.entries) - 1
    before = case.entries[-1].timestamp - timedelta(seconds=1)
    (amount,) = own(detail(of(case, known=before)), "amount")
    assert amount["number"] == 4


def test_a_fact_that_was_put_right_later_is_right_on_the_day_itself() -> None:
    case = given.sanne()
    number = next(e.number for e in case.entries if e.TOPIC == "support_offered")
    case.correct_entry(number, "provider", "De Haven", "Verkeerd gekozen.", **given.telling())
    told = of(case, date(2026, 6, 1))
    assert detail(told)["performer"][0]["display"] == "De Haven"
    assert all_of(told, "Provenance")[-1]["activity"]["coding"][0]["code"] == "entry_corrected"


def _talks(case: Case, unasked: str) -> Case:
    henk = given.person_called(case, "Henk Mulder")
    case.hear_network_view(henk, unasked, unasked=True, **given.telling(by=given.WORKER))
    return case


def test_what_another_team_heard_is_not_there() -> None:
    case = _talks(given.sanne(), "Hij belde over vroeger.")
    assert "Hij belde over vroeger." in str(of(case, team=Teams.ALL))
    assert "Hij belde over vroeger." in str(of(case, team="Noord"))
    told = of(case, team="Oost")
    assert "Hij belde over vroeger." not in str(told)
    assert len(all_of(told, "Provenance")) == len(case.entries) - 1


def test_what_was_another_clients_is_not_there_nor_why() -> None:
    case = given.sanne()
    wish: Entry = next(e for e in case.entries if e.TOPIC == "wish_voiced")
    case.withdraw_entry(
        wish.number, WhyWithdrawn.WRONG_CLIENT, words="Dit was van mevrouw Post.", **given.telling()
    )
    told = str(of(case))
    assert "voor mijn zus" not in told
    assert "Post" not in told


def test_what_was_destroyed_is_not_there() -> None:
    case = given.sanne()
    before, gone = case.entries[8:10]
    left = [EntryGone.at(gone, before, None) if e is gone else e for e in case.entries]
    told = all_of(of(case.read_as(left)), "Provenance")
    assert len(told) == len(case.entries) - 1
    assert "entry_gone" not in str(told)


def test_what_the_client_wrote_is_told_as_theirs() -> None:
    agents = [p["agent"][0] for p in all_of(of(given.lena()), "Provenance")]
    theirs = [a["who"] for a in agents if a["role"][0]["coding"][0]["code"] == "client"]
    assert {who["type"] for who in theirs} == {"Patient"}


def test_who_looked_is_told_once_for_a_day() -> None:
    look = Looks(
        date(2026, 3, 2), uuid4(), "Mina Vos", Role.MANAGER, "De Brug", Ground.PURPOSE, False, 4,
        NINE, NINE + timedelta(hours=2), 7, [], [], [], [], 1,
    )  # fmt: skip
    told = one_of(of(given.sanne(), looks=[look]), "AuditEvent")
    assert told["period"] == {"start": "2026-03-02T09:00:00Z", "end": "2026-03-02T11:00:00Z"}
    assert told["entity"][0]["detail"][0]["valueString"] == "4"
    assert (told["agent"][0]["who"]["display"], told["purposeOfEvent"][0]["coding"][0]["code"]) == (
        "Mina Vos",
        "purpose",
    )


def test_the_same_case_at_the_same_moment_is_the_same_bundle() -> None:
    case = given.lena()
    assert of(case) == of(case)
