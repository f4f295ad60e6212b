"""The page of a form: what is chosen beforehand, how it speaks of errors and of what was recorded."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask

from domain.entry import Role
from tests import given
from tests.web.conftest import Visitor
from tests.web.filling import a_full_case, address, kept, send


@pytest.fixture
def ilse(as_: Callable[..., Visitor]) -> Visitor:
    return as_("ilse", Role.COORDINATOR)


def summary(page: str) -> str:
    return page.partition('<div class="errsum"')[2].partition("</div>")[0]


def test_one_thing_to_choose_from_is_not_chosen_beforehand(app: Flask, ilse: Visitor) -> None:
    page = ilse.get(address(kept(app, a_full_case()), "answer_complaint")).text
    select = page.partition('<select id="complaint"')[2].partition("</select>")[0]
    assert select.count("<option") == 2
    assert " selected" not in select


def test_the_errors_get_the_focus_and_speak_as_the_form_does(app: Flask, ilse: Visitor) -> None:
    page = send(ilse, address(kept(app, given.with_support()), "end_support")).text
    assert '<div class="errsum" role="alert" tabindex="-1" autofocus>' in page
    (question,) = re.findall(r"<legend>(Wat zei [^<]*)</legend>", page)
    assert f'<a href="#stance">{question.strip()} ' in summary(page)


def test_a_file_that_is_lacking_is_asked_as_a_file(app: Flask, ilse: Visitor) -> None:
    page = send(ilse, address(kept(app, given.sanne()), "add_document")).text
    assert "Kies een bestand." in summary(page)


def test_what_is_recorded_is_called_by_its_event(app: Flask, ilse: Visitor) -> None:
    case = a_full_case()
    case_id = kept(app, case)
    request = next(iter(case.plan.requests))
    facts = {"request": str(request), "answer": "granted", "stance": "agrees", "initiative": "client"}
    assert send(ilse, address(case_id, "answer_request"), **facts).status_code == 303
    assert (
        f"Vastgelegd als gebeurtenis {case.version + 1}: Verzoek beantwoord."
        in ilse.get(f"/cases/{case_id}").text
    )


@pytest.mark.parametrize(
    ("command", "when"),
    [
        ("check_agreement", "nodig als de afspraak niet is nagekomen"),
        ("answer_request", "nodig bij een nee, of een ja voor een deel"),
        ("give_consent", "nodig als er iets wordt gedeeld"),
    ],
)
def test_a_field_says_when_it_is_needed(app: Flask, ilse: Visitor, command: str, when: str) -> None:
    assert f"({when})" in ilse.get(address(kept(app, a_full_case()), command)).text
