"""What was done with a signal is kept with the entries it saw, and changes nothing in the plan."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain import errors
from domain.kinds import WhyWithdrawn
from tests import given
from tests.given import telling

LATER = date(2026, 12, 1)


def test_a_handled_signal_keeps_its_evidence_and_leaves_the_plan_alone() -> None:
    case = given.sanne()
    before = case.plan
    case.handle_signal("many_faces", (3, 8), "Vast team gemaakt.", discussed_with_client=True, **telling())
    handled: Any = case.entries[-1]
    assert (handled.signal, handled.evidence, handled.discussed_with_client) == ("many_faces", (3, 8), True)
    assert case.plan == before


def test_a_signal_is_postponed_until_a_later_day() -> None:
    case = given.sanne()
    case.postpone_signal("many_faces", (3,), LATER, "Nadia is terug.", **telling(by=given.MANAGER))
    assert getattr(case.entries[-1], "until") == LATER  # noqa: B009  # of this kind only
    with pytest.raises(errors.NotAhead):
        case.postpone_signal("many_faces", (3,), given.TODAY, "x", **telling())


def test_evidence_is_an_entry_of_this_case_also_when_it_was_withdrawn() -> None:
    case = given.sanne()
    case.withdraw_entry(6, WhyWithdrawn.IN_ERROR, **telling())
    case.handle_signal("many_faces", (6,), "Bekeken.", **telling())
    for evidence in ((0,), (3, case.version + 1)):
        with pytest.raises(errors.NoSuchEntry):
            case.handle_signal("many_faces", evidence, "x", **telling())
        with pytest.raises(errors.NoSuchEntry):
            case.postpone_signal("many_faces", evidence, LATER, "x", **telling())


def test_what_was_done_and_why_it_waits_are_told() -> None:
    case = given.sanne()
    for signal, text in (("many_faces", " "), ("", "Bekeken.")):
        with pytest.raises(errors.Empty):
            case.handle_signal(signal, (3,), text, **telling())
        with pytest.raises(errors.Empty):
            case.postpone_signal(signal, (3,), LATER, text, **telling())


def test_a_signal_of_a_closed_case_can_be_handled() -> None:
    case = given.bram()
    case.handle_signal("legal_clock", (1,), "Termijn nagekeken.", **telling())
    case.postpone_signal("legal_clock", (1,), LATER, "Wacht op post.", **telling())
