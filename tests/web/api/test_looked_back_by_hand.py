"""The plans worked out by hand (tests/jobs/test_demo_looked_back.py), on the page and in the API."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from uuid import UUID

import pytest
from flask import Flask

from jobs.demo import organisation
from tests.jobs.test_demo_looked_back import BY_HAND, TODAY, ByHand
from tests.web.api.conftest import Program, Programs
from tests.web.conftest import Visitor
from tests.web.filling import kept

AMOUNTS = {
    "4 hours / week": "4 uur per week",
    "2 hours / week": "2 uur per week",
    "1 hours / week": "1 uur per week",
    "1.5 hours / week": "1,5 uur per week",
    "3 times / week": "3 keer per week",
    "1 times / week": "1 keer per week",
}
STANCES = {
    "agrees": "{} is het eens",
    "disagrees": "{} is het niet eens",
    "not_now": "{} wil dit nu niet",
    None: "niet vastgelegd",
}
Case = tuple[UUID, str, str]


@pytest.fixture
def of(app: Flask) -> Callable[[ByHand], Case]:
    """Keeps the case; gives its id, what the client is called, and the team."""

    def keep(hand: ByHand) -> Case:
        told = organisation.story(hand.client, TODAY)
        return kept(app, told.case), told.client.called, told.team

    return keep


@pytest.mark.parametrize("hand", BY_HAND, ids=str)
def test_the_page_agrees_with_it(
    hand: ByHand, of: Callable[[ByHand], Case], as_: Callable[..., Visitor]
) -> None:
    case_id, name, team = of(hand)
    asked = f"on={hand.on:%d-%m-%Y}&known={hand.known:%d-%m-%Y}&compare={TODAY:%d-%m-%Y}&compare_known="
    page = as_("ilse", team=team).get(f"/cases/{case_id}/look-back?{asked}").text
    plan = re.findall(r'<section[^>]*aria-labelledby="before-h".*?</section>', page, re.DOTALL)[0]
    row = " ".join(unescape(re.sub(r"<[^>]+>", " ", plan.split("<tbody>")[1].split("</tr>")[0])).split())
    assert row.startswith(f"{hand.goal} (")
    assert STANCES[hand.stance].format(name) in row
    assert (AMOUNTS[hand.amount] if hand.amount else "niemand") in row


@pytest.mark.parametrize("hand", BY_HAND, ids=str)
def test_the_api_agrees_with_it(hand: ByHand, of: Callable[[ByHand], Case], program: Programs) -> None:
    case_id, _, team = of(hand)
    api: Program = program("ilse", team=team)
    plan = api.get(f"/cases/{case_id}/plan?on={hand.on}&known={hand.known}").json
    assert plan
    (key, goal), *_ = plan["goals"].items()
    (client, *_) = plan["stances"][key]
    amounts = [support["amount"] for support in plan["supports"].values()]
    assert goal["words"] == hand.goal
    assert [p["say"]["stance"] for p in client["positions"]] == ([hand.stance] if hand.stance else [])
    assert ["{number} {unit} / {per}".format(**a) for a in amounts] == ([hand.amount] if hand.amount else [])
    assert len(plan["agreements"]) == hand.agreements


@pytest.mark.parametrize("hand", BY_HAND, ids=str)
def test_the_difference_ends_in_it(hand: ByHand, of: Callable[[ByHand], Case], program: Programs) -> None:
    """From the day before the case: everything is new, and reads as the plan does."""
    case_id, _, team = of(hand)
    asked = f"on=2020-01-01&known=2020-01-01&compare={hand.on}&compare_known={hand.known}"
    found = program("ilse", team=team).get(f"/cases/{case_id}/difference?{asked}").json
    assert found
    goal = next(change for change in found["changes"] if change["kind"] == "goals")
    now = {fact["name"]: fact["now"] for fact in goal["facts"] if fact["person"] is None}
    assert (goal["became"], now["words"]) == ("added", hand.goal)
    assert now.get("stance") == ([hand.stance] if hand.stance else None)
    amounts = [
        f["now"]
        for c in found["changes"]
        for f in c["facts"]
        if (c["kind"], f["name"]) == ("supports", "amount")
    ]
    assert ["{number} {unit} / {per}".format(**a) for a in amounts] == ([hand.amount] if hand.amount else [])
