"""Mijn plan: what the client allows, corrects and takes back; and who speaks for them."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID, uuid4

from flask import Flask

from domain.case import Case
from domain.entry import Role
from domain.kinds import (
    Asks,
    ConsentPurpose,
    LegalKind,
    Part,
    PartyKind,
    RequestKind,
    Scope,
    Voice,
    WhyRestricted,
    WhyWithdrawn,
)
from domain.say import Means, Stance
from tests import given
from tests.given import deciding, telling
from tests.web.conftest import desk_of
from tests.web.own_plan import ask, form_in, kept, open_own, page_of, sent

NOW = given.TODAY


def shares(case: Case, until: date | None = None) -> int:
    party = case.join_party("Budgetcoach Rond", PartyKind.FORMAL, "geld", **deciding(date(2026, 3, 2)))
    return case.give_consent(
        ConsentPurpose.SHARING, party, (Part.GOALS,), until, **deciding(date(2026, 3, 2))
    )


def a_mentor(case: Case) -> UUID:
    """Rita speaks for the client about care; the client decides what they can."""
    rita = given.a_representative(case)
    case.name_representative(rita, LegalKind.MENTOR, Scope.CARE, **telling(date(2026, 1, 15)))
    return rita


def test_what_may_not_be_used_or_is_of_somebody_else_is_not_on_the_page(app: Flask) -> None:
    case = given.sanne()
    henk = given.person_called(case, "Henk Mulder")
    case.hear_network_view(henk, "Zij redt het niet.", unasked=True, **telling(by=given.OTHER_WORKER))
    case.give_professional_view("Mijn lezing van haar.", "Omdat.", **telling(by=given.WORKER))
    case.make_agreement("Hoort bij Karim.", "Thomas", **deciding())
    case.withdraw_entry(case.version, WhyWithdrawn.WRONG_CLIENT, **telling())
    case.make_agreement("Wordt betwist.", "Thomas", **deciding())
    case.restrict_entry(case.version, WhyRestricted.ACCURACY_CONTESTED, **telling())
    page = page_of(case, open_own(app, case))
    for hidden in ("Zij redt het niet.", "Mijn lezing", "Hoort bij Karim.", "Wordt betwist."):
        assert hidden not in page


def test_who_looked_in_an_emergency_is_told_on_top(app: Flask) -> None:
    case = given.sanne()
    case.use_emergency_access("Zij nam de telefoon niet op.", **telling(by=given.OTHER_WORKER))
    page = page_of(case, open_own(app, case))
    told = page.index("Nadia Bakker in je plan omdat het dringend was")
    assert told < page.index("Zij nam de telefoon niet op.") < page.index("Wat jij wilt bereiken")


def test_consent_stops_with_one_button(app: Flask) -> None:
    case = given.sanne()
    number = shares(case)
    browser = open_own(app, case)
    address = f"/my-plan/{case.id}/stop-sharing"
    assert "mag zien:" in page_of(case, browser)
    assert browser.post(address, data=form_in(page_of(case, browser), address)).status_code == 303
    (entry,) = kept(app, case)
    assert (entry.TOPIC, entry.consent) == ("consent_withdrawn", number)  # type: ignore[attr-defined]
    assert entry.say.means is Means.OWN_HAND  # type: ignore[attr-defined]
    assert "mag zien:" not in page_of(case, browser)


def test_consent_is_given_with_own_hand(app: Flask) -> None:
    case = given.sanne()
    henk = given.person_called(case, "Henk Mulder")
    browser = open_own(app, case)
    sent(browser, case, "allow", to=str(henk), parts="goals", until="01-02-2027")
    (entry,) = kept(app, case)
    assert (entry.TOPIC, entry.parts) == ("consent_given", (Part.GOALS,))  # type: ignore[attr-defined]
    assert entry.say.means is Means.OWN_HAND  # type: ignore[attr-defined]
    assert "Henk Mulder</b>: mag zien:" in " ".join(page_of(case, browser).split())


def test_a_day_that_is_past_is_told_beside_its_field_and_the_rest_is_kept(app: Flask) -> None:
    case = given.sanne()
    henk = given.person_called(case, "Henk Mulder")
    browser = open_own(app, case)
    answer = sent(browser, case, "allow", 422, to=str(henk), parts="goals", until="01-02-2020")
    assert 'value="01-02-2020"' in answer.text
    assert not kept(app, case)


def test_a_fact_that_is_wrong_becomes_a_request(app: Flask) -> None:
    case = given.sanne()
    goal = given.the(case.plan.goals)
    browser = open_own(app, case)
    sent(browser, case, f"not-right?about={goal}", wrong="fact", words="Het is vier keer.")
    (request,) = desk_of(app).casework.history(case.id).plan.requests.values()
    assert (request.kind, request.asked_by) == (RequestKind.CORRECTION, Voice.CLIENT)
    (entry,) = kept(app, case)
    assert entry.about == case.plan.goals[goal].entry
    assert "Het is vier keer." in page_of(case, browser)


def test_another_view_becomes_a_statement_beside_it(app: Flask) -> None:
    case = given.sanne()
    goal = given.the(case.plan.goals)
    browser = open_own(app, case)
    sent(browser, case, f"not-right?about={goal}", wrong="view", words="Zo zei ik het niet.")
    (entry,) = kept(app, case)
    assert (entry.TOPIC, entry.entry) == ("statement_added", case.plan.goals[goal].entry)  # type: ignore[attr-defined]


def test_a_wish_and_a_complaint_are_kept_in_own_words(app: Flask) -> None:
    case = given.sanne()
    browser = open_own(app, case)
    sent(browser, case, "wish", words="Ik wil naar zee.")
    sent(browser, case, "complain", words="Er kwam niemand.")
    plan = desk_of(app).casework.history(case.id).plan
    assert "Ik wil naar zee." in [wish.words for wish in plan.wishes.values()]
    (complaint,) = plan.complaints.values()
    assert (complaint.in_writing_on, complaint.voiced_by) == (NOW, Voice.CLIENT)
    page = page_of(case, browser)
    assert "Ik wil naar zee." in page
    assert "Er kwam niemand." in page


def test_only_what_they_wrote_themselves_is_taken_back(app: Flask) -> None:
    case = given.sanne()
    browser = open_own(app, case)
    sent(browser, case, "wish", words="Ik wil naar zee.")
    (wish,) = kept(app, case)
    sent(browser, case, f"take-back?about={wish.number}")
    assert "Ik wil naar zee." not in page_of(case, browser)
    answer = sent(browser, case, "take-back?about=2", 422)
    assert len(kept(app, case)) == 2
    assert answer.status_code == 422


def test_a_proposal_is_taken_back_and_stays_readable(app: Flask) -> None:
    case = given.sanne()
    browser = open_own(app, case)
    sent(browser, case, "propose", then="Ik wil een hond.")
    (made,) = kept(app, case)
    sent(browser, case, f"take-back?about={made.number}")
    plan = desk_of(app).casework.history(case.id).plan
    assert plan.proposals[made.number].taken_back
    assert "Je nam dit terug." in page_of(case, browser)


def test_who_took_a_proposal_back_for_the_client_is_told_with_the_reason(app: Flask) -> None:
    case, how = given.sanne(), telling(by=given.WORKER)
    number = case.make_proposal(
        then="Liever op donderdag.", asks=Asks.ORGANISATION, proposed_by=Voice.CLIENT, **how
    )
    case.take_back_proposal(number, "Zij zei: toch niet.", **how)
    page = page_of(case, open_own(app, case))
    told = re.sub(r"<[^>]+>", "", page)
    assert f"{given.WORKER.name} trok dit voor je in op" in told
    assert "Waarom? “Zij zei: toch niet.”" in told
    assert "Je nam dit terug." not in page


def test_who_speaks_for_the_client_answers_beside_them_and_never_in_their_place(app: Flask) -> None:
    case = given.sanne()
    rita = a_mentor(case)
    number = ask(case)
    browser = open_own(app, case, Role.REPRESENTATIVE, rita)
    page = page_of(case, browser)
    assert "Dit is het plan van Sanne" in page
    assert "Sanne beslist dit zelf." in page
    sent(browser, case, f"answer/{number}", answer="yes", words="Goed voor haar.")
    (entry,) = kept(app, case)
    assert (entry.TOPIC, entry.say.person) == ("stance_taken", rita)  # type: ignore[attr-defined]
    assert entry.say.means is Means.OWN_HAND  # type: ignore[attr-defined]
    plan = desk_of(app).casework.history(case.id).plan
    assert plan.proposals[number].open, "the client is still asked"
    assert not plan.stances_on(number).of(None)


def test_where_the_client_could_not_decide_it_is_told_that_the_answer_counts(app: Flask) -> None:
    case = given.sanne()
    rita = a_mentor(case)
    goal = given.the(case.plan.goals)
    case.judge_capacity(
        "Dit doel", able=False, judged_by="De arts", ground="Gesprek", subject=goal, **telling()
    )
    ask(case, subject=goal)
    page = page_of(case, open_own(app, case, Role.REPRESENTATIVE, rita))
    assert "Uw antwoord telt mee als besluit." in page


def test_consent_by_who_does_not_decide_is_refused_in_words(app: Flask) -> None:
    case = given.sanne()
    rita = a_mentor(case)
    shares(case)
    browser = open_own(app, case, Role.REPRESENTATIVE, rita)
    address = f"/my-plan/{case.id}/stop-sharing"
    answer = browser.post(address, data=form_in(page_of(case, browser), address))
    assert answer.status_code == 422
    assert not kept(app, case)


def test_who_speaks_for_the_client_no_more_finds_nothing(app: Flask) -> None:
    case = given.sanne()
    rita = a_mentor(case)
    browser = open_own(app, case, Role.REPRESENTATIVE, rita)
    assert browser.get(f"/my-plan/{case.id}").status_code == 200
    with desk_of(app).casework.changing(case.id) as change:
        change.case.end_representation(rita, "Zij stopt.", **telling(NOW))
    assert browser.get(f"/my-plan/{case.id}").status_code == 404
    assert browser.get(f"/my-plan/{case.id}/propose").status_code == 404


def test_a_plan_that_was_closed_is_still_read(app: Flask) -> None:
    case = given.bram()
    page = page_of(case, open_own(app, case))
    assert "Dit plan is gestopt op" in page or "Dit plan is gestopt" in page
    assert "/propose" not in page.split("</header>")[1]


def test_what_is_written_by_others_is_shown_as_text(app: Flask) -> None:
    case = given.sanne()
    ask(case, then="<script>alert(1)</script>")
    page = page_of(case, open_own(app, case))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_a_stance_stays_that_of_the_text_it_was_given_on(app: Flask) -> None:
    case = given.sanne()
    goal = given.the(case.plan.goals)
    case.adjust_goal(goal, "Ik kook elke dag.", "Het lukt.", **deciding(say=given.not_asked()))
    browser = open_own(app, case)
    assert "Dat ging over de vorige tekst." in page_of(case, browser)
    sent(browser, case, f"answer/{goal}", answer="yes")
    (position,) = desk_of(app).casework.history(case.id).plan.stances_on(goal).of()
    assert (position.say.stance, position.about_previous_text) == (Stance.AGREES, False)


def test_no_id_of_nobody_opens_anything(app: Flask) -> None:
    case = given.sanne()
    browser = open_own(app, case)
    assert browser.get(f"/my-plan/{case.id}/answer/{uuid4()}").status_code == 404
    assert browser.get(f"/my-plan/{case.id}/answer/none").status_code == 404


def test_what_stopped_is_told_only_of_who_sees_nothing_any_more(app: Flask) -> None:
    case = given.sanne()
    number = shares(case)
    party, henk = given.the(case.plan.parties), given.person_called(case, "Henk Mulder")
    second = case.give_consent(ConsentPurpose.SHARING, party, (Part.SUPPORT,), **deciding(date(2026, 3, 2)))
    asked = case.give_consent(ConsentPurpose.ASKING, henk, (), **deciding(date(2026, 3, 2)))
    case.withdraw_consent(asked, **deciding(NOW, given.no()))  # to be asked is not to see
    browser = open_own(app, case)
    sent(browser, case, f"stop-sharing?about={number}")
    assert "Zij zien het niet meer" not in page_of(case, browser)
    sent(browser, case, f"stop-sharing?about={second}")
    assert "Zij zien het niet meer" in page_of(case, browser)


def test_who_speaks_for_the_client_is_not_of_our_organisation(app: Flask) -> None:
    case = given.sanne()
    assert "Niemand buiten onze organisatie" in page_of(case, open_own(app, case))
    spoken_for = given.sanne()
    a_mentor(spoken_for)
    assert "Niemand buiten onze organisatie" not in page_of(spoken_for, open_own(app, spoken_for))
