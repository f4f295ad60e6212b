"""A day is shown no more exactly than it is known: on the plan and the story as on the timeline."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask

from domain.days import Precision
from domain.kinds import Voice, WhyRefused, WishForm
from tests import given
from tests.given import deciding, no, telling, the
from tests.web.conftest import Visitor, desk_of

OCTOBER = date(2026, 10, 1)
SOME_DAY: dict[str, Any] = {"precision": Precision.MONTH}


@pytest.fixture
def page(app: Flask, as_: Callable[..., Visitor]) -> str:
    """The plan and the story of a client who said no, and wished, some day in October."""
    case = given.with_offer()
    support = the(case.plan.supports)
    case.refuse_support(support, WhyRefused.OTHER, "Nee.", **deciding(OCTOBER, no("Nee.")), **SOME_DAY)
    case.voice_wish("Naar zee", WishForm.SAID, Voice.CLIENT, **telling(OCTOBER), **SOME_DAY)
    desk_of(app).casework.open(case)
    ilse = as_("ilse")
    return "".join(ilse.get(f"/cases/{case.id}/{part}").text for part in ("plan", "story"))


def test_a_no_and_a_wish_of_some_day_in_october_are_not_of_the_31st(page: str) -> None:
    assert "10-2026" in page
    assert not re.search(r"(31|01)-10-2026", page)
