"""A case that goes to others, or ends while support goes on elsewhere; and what begins and lies beside it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain import errors
from domain.access import may_see
from domain.case import Case, CaseLinked
from domain.kinds import PersonKind, SupportKind
from domain.plan import read
from domain.say import Stance
from tests import given
from tests.given import TODAY, deciding, telling, the

GONE, BEFORE = date(2026, 10, 1), date(2026, 9, 30)


def transferred() -> Case:
    case = given.with_support()
    case.transfer_case("Buurtteam Oost", **deciding(GONE, given.no("Ik blijf liever hier.")))
    return case


def test_a_case_goes_to_others_with_what_the_client_said_of_it() -> None:
    case = transferred()
    there = case.plan.transferred
    assert there
    assert (there.to, there.since) == ("Buurtteam Oost", GONE)
    assert case.plan.stances_on(there.entry).of()[0].say.stance is Stance.DISAGREES
    assert read(case.entries, on=BEFORE).transferred is None


def test_support_that_ran_went_along_so_that_the_case_can_close() -> None:
    case = transferred()
    case.close_case("Overgedragen.", **deciding(GONE))
    assert case.plan.closed_on == GONE


def test_support_that_began_after_the_transfer_did_not_go_along() -> None:
    case = given.with_offer()
    case.transfer_case("Buurtteam Oost", **deciding(GONE))
    case.start_support(the(case.plan.supports), **deciding(date(2026, 10, 2)))
    with pytest.raises(errors.StillRunning):
        case.close_case("Overgedragen.", **deciding())


def test_what_goes_along_later_is_still_here_when_the_case_closes_before() -> None:
    case = given.with_support()
    case.transfer_case("Buurtteam Oost", from_on=date(2026, 12, 1), **deciding())
    with pytest.raises(errors.StillRunning):
        case.close_case("Overgedragen.", **deciding())
    case.close_case("Overgedragen.", from_on=date(2026, 12, 1), **deciding())


def test_a_case_goes_to_others_once_until_it_is_opened_again() -> None:
    case = transferred()
    with pytest.raises(errors.AlreadyTransferred) as refused:
        case.transfer_case("De Linde", **deciding())
    assert refused.value.facts == {"to": "Buurtteam Oost", "day": GONE}
    case.close_case("Overgedragen.", **deciding(GONE))
    case.reopen_case("Terug.", **deciding())
    assert case.plan.transferred is None
    case.transfer_case("De Linde", **deciding())


def test_a_case_goes_to_somebody() -> None:
    with pytest.raises(errors.Empty) as refused:
        given.sanne().transfer_case(" ", **deciding())
    assert refused.value.field == "to"


def test_support_that_is_named_goes_on_elsewhere() -> None:
    case = given.with_support()
    support = the(case.plan.supports)
    case.close_case("Verhuisd.", (support,), **deciding())
    assert case.plan.closed_on == given.TODAY
    assert case.plan.supports[support].running


def test_one_that_is_named_does_not_speak_for_the_others() -> None:
    case = given.with_support()
    first = the(case.plan.supports)
    home = case.offer_support(
        what="Hulp in huis", kind=SupportKind.HOUSEHOLD, provider="De Linde", **telling()
    )
    case.start_support(home, **deciding())
    with pytest.raises(errors.StillRunning) as refused:
        case.close_case("Verhuisd.", (first,), **deciding())
    assert refused.value.facts == {"support": "Hulp in huis"}


@pytest.mark.parametrize("ended", [True, False])
def test_what_does_not_run_does_not_go_on(*, ended: bool) -> None:
    case, support = given.with_support(), UUID(int=9)
    if ended:
        support = the(case.plan.supports)
        case.end_support(support, "Klaar.", **deciding())
    with pytest.raises(errors.NotRunning) as refused:
        case.close_case("Verhuisd.", (support,), **deciding())
    assert refused.value.field == "goes_on"


def test_care_starts_once() -> None:
    case = given.an_opened_case()
    case.start_care(**telling(GONE))
    assert case.plan.care_started_on == GONE
    assert read(case.entries, on=BEFORE).care_started_on is None
    with pytest.raises(errors.CareHasStarted) as refused:
        case.start_care(**telling(BEFORE))
    assert refused.value.facts == {"started": GONE}


def test_of_two_first_days_of_care_the_first_counts() -> None:
    """The rule refuses a second; a history may hold one nevertheless."""
    case = given.an_opened_case()
    case.start_care(**telling(GONE))
    again = case.entries[-1]
    later = type(again)(**{**vars(again), "originator_version": 3, "happened_on": given.TODAY})
    assert read([*case.entries, later]).care_started_on == GONE


def test_cases_of_one_client_lie_side_by_side() -> None:
    case, other = given.sanne(), UUID(int=0x0E)
    case.link_case(" Z-77 ", "Zelfde gezin.", **telling(BEFORE))
    case.link_case(str(other), "Eerder traject.", **telling(GONE))
    assert [(link.to, link.why) for link in case.plan.links] == [
        ("Z-77", "Zelfde gezin."),
        (str(other), "Eerder traject."),
    ]
    assert len(read(case.entries, on=BEFORE).links) == 1
    by_name, here = (entry for entry in case.entries if isinstance(entry, CaseLinked))
    assert (by_name.case_id, here.case_id) == (None, other)


def test_a_case_is_linked_once_and_not_to_itself() -> None:
    case = given.sanne()
    case.link_case("Z-77", "Zelfde gezin.", **telling())
    with pytest.raises(errors.AlreadyLinked):
        case.link_case("Z-77", "Nog eens.", **telling())
    with pytest.raises(errors.SameCase):
        case.link_case(str(case.id).upper(), "Deze.", **telling())


@pytest.mark.parametrize(("to", "why", "field"), [(" ", "Gezin.", "to"), ("Z-77", "", "why")])
def test_a_link_says_to_which_case_and_why(to: str, why: str, field: str) -> None:
    with pytest.raises(errors.Empty) as refused:
        given.sanne().link_case(to, why, **telling())
    assert refused.value.field == field


def test_access_does_not_revive_with_the_case() -> None:
    case, closed = given.sanne(), date(2026, 10, 1)
    case.end_support(the(case.plan.supports), "Klaar.", **deciding(closed))
    case.close_case("Klaar.", **deciding(closed))
    assert may_see(given.WORKER, case, TODAY)  # a closed case can be read by those who took part
    case.reopen_case("Terug.", **deciding(TODAY))
    assert may_see(given.WORKER, case, closed)
    assert not may_see(given.WORKER, case, TODAY)
    thomas = given.person_called(case, "Thomas Visser")
    facts: Any = {"kind": PersonKind.WORKER, "organisation": "De Brug", "user": given.WORKER.user}
    assert case.join_person(name="Thomas Visser", **facts, **telling()) == thomas
    assert may_see(given.WORKER, case, TODAY)
    with pytest.raises(errors.AlreadyHere):
        case.join_person(name="Thomas Visser", **facts, **telling())


def test_who_opens_a_case_again_still_takes_part() -> None:
    case = given.sanne()
    case.end_support(the(case.plan.supports), "Klaar.", **deciding())
    case.close_case("Klaar.", **deciding())
    case.reopen_case("Terug.", **deciding(by=given.WORKER))
    assert may_see(given.WORKER, case, TODAY)
