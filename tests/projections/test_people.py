"""Rows over time, the circle around the client, and goals in time: true to the record, few people or many."""

from __future__ import annotations

from datetime import date

import pytest

from domain.case import Case
from domain.kinds import GoalStatus, PersonKind, Voice, WhyWithdrawn
from domain.plan import read
from projections.lanes import WIDTH, Lanes, shortened
from projections.people import MOST_AROUND, circle, goals_in_time, lanes
from tests import given
from tests.given import clock_of, deciding, telling

SEPTEMBER = date(2026, 9, 14)


def with_a_change_of_worker() -> Case:
    """Thomas was Sanne's usual worker; from 14 September it is Nadia, and Sanne said no to that."""
    case = given.sanne()
    thomas = given.person_called(case, "Thomas Visser")
    clock_of(case).to(SEPTEMBER)
    nadia = case.join_person(
        name="Nadia Bakker", kind=PersonKind.WORKER, organisation="De Brug", **telling(SEPTEMBER)
    )
    case.change_worker(thomas, nadia, **deciding(SEPTEMBER, given.no("Ik wil Thomas houden.")))
    case.leave_person(thomas, "Andere baan.", **telling(SEPTEMBER))
    clock_of(case).to(given.TODAY)
    return case


def crowd(people: int) -> Case:
    case = given.an_opened_case()
    for nr in range(people):
        case.join_person(name=f"Mens {nr} met een heel lange naam", kind=PersonKind.WORKER, **telling())
    return case


def drawn(found: Lanes | None) -> Lanes:
    assert found
    return found


def test_without_people_there_is_nothing_to_draw() -> None:
    case = given.an_opened_case()
    assert lanes(case.entries, on=given.TODAY) is None
    assert goals_in_time(case.entries, on=given.TODAY) is None
    assert not circle(case.plan).drawn


def test_before_somebody_came_they_are_not_there() -> None:
    case = given.sanne()
    assert lanes(case.entries, on=date(2026, 1, 13)) is None
    assert not circle(read(case.entries, on=date(2026, 1, 13))).nodes


def test_usual_workers_follow_one_another_in_one_row() -> None:
    rows = drawn(lanes(with_a_change_of_worker().entries, on=given.TODAY)).lanes
    assert [(bar.text, bar.since, bar.until) for bar in rows[0].bars] == [
        ("Thomas Visser", date(2026, 1, 14), SEPTEMBER),
        ("Nadia Bakker", SEPTEMBER, None),
    ]
    assert (rows[0].organisation, rows[0].name) == ("De Brug", "")


def test_a_diamond_stands_where_the_client_spoke_about_the_change() -> None:
    rows = {row.name: row for row in drawn(lanes(with_a_change_of_worker().entries, on=given.TODAY)).lanes}
    assert [mark.on for mark in rows["Thomas Visser"].marks] == [SEPTEMBER]
    assert [mark.on for mark in rows["Nadia Bakker"].marks] == [SEPTEMBER]
    assert not rows["Henk Mulder"].marks


def test_a_decision_without_the_clients_answer_gets_no_diamond() -> None:
    case = given.sanne()
    henk = given.person_called(case, "Henk Mulder")
    case.name_lead(henk, **deciding(say=given.not_asked()))
    rows = {row.name: row for row in drawn(lanes(case.entries, on=given.TODAY)).lanes}
    assert not rows["Henk Mulder"].marks


def test_what_was_withdrawn_is_not_drawn() -> None:
    case = given.sanne()
    case.join_person(name="Vergissing", kind=PersonKind.WORKER, **telling())
    case.withdraw_entry(case.version, WhyWithdrawn.IN_ERROR, **telling())
    assert "Vergissing" not in {row.name for row in drawn(lanes(case.entries, on=given.TODAY)).lanes}


def test_the_own_circle_comes_last_and_looks_different() -> None:
    rows = drawn(lanes(given.sanne().entries, on=given.TODAY)).lanes
    assert rows[-1].name == "Henk Mulder"
    assert rows[-1].bars[0].cls == "b-grey"


@pytest.mark.parametrize("people", [1, 2, 12, 13, MOST_AROUND, 60])
def test_any_number_of_people_has_a_row_each_inside_the_drawing(people: int) -> None:
    chart = drawn(lanes(crowd(people).entries, on=given.TODAY))
    assert len(chart.lanes) == people
    assert len({row.y for row in chart.lanes}) == people
    assert all(bar.x >= 0 and bar.x + bar.w <= WIDTH for row in chart.lanes for bar in row.bars)
    assert chart.lanes[-1].y < chart.height


@pytest.mark.parametrize("people", [1, 2, 12, 13, MOST_AROUND])
def test_boxes_of_the_circle_do_not_overlap_and_stay_inside(people: int) -> None:
    ring = circle(crowd(people).plan)
    assert ring.drawn
    boxes = [(node.x, node.y) for node in ring.nodes]
    assert all(62 <= x <= ring.width - 62 and 24 <= y <= ring.height - 24 for x, y in boxes)
    assert not [
        (one, two)
        for nr, one in enumerate(boxes)
        for two in boxes[:nr]
        if abs(one[0] - two[0]) < 124 and abs(one[1] - two[1]) < 48
    ]


def test_too_many_for_a_circle_are_a_list() -> None:
    ring = circle(crowd(60).plan)
    assert not ring.drawn
    assert len(ring.nodes) == 60


def test_the_lead_is_known_in_the_circle_and_who_left_is_not_in_it() -> None:
    nodes = {node.name: node for node in circle(with_a_change_of_worker().plan).nodes}
    assert nodes["Fatima de Wit"].leads
    assert "Thomas Visser" not in nodes


def test_long_names_are_cut_and_kept_whole() -> None:
    (node,) = circle(crowd(1).plan).nodes
    assert (node.name, node.label) == ("Mens 0 met een heel lange naam", "Mens 0 met een…")
    assert shortened("kort", 4) == "kort"


def test_a_goal_has_a_bar_for_each_text_and_status() -> None:
    case = given.with_offer()
    goal = given.the(case.plan.goals)
    case.adjust_goal(goal, "Ik kook elke dag.", "Het lukt.", **deciding(clock_of(case).to(date(2026, 10, 5))))
    case.reach_goal(goal, judged_by=Voice.CLIENT, **deciding(clock_of(case).to(date(2026, 11, 1))))
    (row,) = drawn(goals_in_time(case.entries, on=given.TODAY)).lanes
    assert [(bar.text, bar.status, bar.since, bar.until, bar.cls) for bar in row.bars] == [
        (
            "Ik kook drie keer per week zelf.",
            GoalStatus.PROPOSED,
            date(2026, 1, 19),
            date(2026, 1, 26),
            "b-warn",
        ),
        (
            "Ik kook drie keer per week zelf.",
            GoalStatus.IN_PLAN,
            date(2026, 1, 26),
            date(2026, 10, 5),
            "b-soft",
        ),
        ("Ik kook elke dag.", GoalStatus.IN_PLAN, date(2026, 10, 5), date(2026, 11, 1), "b-soft"),
        ("Ik kook elke dag.", GoalStatus.REACHED, date(2026, 11, 1), None, ""),
    ]


def test_the_dates_along_the_top_are_never_crowded() -> None:
    for years in (0, 1, 5, 40):
        case = given.an_opened_case(day=date(2026 - years, 1, 1))
        case.join_person(name="Noor", kind=PersonKind.WORKER, **telling(date(2026 - years, 1, 1)))
        ticks = drawn(lanes(case.entries, on=given.TODAY)).ticks
        assert 1 <= len(ticks) <= 9
