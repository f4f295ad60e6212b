"""Talking together: who was there, what was explained, and how others see it."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest

from domain import errors
from domain.case import Case
from domain.conversation import InformationGiven, NetworkViewHeard
from domain.correcting import facts_of
from domain.entry import Facts
from domain.kinds import ConsentPurpose, ConversationKind, Part, WhyWithdrawn
from tests import given
from tests.given import deciding, person_called, telling, the

MAY_ASK, MAY, UNTIL = date(2026, 3, 2), date(2026, 5, 4), date(2026, 6, 1)


def sanne_and_henk() -> tuple[Case, UUID]:
    case = given.sanne()
    return case, person_called(case, "Henk Mulder")


def with_consent(purpose: ConsentPurpose = ConsentPurpose.ASKING) -> tuple[Case, UUID]:
    """From 2 March up to 1 June Henk may be asked."""
    case, henk = sanne_and_henk()
    case.give_consent(purpose, henk, tuple(Part), UNTIL, **deciding(MAY_ASK))
    return case, henk


def test_a_conversation_without_the_client_says_why() -> None:
    case = given.an_opened_case()
    facts = {"kind": ConversationKind.TEAM, "client_present": False, **telling()}
    with pytest.raises(errors.Empty) as refused:
        case.hold_conversation(**facts)
    assert refused.value.field == "why_absent"
    case.hold_conversation(why_absent="Wilde niet.", **facts)
    assert not case.plan.talks[0].client_present


def test_what_was_explained_says_to_whom_and_whether_it_was_understood() -> None:
    case = given.sanne()
    case.give_information("Rechten", "op papier", "Sanne", words="Dat wist ik niet.", **telling(MAY_ASK))
    case.give_information("Rechten", "verteld", "Sanne", understood=True, **telling())
    assert [(i.form, i.understood) for i in case.plan.informed] == [("op papier", None), ("verteld", True)]
    assert case.plan.informed[0].words == "Dat wist ik niet."
    assert len(case.plan_on(MAY_ASK).informed) == 1


@pytest.mark.parametrize("empty", ["subject", "form", "to"])
def test_what_was_explained_is_whole(empty: str) -> None:
    case = given.an_opened_case()
    facts: Facts = {"subject": "Rechten", "form": "op papier", "to": "Sanne", empty: " ", **telling()}
    with pytest.raises(errors.Empty) as refused:
        case.give_information(**facts)
    assert refused.value.field == empty


def test_whether_it_was_understood_is_not_put_right_but_asked_again() -> None:
    assert "understood" not in facts_of(InformationGiven)


def test_somebody_close_is_asked_only_when_the_client_allows_it() -> None:
    case, henk = sanne_and_henk()
    with pytest.raises(errors.NotAllowedToAsk) as refused:
        case.hear_network_view(henk, "Ze lacht weer.", **telling())
    assert (refused.value.field, refused.value.facts) == ("person", {"name": "Henk Mulder"})
    assert not case.plan.views


def test_what_they_came_with_themselves_may_always_be_recorded() -> None:
    case, henk = sanne_and_henk()
    case.hear_network_view(henk, "Ze lacht weer.", unasked=True, **telling(by=given.WORKER))
    (view,) = case.plan.views
    assert (view.words, view.person, view.unasked, view.by) == ("Ze lacht weer.", henk, True, given.WORKER)


def test_asking_is_allowed_on_the_days_of_the_consent_both_included() -> None:
    case, henk = with_consent()
    for day in (MAY_ASK, UNTIL):
        case.hear_network_view(henk, "Ze lacht weer.", **telling(day))
    for day in (date(2026, 3, 1), date(2026, 6, 2)):
        with pytest.raises(errors.NotAllowedToAsk):
            case.hear_network_view(henk, "Ze lacht weer.", **telling(day))
    assert [view.unasked for view in case.plan.views] == [False, False]


def test_once_the_consent_is_withdrawn_nobody_asks_any_more() -> None:
    case, henk = with_consent()
    case.withdraw_consent(the(case.plan.consents), **deciding(MAY, say=given.no()))
    with pytest.raises(errors.NotAllowedToAsk):
        case.hear_network_view(henk, "x", **telling(MAY))
    case.hear_network_view(henk, "x", **telling(MAY_ASK))
    assert len(case.plan.views) == 1


def test_a_consent_to_share_or_to_ask_somebody_else_is_no_consent_to_ask() -> None:
    sharing, henk = with_consent(ConsentPurpose.SHARING)
    with pytest.raises(errors.NotAllowedToAsk):
        sharing.hear_network_view(henk, "x", **telling(MAY_ASK))
    other, _ = with_consent()
    with pytest.raises(errors.NotAllowedToAsk):
        other.hear_network_view(person_called(other, "Thomas Visser"), "x", **telling(MAY_ASK))


def test_a_view_is_of_somebody_who_was_there() -> None:
    case, henk = sanne_and_henk()
    with pytest.raises(errors.NotInThePlan):
        case.hear_network_view(uuid4(), "x", unasked=True, **telling())
    with pytest.raises(errors.NotThereYet) as refused:
        case.hear_network_view(henk, "x", unasked=True, **telling(given.OPENING))
    assert refused.value.facts == {"first": date(2026, 1, 14)}


def test_a_view_has_words() -> None:
    case, henk = sanne_and_henk()
    with pytest.raises(errors.Empty) as refused:
        case.hear_network_view(henk, " ", unasked=True, **telling())
    assert refused.value.field == "words"


def test_whose_view_it_is_and_whether_it_was_asked_is_never_put_right() -> None:
    assert set(facts_of(NetworkViewHeard)) == {"happened_on"}


def test_a_view_of_somebody_who_is_gone_stays_and_comes_loose() -> None:
    case, henk = sanne_and_henk()
    case.hear_network_view(henk, "Ze lacht weer.", unasked=True, **telling())
    joined = case.plan.people[henk].entry
    case.withdraw_entry(joined, WhyWithdrawn.IN_ERROR, **telling())
    assert [(end.noun, end.id) for end in case.plan.loose] == [("person", henk)]
    assert [view.words for view in case.plan.views] == ["Ze lacht weer."]


def test_a_professional_gives_reasons_with_a_view() -> None:
    case = given.sanne()
    case.give_professional_view("Twee uur is genoeg.", "Zij kookt alleen.", "Zo laten.", **telling(MAY_ASK))
    (view,) = case.plan.views
    assert (view.reasons, view.recommends, view.person) == ("Zij kookt alleen.", "Zo laten.", None)
    assert not case.plan_on(date(2026, 3, 1)).views
    for words, reasons, field in (("", "x", "words"), ("x", " ", "reasons")):
        with pytest.raises(errors.Empty) as refused:
            case.give_professional_view(words, reasons, **telling())
        assert refused.value.field == field
