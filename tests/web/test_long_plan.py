"""A long plan: in short on the first page, and of a long list the newest, with a count and a link."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask

from domain.case import Case
from domain.kinds import Experience, LifeArea, Matter, SupportKind, Voice
from tests import given
from tests.given import deciding, telling
from tests.web.conftest import Visitor, case_page, desk_of

As = Callable[..., Visitor]
GOALS = 7


@pytest.fixture
def case(app: Flask) -> Case:
    """Sanne with seven goals: one with two agreements and a question, and help; and much that was said."""
    case = given.sanne()
    goal = given.the(case.plan.goals)
    for nr in range(2, GOALS + 1):
        other = case.propose_goal(
            words=f"Doel {nr}.",
            words_of=Voice.CLIENT,
            proposed_by=Voice.CLIENT,
            life_area=LifeArea.SELF_CARE,
            **telling(),
        )
    case.offer_support(
        what="Samen wandelen", kind=SupportKind.GUIDANCE, provider="De Brug", goal_id=other, **telling()
    )
    case.make_agreement("Wij bellen eerst.", "Thomas", goal_id=goal, **deciding())
    for nr in range(25):
        case.say_what_matters(f"Rust {nr:02}.", Matter.PACE, **telling())
        case.judge_experience(Experience.HEARD, Voice.CLIENT, f"Zij horen mij {nr:02}.", **telling())
    desk_of(app).casework.open(case)
    return case


def test_the_first_page_shows_each_goal_of_a_long_plan_in_short(as_: As, case: Case) -> None:
    page = as_().get(case_page(case.id)).text
    assert f"Een lang plan: {GOALS} doelen in het kort." in page
    for key, goal in case.plan.goals.items():
        assert f'/cases/{case.id}/plan?part=all#goal-{key}">{goal.words}</a>' in page
    assert "Samen wandelen" in page
    assert "2 afspraken" in page
    assert "Wij bellen eerst." not in page  # it stands in the plan


def test_who_thinks_what_is_said_of_each_goal_in_short(as_: As, case: Case) -> None:
    page = as_().get(case_page(case.id)).text
    assert "Sanne is het eens" in page
    assert page.count("Mening van Sanne nog niet vastgelegd") == GOALS - 1


def test_a_plan_that_is_not_long_is_shown_as_it_is(app: Flask, as_: As) -> None:
    case = given.sanne()
    desk_of(app).casework.open(case)
    page = as_().get(case_page(case.id)).text
    assert "Een lang plan" not in page
    assert "Thomas belt als hij later komt." in page


def test_the_plan_shows_the_newest_of_a_long_list_and_says_of_how_many(as_: As, case: Case) -> None:
    page = as_().get(f"{case_page(case.id)}/plan").text
    assert "De nieuwste 20 van 26." in page  # what matters: one from the first talk
    assert "De nieuwste 20 van 25." in page
    assert ("Rust 24." in page, "Rust 04." in page) == (True, False)
    assert ("Zij horen mij 24." in page, "Zij horen mij 04." in page) == (True, False)


def test_all_of_a_long_list_is_one_link_away(as_: As, case: Case) -> None:
    visitor = as_()
    whole = f"{case_page(case.id)}/plan?part=all"
    assert f'href="{whole}#judged-h">Alle 25</a>' in visitor.get(f"{case_page(case.id)}/plan").text
    page = visitor.get(whole).text
    assert all(f"Rust {nr:02}." in page and f"Zij horen mij {nr:02}." in page for nr in range(25))
    assert 'id="judged-h"' in page
    assert "De nieuwste" not in page


def test_the_link_keeps_the_day_that_was_asked(as_: As, case: Case) -> None:
    page = as_().get(f"{case_page(case.id)}/plan?on=22-11-2026").text
    assert f"{case_page(case.id)}/plan?on=22-11-2026&amp;part=all#judged-h" in page


def test_a_long_answer_to_an_inspector_shows_its_end_and_all_of_it_is_one_link_away(
    as_: As, case: Case
) -> None:
    reviewer = as_()
    page = reviewer.get(f"{case_page(case.id)}/questions").text
    assert ("Rust 24." in page, "Rust 00." in page) == (True, False)
    link = re.search(r'De laatste 20 van 27\.\s<a href="([^"]*)">Alle 27</a>', page)
    assert link
    whole = reviewer.get(unescape(link[1])).text
    assert all(f"Rust {nr:02}." in whole for nr in range(25))
    assert "De laatste" not in whole
