"""What more can be told about a say: folded away, and asked of nobody who does not open it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from marshmallow import ValidationError

from domain.case import Case
from domain.entry import Decision, Role
from domain.kinds import PersonKind
from domain.say import Means, Stance
from tests import given
from tests.given import person_called
from tests.web.conftest import Visitor
from tests.web.filling import address, entries, kept, opened
from web.forms.consent import GiveConsent
from web.forms.goals import AgreeGoal

FOLD = "Wat een vertegenwoordiger zei"


@pytest.fixture
def ilse(as_: Callable[..., Visitor]) -> Visitor:
    return as_("ilse", Role.COORDINATOR)


def a_case(*, represented: bool = False) -> Case:
    case = given.with_goal()
    case.join_person(name="Henk Mulder", kind=PersonKind.RELATIVE, **given.telling())
    if represented:
        given.a_representative(case)
    return case


def record(app: Flask, browser: Visitor, case: Case, **facts: Any) -> Any:
    """Agree the goal, with these more; gives the answer."""
    where = address(kept(app, case), "agree_goal")
    typed = {"goal_id": str(given.the(case.plan.goals)), "initiative": "client", "stance": "agrees"}
    return browser.post(where, data=opened(browser, where) | typed | facts)


def decision(app: Flask, case_id: UUID) -> Decision:
    entry = entries(app, case_id)[-1]
    assert isinstance(entry, Decision)
    return entry


def test_a_representative_is_asked_about_only_where_there_is_one(app: Flask, ilse: Visitor) -> None:
    alone, represented = (kept(app, a_case(represented=there)) for there in (False, True))
    assert FOLD not in ilse.get(address(alone, "agree_goal")).text
    page = ilse.get(address(represented, "agree_goal")).text
    assert re.search(rf"<summary>\s*{FOLD}\s*</summary>", page)
    assert "<details open" not in page


def test_what_a_representative_said_stands_beside_what_the_client_said(app: Flask, ilse: Visitor) -> None:
    case = a_case(represented=True)
    rita = person_called(case, "Rita Mulder")
    told = {"representative_stance": "not_now", "representative_words": "Ik vind het te vroeg."}
    assert record(app, ilse, case, representative=str(rita), **told).status_code == 303
    made = decision(app, case.id)
    assert made.say.stance is Stance.AGREES
    assert made.representative_say == given.a_say(Stance.NOT_NOW, "Ik vind het te vroeg.", person=rita)


@pytest.mark.parametrize(
    ("given_", "field"),
    [
        ({"representative_stance": "agrees"}, "representative"),
        ({"representative_words": "Goed."}, "representative"),
        ({"representative": str(UUID(int=3))}, "representative_stance"),
        ({"read_alike_by": str(UUID(int=3))}, "read_alike_by"),
    ],
)
def test_what_is_told_by_half_is_asked_for(given_: dict[str, str], field: str) -> None:
    typed = {"goal_id": str(UUID(int=7)), "initiative": "client", "stance": "agrees"}
    with pytest.raises(ValidationError) as error:
        AgreeGoal().facts({**typed, "happened_on": "22-11-2026", **given_}, given.COORDINATOR)
    assert list(error.value.messages_dict) == [field]


def consent(**typed: str) -> Any:
    to = {"purpose": "asking", "to": str(UUID(int=7)), "initiative": "client", "happened_on": "22-11-2026"}
    return GiveConsent().facts({**to, **typed}, given.COORDINATOR)


def test_a_consent_is_the_clients_answer_unless_another_gives_it_and_then_the_client_is_asked() -> None:
    assert consent(client_words="Ja hoor.")["words"] == "Ja hoor."
    assert consent()["say"].stance is Stance.AGREES
    parent = {"representative": str(UUID(int=3)), "representative_stance": "agrees"}
    with pytest.raises(ValidationError) as error:
        consent(**parent)
    assert list(error.value.messages_dict) == ["stance"]
    assert consent(**parent, stance="could_not_answer")["say"].stance is Stance.COULD_NOT_ANSWER


@pytest.mark.parametrize(
    ("born", "hint"),
    [
        (date(2017, 1, 1), "jonger dan 12"),
        (date(2012, 1, 1), "12 tot en met 15"),
        (date(2010, 1, 1), "beslist zelf"),
    ],
)
def test_of_a_child_the_form_says_who_decides(app: Flask, ilse: Visitor, born: date, hint: str) -> None:
    case = a_case()
    case.describe_client(name="Sanne", birth_date=born, **given.telling())
    assert hint in ilse.get(address(kept(app, case), "give_consent")).text


def test_of_a_grown_up_the_form_says_nothing_of_that(app: Flask, ilse: Visitor) -> None:
    page = ilse.get(address(kept(app, a_case()), "give_consent")).text
    assert "purpose-hint" not in page
    assert 'name="stance"' not in page


def test_a_fold_in_which_something_is_wrong_is_open_and_keeps_the_words(app: Flask, ilse: Visitor) -> None:
    answer = record(app, ilse, a_case(represented=True), representative_words="Te vroeg <vind> ik.")
    assert answer.status_code == 422
    assert "<details open" in answer.text
    assert "Te vroeg &lt;vind&gt; ik." in answer.text


def test_a_text_that_was_shown_is_the_version_that_the_writer_saw(app: Flask, ilse: Visitor) -> None:
    case = a_case()
    where = address(kept(app, case), "agree_goal")
    assert f'name="shown_version" value="{case.version}"' in ilse.get(where).text
    typed = {"goal_id": str(given.the(case.plan.goals)), "initiative": "client", "stance": "agrees"}
    shown = {"shown_version": str(case.version), "was_present": "no"}
    ilse.post(where, data=opened(ilse, where) | typed | shown)
    assert (decision(app, case.id).say.shown_version, decision(app, case.id).say.present) == (
        case.version,
        False,
    )


def test_not_ticked_is_not_shown(app: Flask, ilse: Visitor) -> None:
    case = a_case()
    record(app, ilse, case)
    assert decision(app, case.id).say.shown_version is None


def test_a_gesture_that_two_read_alike_is_a_yes(app: Flask, ilse: Visitor) -> None:
    case = a_case()
    henk = person_called(case, "Henk Mulder")
    assert record(app, ilse, case, seen="yes", read_alike_by=str(henk)).status_code == 303
    say = decision(app, case.id).say
    assert (say.means, say.read_alike_by, say.agrees) == (Means.SHOWN, henk, True)


def test_somebody_of_the_same_side_does_not_make_it_one(app: Flask, ilse: Visitor) -> None:
    case = a_case()
    case.join_person(name="Thomas", kind=PersonKind.WORKER, organisation="De Linde", **given.telling())
    thomas = str(person_called(case, "Thomas"))
    answer = record(app, ilse, case, seen="yes", read_alike_by=thomas)
    assert answer.status_code == 422
    assert 'id="read_alike_by-error"' in answer.text
