"""How many people came: too many, or seldom the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from domain.case import Case
from domain.kinds import ContactKind, PersonKind
from projections.contacts import Contact
from projections.signals.many_faces import SELDOM_THE_SAME
from projections.signals.signal import Noticed
from projections.signals.state import State
from tests import given
from tests.given import clock_of, telling
from tests.projections.signals.observing import came, look, state_of

NAME = "many_faces"
FIRST = date(2026, 11, 2)
FACES = [UUID(int=number) for number in range(1, 20)]


def one_a_day(faces: Sequence[UUID], kind: str = ContactKind.PERSONAL) -> list[Contact]:
    """One visit a day from 2 November, each by one person."""
    return came(*((FIRST + timedelta(days=n), [face]) for n, face in enumerate(faces)), kind=kind)


def noticed(visits: Sequence[Contact], today: date = given.TODAY, **chosen: int) -> Noticed | None:
    return look(NAME, given.an_opened_case(), today, chosen, visits)


def in_turns(*times: int) -> list[UUID]:
    """The first comes so many times, the second so many, and so on."""
    return [face for face, many in zip(FACES, times, strict=False) for _ in range(many)]


def test_more_than_six_people_in_four_weeks_are_shown_with_their_contacts() -> None:
    found = noticed(one_a_day([FACES[0], *FACES[:7]]))
    assert found
    assert (found.evidence, found.contacts) == ((), tuple(range(2, 10)))
    assert found.facts["people"] == 7
    assert found.facts["usual"] == 2
    assert found.since == date(2026, 11, 9)  # the day on which the seventh came


def test_six_people_are_not_too_many() -> None:
    assert noticed(one_a_day(FACES[:6])) is None


def test_an_organisation_may_choose_another_number() -> None:
    assert noticed(one_a_day(FACES[:7]), people=7) is None
    assert noticed(one_a_day(FACES[:6]), people=5)


def test_who_came_before_the_four_weeks_is_not_counted() -> None:
    contacts = one_a_day(FACES[:7])
    assert noticed(contacts, FIRST + timedelta(days=27))
    assert noticed(contacts, FIRST + timedelta(days=28)) is None


def test_who_is_to_come_is_not_counted() -> None:
    contacts = one_a_day(FACES[:7])
    assert noticed(contacts, FIRST + timedelta(days=5)) is None


def test_contacts_in_a_group_do_not_count() -> None:
    assert noticed(one_a_day(FACES[:7], ContactKind.GROUP)) is None


def test_seldom_the_same_person_is_noticed_over_ten_contacts() -> None:
    found = noticed(one_a_day(FACES[:5] * 2))
    assert found
    assert found.says == SELDOM_THE_SAME
    assert found.facts == {"days": 91, "people": 5, "contacts": 10, "usual": 2, "coc": 11}  # 10 / 90
    assert (found.since, found.contacts) == (date(2026, 11, 11), tuple(range(2, 12)))
    assert noticed(one_a_day((FACES[:5] * 2)[:9])) is None
    assert noticed(one_a_day((FACES[:5] * 2)[:9]), contacts=9)


def test_just_steady_enough_is_silent() -> None:
    steady = one_a_day(in_turns(6, 3, 1))  # COC: (36 + 9 + 1 - 10) / 90 = 0.4
    assert noticed(steady) is None
    assert noticed(steady, coc=41)


def test_two_who_come_together_count_both() -> None:
    pairs = came(*((FIRST + timedelta(days=n), FACES[n : n + 2]) for n in range(5)))
    found = noticed(pairs)
    assert found
    assert (found.facts["contacts"], found.facts["people"]) == (10, 6)


def joined(case: Case, name: str) -> UUID:
    return case.join_person(name=name, kind=PersonKind.WORKER, organisation="De Brug", **telling(FIRST))


def test_handled_it_comes_back_on_a_new_face_and_after_its_own_time() -> None:
    case = given.an_opened_case()
    clock_of(case).to(FIRST)
    faces = [joined(case, f"Begeleider {n}") for n in range(1, 8)]
    seventh = clock_of(case).to(FIRST + timedelta(days=6))
    case.handle_signal(NAME, (2, 3, 4, 5, 6, 7, 8), "Klein team afgesproken.", **telling(seventh))
    new = joined(case, "Nog iemand")

    def state(today: date, *came_too: UUID) -> tuple[str, int]:
        every_day = faces * 4  # the same seven, week after week
        found = state_of(NAME, case, today, one_a_day([*came_too, *every_day]))
        assert found
        return found.state, found.noticed.evidence[-1]

    assert state(seventh + timedelta(days=1)) == (State.HANDLED, 8)
    assert state(seventh + timedelta(days=1), new) == (State.NEW, 10)
    assert state(seventh + timedelta(days=27)) == (State.HANDLED, 8)
    assert state(seventh + timedelta(days=28)) == (State.NEW, 8)
