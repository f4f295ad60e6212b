"""What to record is found by the words that people use for it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask

from domain.case import Case
from domain.entry import Role
from tests import given
from tests.web.conftest import Visitor
from tests.web.filling import a_full_case, done_with, kept, speaking
from web.finding import found
from web.forms import forms


def commands_for(app: Flask, asked: str) -> list[str]:
    with speaking(app):
        return [form.command() for form in found(forms().values(), asked)]


@pytest.mark.parametrize(
    ("asked", "command"),
    [
        ("boos", "voice_complaint"),
        ("klachten", "voice_complaint"),
        ("bewindvoerder", "name_representative"),
        ("crisis", "start_emergency_support"),
        ("wensen", "voice_wish"),
        ("Wens", "voice_wish"),
        ("uploaden", "add_document"),
        ("corrigeren", "correct_entry"),
        ("zorgplan", "lay_down_plan"),
        ("vakantie", "pause_support"),
        ("wilsbekwaam", "judge_capacity"),
        ("inzage", "receive_request"),
        ("vall", "note_life_event"),
        ("minder hulp", "scale_down_support"),
        ("beperking", "impose_restriction"),
    ],
)
def test_an_everyday_word_finds_its_form(app: Flask, asked: str, command: str) -> None:
    assert command in commands_for(app, asked)


def test_what_is_called_so_comes_first(app: Flask) -> None:
    assert commands_for(app, "wens")[0] == "voice_wish"
    assert commands_for(app, "klacht")[0] == "voice_complaint"


def test_a_form_is_found_by_what_it_asks_and_offers(app: Flask) -> None:
    assert "voice_complaint" in commands_for(app, "Wkkgz")


def test_the_middle_of_a_word_finds_nothing(app: Flask) -> None:
    assert not commands_for(app, "lach")
    assert not commands_for(app, "")
    assert not commands_for(app, "wens zeppelin")


SUBJECTS = re.compile(r'aria-labelledby="all-h">(.*?)</section>', re.DOTALL)


def offered(browser: Visitor, app: Flask, case: Case) -> tuple[set[str], set[str]]:
    """What can be recorded now, and what has nothing to choose from."""
    (page,) = SUBJECTS.findall(browser.get(f"/cases/{kept(app, case)}/record").text)
    waiting = "".join(re.findall(r'<p class="hint">.*?</p>', page, re.DOTALL))
    named = set(re.findall(r'/record/([a-z-]+)"', page))
    return named - (later := set(re.findall(r'/record/([a-z-]+)"', waiting))), later


def test_what_has_nothing_to_choose_from_is_set_apart(app: Flask, as_: Callable[..., Visitor]) -> None:
    now, later = offered(as_("ilse", Role.COORDINATOR), app, given.sanne())
    assert {"lift-hold", "withdraw-consent", "reopen-case", "resume-support"} <= later
    assert {"voice-wish", "voice-complaint", "close-case"} <= now


def test_what_can_be_chosen_is_offered(app: Flask, as_: Callable[..., Visitor]) -> None:
    now, later = offered(as_("ilse", Role.COORDINATOR), app, a_full_case())
    assert {"lift-hold", "withdraw-consent", "answer-complaint"} <= now
    assert "reopen-case" in later


def test_a_closed_case_can_be_opened_again_and_not_closed_twice(
    app: Flask, as_: Callable[..., Visitor]
) -> None:
    case = done_with()
    case.close_case(reason="Het lukt zonder ons.", **given.deciding())
    now, later = offered(as_("ilse", Role.COORDINATOR), app, case)
    assert "reopen-case" in now
    assert "close-case" in later


def test_a_talk_offers_only_what_can_be_filled_in(app: Flask, as_: Callable[..., Visitor]) -> None:
    page = as_("ilse", Role.COORDINATOR).get(f"/cases/{kept(app, given.sanne())}/conversation").text
    assert re.search(r'<optgroup label="Klachten">\s*<option value="voice-complaint">', page)
    assert "lift-hold" not in page
