"""Who takes part, who left, and who holds the lead."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain import errors
from domain.case import Case
from domain.kinds import PartyKind, PersonKind, WhyWithdrawn
from domain.plan import Plan
from tests import given
from tests.given import deciding, person_called, telling, the


def join(case: Case, name: str, organisation: str = "De Brug") -> UUID:
    return case.join_person(name=name, kind=PersonKind.WORKER, organisation=organisation, **telling())


def leads(plan: Plan) -> dict[str, str]:
    return {where: plan.people[lead.person].name for where, lead in plan.leads.items() if lead.person}


def test_a_person_joins_once() -> None:
    case = given.sanne()
    with pytest.raises(errors.AlreadyHere):
        join(case, "Thomas Visser")
    join(case, "Thomas Visser", "Elders")  # somebody else of that name
    with pytest.raises(errors.Empty):
        join(case, "")


def test_nobody_takes_part_twice_with_one_account() -> None:
    case = given.sanne()
    facts: dict[str, Any] = {"kind": PersonKind.WORKER, "user": uuid4()}
    person = case.join_person(name="Noor Bos", **facts, **telling())
    for day in (given.TODAY, given.OPENING):  # nor from a day before they joined
        with pytest.raises(errors.AlreadyHere) as refused:
            case.join_person(name="Noor B.", **facts, **telling(day))
        assert refused.value.field == "user"
    case.leave_person(person, "Andere baan", **telling())
    case.join_person(name="Noor B.", **facts, **telling())


def test_who_left_and_comes_back_joins_again() -> None:
    case = given.sanne()
    case.leave_person(person_called(case, "Thomas Visser"), "Andere baan", **telling())
    join(case, "Thomas Visser")
    assert [p.until for p in case.plan.people.values() if p.name == "Thomas Visser"] == [given.TODAY, None]


def test_leaving_has_a_reason_and_happens_once() -> None:
    case = given.sanne()
    thomas = person_called(case, "Thomas Visser")
    with pytest.raises(errors.Empty):
        case.leave_person(thomas, "", **telling())
    case.leave_person(thomas, "Andere baan", **telling())
    with pytest.raises(errors.NoLongerHere):
        case.leave_person(thomas, "Nog eens", **telling())
    assert not case.plan.people[thomas].usual_worker


def test_a_lead_who_leaves_lays_down_the_lead() -> None:
    case = given.sanne()
    assert leads(case.plan) == {"De Brug": "Fatima de Wit"}
    case.leave_person(person_called(case, "Fatima de Wit"), "Met pensioen", **telling())
    assert leads(case.plan) == {}


def test_a_lead_takes_the_place_of_the_lead_of_the_same_organisation_only() -> None:
    case = given.sanne()
    case.name_lead(person_called(case, "Thomas Visser"), **deciding())
    case.name_lead(join(case, "Joris Smit", "Buurtteam Oost"), **deciding())
    assert leads(case.plan) == {"De Brug": "Thomas Visser", "Buurtteam Oost": "Joris Smit"}


def test_who_is_unknown_or_gone_leads_nothing() -> None:
    case = given.sanne()
    thomas = person_called(case, "Thomas Visser")
    case.name_lead(thomas, from_on=date(2026, 12, 1), **deciding())
    case.leave_person(thomas, "Andere baan", **telling())
    assert leads(case.plan) == {"De Brug": "Fatima de Wit"}
    with pytest.raises(errors.NoLongerHere):
        case.name_lead(thomas, **deciding())
    with pytest.raises(errors.NotInThePlan):
        case.name_lead(uuid4(), **deciding())


def test_a_lead_whose_joining_was_withdrawn_is_loose() -> None:
    case = given.sanne()
    (joined,) = (e.number for e in case.entries if getattr(e, "name", "") == "Fatima de Wit")
    case.withdraw_entry(joined, WhyWithdrawn.IN_ERROR, **telling())
    assert case.plan.leads == {}
    assert [end.noun for end in case.plan.loose] == ["person"]


def test_the_usual_worker_changes_within_one_organisation() -> None:
    case = given.sanne()
    thomas, nadia = person_called(case, "Thomas Visser"), join(case, "Nadia Bakker")
    case.change_worker(thomas, nadia, date(2026, 11, 1), handover_with_client=True, **deciding())
    assert [case.plan.people[p].usual_worker for p in (thomas, nadia)] == [False, True]
    with pytest.raises(errors.NothingChanged):
        case.change_worker(nadia, nadia, **deciding())
    with pytest.raises(errors.OtherOrganisation) as refused:
        case.change_worker(nadia, join(case, "Joris Smit", "Buurtteam Oost"), **deciding())
    assert refused.value.field == "after"


def test_a_party_joins_once_for_a_purpose() -> None:
    case = given.an_opened_case()
    with pytest.raises(errors.Empty):
        case.join_party("", PartyKind.FORMAL, "Samen plannen", **deciding())
    with pytest.raises(errors.Empty):
        case.join_party("GGZ Oost", PartyKind.FORMAL, "", **deciding())
    case.join_party("GGZ Oost", PartyKind.FORMAL, "Behandeling", **deciding())
    with pytest.raises(errors.AlreadyHere):
        case.join_party("ggz oost", PartyKind.FORMAL, "Behandeling", **deciding())


def test_a_party_leaves_once_with_a_reason() -> None:
    case = given.an_opened_case()
    party = case.join_party("GGZ Oost", PartyKind.FORMAL, "Behandeling", **deciding())
    with pytest.raises(errors.Empty):
        case.leave_party(party, "", **telling())
    case.leave_party(party, "Behandeling klaar", **telling())
    with pytest.raises(errors.NoLongerHere):
        case.leave_party(party, "Nog eens", **telling())
    assert not case.plan.here(case.plan.parties)
    assert the(case.plan.parties) == party


def test_only_who_leads_lays_down_the_lead_with_a_reason() -> None:
    case = given.sanne()
    fatima, thomas = person_called(case, "Fatima de Wit"), person_called(case, "Thomas Visser")
    with pytest.raises(errors.NotLeading):
        case.end_lead(thomas, "Vakantie", **telling())
    with pytest.raises(errors.NotThereYet):
        case.end_lead(fatima, "Vakantie", **telling(date(2026, 1, 13)))
    with pytest.raises(errors.Empty):
        case.end_lead(fatima, " ", **telling())
    case.end_lead(fatima, "Vakantie", **telling(date(2026, 10, 1)))
    assert leads(case.plan_on(date(2026, 9, 30))) == {"De Brug": "Fatima de Wit"}
    assert leads(case.plan) == {}
    assert case.plan.people[fatima].until is None
    with pytest.raises(errors.NotLeading):
        case.end_lead(fatima, "Nog eens", **telling())


def test_what_somebody_does_is_agreed_with_who_is_here() -> None:
    case = given.sanne()
    henk = person_called(case, "Henk Mulder")
    case.agree_role(henk, "Elke zondag samen koken.", date(2026, 12, 31), **telling(date(2026, 10, 1)))
    assert not case.plan_on(date(2026, 9, 30)).roles
    (role,) = case.plan.roles
    assert (role.person, role.what, role.until) == (henk, "Elke zondag samen koken.", date(2026, 12, 31))
    with pytest.raises(errors.Empty):
        case.agree_role(henk, "", **telling())
    with pytest.raises(errors.EndsTooSoon):
        case.agree_role(henk, "Bellen.", date(2026, 11, 21), **telling())
    case.leave_person(henk, "Verhuisd", **telling())
    with pytest.raises(errors.NoLongerHere):
        case.agree_role(henk, "Bellen.", **telling())
