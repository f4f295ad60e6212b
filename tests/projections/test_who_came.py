"""Who really came, and how steady that is over time: from contacts, and never from who stands on file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from uuid import UUID

import hypothesis
from hypothesis import strategies as st

from domain.case import Case
from domain.kinds import ContactKind, PersonKind
from projections.contacts import Contact
from projections.continuity_in_time import WINDOW, InTime, in_time
from projections.lanes import LEFT, WIDTH, Lanes
from projections.who_came import who_came
from tests import given
from tests.given import clock_of, deciding, telling

NOOR, SAMIR, LOTTE = (UUID(int=number) for number in (0xA, 0xB, 0xC))
START = datetime(2026, 2, 2, 9, tzinfo=UTC)


def came(
    day: int,
    *workers: UUID,
    nr: int = 0,
    kind: ContactKind = ContactKind.PERSONAL,
    organisation: str = "De Brug",
) -> Contact:
    """A contact so many days after the start."""
    at = START + timedelta(days=day)
    return Contact(
        UUID(int=1), nr or day + 2, UUID(int=day + 9999), list(workers), organisation, at, 30, kind, at, None
    )


def weekly(*workers: UUID, since: int = 0) -> list[Contact]:
    return [came(since + 7 * week, worker) for week, worker in enumerate(workers)]


def drawn(case: Case, contacts: Sequence[Contact]) -> Lanes:
    found = who_came(case.entries, contacts, on=given.TODAY)
    assert found
    return found


def steady(contacts: Sequence[Contact], on: date = given.TODAY) -> InTime:
    found = in_time(contacts, on=on)
    assert found
    return found


def test_without_contacts_there_is_nothing_to_draw() -> None:
    assert who_came(given.sanne().entries, [], on=given.TODAY) is None
    assert in_time([], on=given.TODAY) is None


def test_a_name_on_the_file_is_no_contact() -> None:
    case = given.sanne()
    thomas = given.person_called(case, "Thomas Visser")
    rows = drawn(case, [came(0, thomas)]).lanes
    assert [row.name for row in rows] == ["Thomas Visser", "De Brug"]


def test_who_stayed_away_for_six_weeks_gets_a_new_bar_with_how_often_they_came() -> None:
    case = given.sanne()
    thomas = given.person_called(case, "Thomas Visser")
    row, _ = drawn(case, weekly(thomas, thomas, thomas) + weekly(thomas, since=60)).lanes
    assert [(bar.text, (bar.since - START.date()).days) for bar in row.bars] == [("3 ×", 0), ("1 ×", 60)]
    row, _ = drawn(case, [came(0, thomas), came(42, thomas)]).lanes
    assert [bar.text for bar in row.bars] == ["2 ×"]


def test_who_came_lately_looks_different_from_who_came_before() -> None:
    case = given.sanne()
    thomas = given.person_called(case, "Thomas Visser")
    rows = drawn(case, [came(0, NOOR, organisation="Ver weg"), came(290, thomas)]).lanes
    assert {row.name: row.bars[-1].cls for row in rows} == {
        "": "b-soft",
        "Thomas Visser": "b-main",
        "Ver weg": "b-soft",
        "De Brug": "b-main",
    }


def test_a_diamond_stands_where_the_client_spoke_about_who_comes() -> None:
    case = given.sanne()
    thomas, day = given.person_called(case, "Thomas Visser"), date(2026, 9, 14)
    clock_of(case).to(day)
    nadia = case.join_person(
        name="Nadia Bakker", kind=PersonKind.WORKER, organisation="De Brug", **telling(day)
    )
    case.change_worker(thomas, nadia, **deciding(day, given.no("Ik wil Thomas houden.")))
    row, other, _ = drawn(case, [came(0, thomas), came(230, nadia)]).lanes
    assert [mark.on for mark in row.marks] == [mark.on for mark in other.marks] == [day]


def test_groups_and_contacts_without_a_name_are_left_out_and_counted() -> None:
    contacts = [
        came(0, NOOR),
        came(1, SAMIR, kind=ContactKind.GROUP),
        came(2),
        came(400, LOTTE),  # still to come: neither drawn nor counted
    ]
    found = steady(contacts)
    assert (found.left_out, sum(one.contacts for one in found.periods)) == (2, 1)
    assert len(drawn(given.sanne(), contacts).lanes) == 2
    assert in_time(contacts[1:3], on=given.TODAY) is None


def test_before_the_tenth_contact_the_continuity_is_not_known() -> None:
    nine = weekly(*[NOOR] * 9)
    assert not steady(nine).lines
    assert all(one.coc is None for one in steady(nine).periods)
    ((only,),) = steady([*nine, came(63, SAMIR)]).lines
    assert (only.on, only.coc) == (date(2026, 4, 6), Fraction(72, 90))


def test_each_point_tells_of_the_last_ten_contacts_only() -> None:
    (line,) = steady(weekly(*[NOOR] * WINDOW, *[SAMIR] * WINDOW)).lines
    assert (line[0].coc, line[5].coc, line[-1].coc) == (Fraction(1), Fraction(40, 90), Fraction(1))
    assert line[5].y > line[0].y


def test_after_three_months_without_anybody_the_line_begins_anew() -> None:
    first, again = weekly(*[NOOR] * WINDOW), weekly(*[SAMIR] * WINDOW, since=63 + 92)
    lines = steady(first + again).lines
    assert [[point.coc for point in line] for line in lines] == [[1], [1]]
    assert len(steady(first + weekly(SAMIR, since=63 + 91)).lines[0]) == 2


def test_each_28_days_count_their_different_people_and_end_today() -> None:
    last = (given.TODAY - START.date()).days
    contacts = [came(last - 28, NOOR), came(last - 27, NOOR, SAMIR), came(last, LOTTE)]
    before, now = steady(contacts).periods
    assert (before.people, before.contacts) == (1, 1)
    assert (now.people, now.contacts, now.until) == (3, 2, given.TODAY)
    assert round(now.h / before.h) == 3


def test_when_nobody_came_there_is_no_bar_and_no_number_is_made_up() -> None:
    found = steady([came(0, NOOR), came(100, NOOR)])
    empty = [one for one in found.periods if not one.contacts]
    assert empty
    assert all((one.people, one.h, one.coc) == (0, 0, None) for one in empty)


contacts_of_anybody = st.lists(
    st.builds(
        lambda day, nr, who, kind: came(day, *who, nr=nr, kind=kind),
        st.integers(-3000, 400),
        st.integers(2, 9999),
        st.lists(st.sampled_from([NOOR, SAMIR, LOTTE]), max_size=3),
        st.sampled_from(ContactKind),
    ),
    max_size=40,
)


@hypothesis.given(contacts_of_anybody)
@hypothesis.settings(max_examples=60, deadline=None)
def test_any_contacts_are_drawn_inside_the_drawing(contacts: list[Contact]) -> None:
    found, rows = in_time(contacts, on=given.TODAY), who_came([], contacts, on=given.TODAY)
    assert (found is None) == (rows is None)
    if found:
        assert all(LEFT <= point.x <= WIDTH for line in found.lines for point in line)
        assert all(found.top <= point.y <= found.middle for line in found.lines for point in line)
        assert all(
            one.x + one.w <= WIDTH and abs(one.y + one.h - found.bottom) < 0.1 for one in found.periods
        )
