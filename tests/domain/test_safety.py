"""Risks are weighed and looked at again; a restriction has its grounds and its term, and can be seen used."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from domain import errors
from domain.case import Case
from domain.nouns import Restriction, RestrictionReview
from domain.nouns.safety import is_long
from domain.say import Stance
from tests import given
from tests.given import deciding, telling, the

BEGIN, END, AFTER = date(2026, 3, 2), date(2026, 6, 1), date(2026, 6, 2)
GROUND = {
    "what": "Het gas is 's nachts dicht.",
    "in_plan": True,
    "legal_ground": "Wzd artikel 10",
    "lighter_ways_considered": "Een melder was te laat.",
    "ends_on": END,
}


def impose(case: Case, **more: Any) -> int:
    return case.impose_restriction(**{**GROUND, **deciding(BEGIN, given.no()), **more})


def use(case: Case, number: int, day: date) -> None:
    case.use_restriction(
        number, still_needed=True, nothing_lighter=False, words="Om elf uur.", **telling(day)
    )


def restricted() -> tuple[Case, int]:
    """Sanne's gas is closed at night, from 2 March up to 1 June."""
    case = given.sanne()
    return case, impose(case, written_on=BEGIN, resistance="Hoofd geschud.", expert="Dr. Bos")


def restriction(case: Case, day: date = given.TODAY) -> Restriction:
    (only,) = case.plan_on(day).restrictions.values()
    return only


def weigh(case: Case, **more: Any) -> int:
    facts: dict[str, Any] = {"risk": "Zij kan vallen.", "given_up": "Alleen fietsen.", "review_on": END}
    return case.weigh_risk(**{**facts, **deciding(BEGIN), **more})


def test_a_risk_is_weighed_against_a_wish_and_looked_at_again() -> None:
    case = given.sanne()
    number = weigh(case, wish_id=the(case.plan.wishes))
    risk = case.plan.risks[number]
    assert (risk.risk, risk.given_up, risk.review_on) == ("Zij kan vallen.", "Alleen fietsen.", END)
    assert risk.wish_id in case.plan.wishes
    assert case.plan_on(date(2026, 3, 1)).risks == {}


def test_a_risk_says_what_is_given_up_for_which_wish() -> None:
    case = given.an_opened_case()
    for name in ("risk", "given_up"):
        with pytest.raises(errors.Empty) as refused:
            weigh(case, **{name: " "})
        assert refused.value.field == name
    with pytest.raises(errors.NotInThePlan):
        weigh(case, wish_id=uuid4())


def test_looking_again_comes_after_the_day_itself() -> None:
    case = given.an_opened_case()
    for more in ({"review_on": BEGIN}, {"from_on": END}):
        with pytest.raises(errors.NotLater) as refused:
            weigh(case, **more)
        assert refused.value.field == "review_on"


def test_a_restriction_holds_from_its_day_with_its_grounds_and_the_say() -> None:
    case, number = restricted()
    held = restriction(case)
    assert (held.legal_ground, held.lighter_ways) == ("Wzd artikel 10", "Een melder was te laat.")
    assert (held.in_plan, held.written_on, held.ends_on) == (True, BEGIN, END)
    assert (held.resistance, held.expert) == ("Hoofd geschud.", "Dr. Bos")
    assert case.plan_on(date(2026, 3, 1)).restrictions == {}
    assert case.plan.stances_on(number).of()[0].say.stance is Stance.DISAGREES


@pytest.mark.parametrize("name", ["what", "legal_ground", "lighter_ways_considered"])
def test_without_a_ground_and_lighter_ways_there_is_no_restriction(name: str) -> None:
    with pytest.raises(errors.Empty) as refused:
        impose(given.an_opened_case(), **{name: " "})
    assert refused.value.field == name


@pytest.mark.parametrize("more", [{"ends_on": BEGIN}, {"from_on": END}])
def test_a_restriction_ends_after_the_day_it_begins(more: dict[str, date]) -> None:
    with pytest.raises(errors.NotLater) as refused:
        impose(given.an_opened_case(), **more)
    assert refused.value.field == "ends_on"


def test_each_time_it_is_used_is_seen_with_both_checks() -> None:
    case, number = restricted()
    use(case, number, date(2026, 3, 3))
    use(case, number, END)  # its last day
    assert [(u.on, u.still_needed, u.nothing_lighter) for u in restriction(case).uses] == [
        (date(2026, 3, 3), True, False),
        (END, True, False),
    ]
    assert restriction(case, BEGIN).uses == []


def test_it_is_not_used_before_it_was_imposed_or_after_its_term() -> None:
    case, number = restricted()
    with pytest.raises(errors.NotThereYet) as early:
        use(case, number, date(2026, 3, 1))
    assert early.value.facts == {"first": BEGIN}
    with pytest.raises(errors.RestrictionEnded) as late:
        use(case, number, AFTER)
    assert late.value.facts == {"ended": END}


def test_it_is_not_used_after_it_was_lifted_but_perhaps_that_morning() -> None:
    case, number = restricted()
    day = date(2026, 4, 1)
    case.lift_restriction(number, "Nieuw fornuis.", **deciding(day))
    use(case, number, day)
    with pytest.raises(errors.RestrictionEnded) as refused:
        use(case, number, date(2026, 4, 2))
    assert refused.value.facts == {"ended": day}


def test_a_review_may_give_it_another_end() -> None:
    case, number = restricted()
    day = date(2026, 5, 4)
    case.review_restriction(number, "Nog nodig.", date(2026, 8, 1), **deciding(day))
    held = restriction(case)
    assert (held.ends_on, held.reviewed_on, held.reviews[0].words) == (date(2026, 8, 1), day, "Nog nodig.")
    assert (restriction(case, date(2026, 5, 3)).ends_on, restriction(case, BEGIN).reviewed_on) == (END, None)
    use(case, number, AFTER)


def test_a_review_without_another_end_leaves_its_term() -> None:
    case, number = restricted()
    case.review_restriction(number, "Nog nodig.", **deciding(date(2026, 5, 4)))
    assert restriction(case).ends_on == END


def test_a_review_says_what_came_out_and_ends_later() -> None:
    case, number = restricted()
    with pytest.raises(errors.Empty):
        case.review_restriction(number, "", **deciding(BEGIN))
    with pytest.raises(errors.NotLater):
        case.review_restriction(number, "x", BEGIN, **deciding(BEGIN))


def test_what_is_lifted_or_past_its_term_is_not_reviewed_or_lifted() -> None:
    past, number = restricted()
    lifted, _ = restricted()
    lifted.lift_restriction(number, "Nieuw fornuis.", **deciding(date(2026, 4, 1)))
    for case, day in ((past, AFTER), (lifted, date(2026, 4, 1))):
        with pytest.raises(errors.RestrictionEnded):
            case.review_restriction(number, "x", **deciding(day))
        with pytest.raises(errors.RestrictionEnded):
            case.lift_restriction(number, "x", **deciding(day))


def test_lifting_has_a_reason_and_a_day() -> None:
    case, number = restricted()
    with pytest.raises(errors.Empty):
        case.lift_restriction(number, " ", **deciding(BEGIN))
    case.lift_restriction(number, "Nieuw fornuis.", **deciding(date(2026, 4, 1)))
    assert restriction(case, date(2026, 3, 31)).holds_on(date(2026, 3, 31))
    assert restriction(case).lifted_on == date(2026, 4, 1)
    assert not restriction(case).holds_on(date(2026, 4, 1))


@pytest.mark.parametrize(
    ("topic", "field"),
    [
        ("restriction_imposed", "ends_on"),
        ("restriction_imposed", "legal_ground"),
        ("restriction_used", "still_needed"),
    ],
)
def test_a_term_a_ground_and_a_check_are_not_put_right_afterwards(topic: str, field: str) -> None:
    case, number = restricted()
    use(case, number, BEGIN)
    entry = next(e.number for e in case.entries if topic == e.TOPIC)
    with pytest.raises(errors.NotAFact):
        case.correct_entry(entry, field, "2026-12-31", "x", **telling())


@pytest.mark.parametrize(
    ("begin", "end", "long"),
    [
        (date(2026, 3, 2), date(2026, 6, 2), False),
        (date(2026, 3, 2), date(2026, 6, 3), True),
        (date(2025, 11, 30), date(2026, 2, 28), False),
        (date(2025, 11, 30), date(2026, 3, 1), True),
    ],
)
def test_a_term_over_three_months_is_known_as_long(begin: date, end: date, long: bool) -> None:  # noqa: FBT001
    assert is_long(begin, end) is long
    held = Restriction(1, begin, ends_on=end)
    assert held.long is long
    held.reviews.append(RestrictionReview(2, date(2026, 2, 1), "Nog nodig."))
    assert held.long is is_long(date(2026, 2, 1), end)
