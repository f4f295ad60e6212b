"""“… said no”: one form, one save, two entries; and the door stays open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from flask import Flask

from domain import settings
from domain.case import Case
from domain.days import Precision
from domain.kinds import WhyRefused
from domain.refusals import RefusalRespected, SupportRefused
from domain.say import Means
from tests import given
from tests.web.conftest import Visitor, desk_of
from tests.web.filling import TODAY, address, entries, hidden, kept, opened, send, theirs

STOPPED = {"stopped": "yes", "reason": "earlier_experience"}


@pytest.fixture
def ilse(as_: Callable[..., Visitor]) -> Visitor:
    return as_("ilse")


def a_page(app: Flask, case: Case) -> tuple[UUID, str]:
    case_id = kept(app, case)
    return case_id, f"/cases/{case_id}/said-no/{given.the(case.plan.supports)}"


def test_what_is_usual_is_told_and_nothing_is_chosen_beforehand(app: Flask, ilse: Visitor) -> None:
    page = ilse.get(a_page(app, given.sanne())[1]).text
    assert " checked" not in page
    assert page.index("Waarom?") < page.index("Wat ermee is gedaan") < page.index("Is het gestopt?")
    assert "Sanne zei nee" in page
    assert "via Fatima de Wit" in page
    assert f"{settings.QUIET.days} dagen" in page


def test_a_no_and_the_respect_for_it_are_saved_together(app: Flask, ilse: Visitor) -> None:
    case_id, page = a_page(app, given.sanne())
    sent = opened(ilse, page) | STOPPED | {"client_words": "Steeds iemand anders."}
    answers = [ilse.post(page, data=sent).status_code for _ in range(2)]
    assert answers == [303, 303]
    no, respect = entries(app, case_id)[-2:]
    assert isinstance(no, SupportRefused)
    assert isinstance(respect, RefusalRespected)
    assert (no.words, no.say.means) == ("Steeds iemand anders.", Means.SPOKEN)
    assert (respect.refusal, respect.stopped, respect.quiet_until) == (no.number, True, None)
    assert "Fatima de Wit" in respect.door
    assert sum(isinstance(entry, SupportRefused) for entry in entries(app, case_id)) == 1


@pytest.mark.parametrize(
    ("ticked", "until"),
    [({}, TODAY + settings.QUIET), ({"never": "yes"}, date.max), ({"at_once": "yes"}, TODAY)],
)
def test_how_long_it_is_not_asked_again(
    app: Flask, ilse: Visitor, ticked: dict[str, str], until: date
) -> None:
    case_id, page = a_page(app, given.with_offer())
    ilse.post(page, data=opened(ilse, page) | STOPPED | ticked)
    (refusal,) = desk_of(app).casework.history(case_id).plan.refusals.values()
    assert refusal.quiet_until == until


def test_the_same_form_with_another_text_is_not_lost(app: Flask, ilse: Visitor) -> None:
    _, page = a_page(app, given.with_offer())
    sent = opened(ilse, page) | STOPPED
    ilse.post(page, data=sent)
    answer = ilse.post(page, data=sent | {"client_words": "Nu zeg ik waarom."})
    assert answer.status_code == 409
    assert "Nu zeg ik waarom." in answer.text


def test_nothing_is_recorded_of_help_that_stopped_until_somebody_says_so(app: Flask, ilse: Visitor) -> None:
    case_id, page = a_page(app, given.sanne())
    before = len(entries(app, case_id))
    answer = ilse.post(page, data=opened(ilse, page) | {"reason": "other", "client_words": "Nee <b>"})
    assert answer.status_code == 422
    assert 'id="stopped-error"' in answer.text
    assert "Nee &lt;b&gt;" in answer.text
    assert len(entries(app, case_id)) == before


def test_help_that_goes_on_after_a_no_is_told_as_it_is(app: Flask, ilse: Visitor) -> None:
    case_id, page = a_page(app, given.sanne())
    ilse.post(page, data=opened(ilse, page) | STOPPED | {"stopped": "no", "door": "Bel de buurvrouw."})
    (refusal,) = desk_of(app).casework.history(case_id).plan.refusals.values()
    assert refusal.respected
    assert (refusal.respected.stopped, refusal.respected.door) == (False, "Bel de buurvrouw.")


def test_the_reason_is_asked(app: Flask, ilse: Visitor) -> None:
    _, page = a_page(app, given.with_offer())
    answer = ilse.post(page, data=opened(ilse, page) | STOPPED | {"reason": ""})
    assert answer.status_code == 422
    assert 'href="#reason"' in answer.text


def test_what_was_refused_before_is_not_refused_again(app: Flask, ilse: Visitor) -> None:
    _, page = a_page(app, given.karim())
    assert ilse.post(page, data=opened(ilse, page) | STOPPED).status_code == 422


def test_help_that_is_not_there_is_not_found(app: Flask, ilse: Visitor) -> None:
    case_id = kept(app, given.with_goal())
    assert ilse.get(f"/cases/{case_id}/said-no/{UUID(int=1)}").status_code == 404


def test_what_another_recorded_about_this_help_is_shown_beside_mine(app: Flask, ilse: Visitor) -> None:
    case = given.with_offer()
    case_id, page = a_page(app, case)
    mine = opened(ilse, page) | STOPPED | {"client_words": "Mijn woorden."}
    with desk_of(app).casework.changing(case_id) as change:
        how = given.deciding(say=given.yes("Op dinsdag graag."))
        change.case.accept_support(given.the(case.plan.supports), **how)
    answer = ilse.post(page, data=mine)
    assert answer.status_code == 409
    assert "Op dinsdag graag." in theirs(answer.text)
    assert "Mijn woorden.</textarea>" in answer.text
    assert ilse.post(page, data=mine | hidden(answer.text)).status_code == 303


def test_words_and_no_words_are_not_both_so(app: Flask, ilse: Visitor) -> None:
    case_id, page = a_page(app, given.with_offer())
    before = len(entries(app, case_id))
    both = {"client_words": "Nee.", "seen": "yes"}
    answer = ilse.post(page, data=opened(ilse, page) | STOPPED | both)
    assert answer.status_code == 422
    assert 'id="seen-error"' in answer.text
    assert len(entries(app, case_id)) == before


def test_after_a_no_it_is_not_asked_again_but_what_was_done_with_it(app: Flask, ilse: Visitor) -> None:
    case = given.sanne()
    support = given.the(case.plan.supports)
    no = case.refuse_support(support, WhyRefused.OTHER, **given.deciding(say=given.no()))
    case_id = kept(app, case)
    for page in (f"/cases/{case_id}", f"/cases/{case_id}/record"):
        shown = ilse.get(page).text
        assert f"/record/respect-refusal?refusal={no}" in shown
        assert f"/said-no/{support}" not in shown


def test_without_a_quiet_time_none_is_told(app: Flask, ilse: Visitor) -> None:
    case_id, page = a_page(app, given.with_offer())
    ilse.post(page, data=opened(ilse, page) | STOPPED | {"at_once": "yes"})
    plan = ilse.get(f"/cases/{case_id}/plan").text
    assert "Er is geen tijd afgesproken waarin het niet wordt gevraagd." in plan
    assert "met rust gelaten" not in plan


def test_never_can_be_said_in_the_form_of_the_respect_as_well(app: Flask, ilse: Visitor) -> None:
    case = given.with_offer()
    how = given.deciding(say=given.no())
    number = case.refuse_support(given.the(case.plan.supports), WhyRefused.OTHER, **how)
    case_id = kept(app, case)
    sent = send(
        ilse, address(case_id, "respect_refusal"), refusal=str(number), door="Bel.", never="yes", stopped="no"
    )
    assert sent.status_code == 303
    (refusal,) = desk_of(app).casework.history(case_id).plan.refusals.values()
    assert refusal.quiet_until == date.max


def test_until_when_is_unknown_when_the_day_of_the_no_is(app: Flask, ilse: Visitor) -> None:
    case = given.with_offer()
    how = given.deciding(date(2026, 10, 1), given.no()) | {"precision": Precision.MONTH}
    case.refuse_support(given.the(case.plan.supports), WhyRefused.OTHER, **how)
    assert "Tot wanneer is onbekend" in ilse.get(f"/cases/{kept(app, case)}/plan").text
