"""Many small teams: who never stands apart is counted with the others, and named nowhere."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from domain.casework import Casework
from domain.entry import Actor, Role
from projections.read_model import Db
from projections.report import reading
from projections.report.blocks import LEAST, Clients, unclear
from projections.report.figures import BY_NAME
from projections.report.months import Period
from projections.report.report import report
from tests import given
from tests.projections.conftest import Follow, kept
from tests.projections.report.conftest import DAY, MARCH, TODAY, a_goal, counted, number, opened

MONTH = MARCH.first


def of_team(name: str) -> Actor:
    return Actor(UUID(int=0xC8), Role.COORDINATOR, "Piet Vos", "De Brug", name)


@pytest.fixture
def teams(casework: Casework, follow: Follow) -> None:
    """Twelve clients of North with a goal, and six each of East and West."""
    sizes = (("Noord", 12), ("Oost", 6), ("West", 6))
    names = [name for name, many in sizes for _ in range(many)]
    cases = [opened(nr, of_team(name)) for nr, name in enumerate(names)]
    for case, name in zip(cases, names, strict=True):
        given.clock_of(case).to(DAY)
        a_goal(case, by=of_team(name))
    kept(casework, *cases)
    follow()


@pytest.mark.usefixtures("teams")
def test_small_teams_are_counted_together_and_never_apart(db: Db) -> None:
    assert reading.small(db, Period.year(2026)) == {"Oost", "West"}
    assert counted(number(db, "own_words")) == (24, 24)
    assert counted(number(db, "own_words", team="Noord")) == (12, 12)
    assert not number(db, "own_words", team="Oost").shown
    made = report(db, [MARCH], TODAY)
    assert made.teams == ["Noord", "Oost", "West"]  # each can be asked for
    assert [team for team, _ in made.by_team("own_words", MARCH)] == ["Noord"]


@pytest.mark.usefixtures("teams")
def test_where_teams_are_large_as_a_rule_small_ones_are_not_looked_for(
    db: Db, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No group is shown that else would not be: it costs more where there are many."""
    monkeypatch.setattr(reading, "AS_A_RULE", 8)
    assert reading.small(db, Period.year(2026)) == frozenset()
    assert counted(number(db, "own_words")) == (24, 24)
    assert not number(db, "own_words", team="Oost").shown


@pytest.mark.usefixtures("teams")
def test_who_only_contacts_are_counted_of_makes_a_team_large(db: Db) -> None:
    """Ten clients of East had contacts this year, and six of them an entry."""
    later = Period.year(2027)
    assert reading.small(db, later) == frozenset()  # nobody wrote anything: nothing is small
    db.execute(
        """
        INSERT INTO shown.contact_months
        SELECT case_id, '2027-03-01', 3, 3, 3
          FROM shown.counted
         WHERE what = 'case' AND team = 'Oost'"""
    )
    assert reading.small(db, later) == {"Oost"}


@pytest.mark.usefixtures("teams")
def test_a_team_is_not_asked_of_a_figure_that_is_known_of_the_whole_only(db: Db) -> None:
    """Where nobody asked who the clients are, other blocks would be shown: subtracting could find a few."""
    every, some = report(db, [MARCH], TODAY), report(db, [MARCH], TODAY, by_team=[BY_NAME["say"]])
    assert some.numbers(MARCH) == every.numbers(MARCH)
    assert some.by_team("say", MARCH) == every.by_team("say", MARCH)
    with pytest.raises(LookupError, match="own_words"):
        some.number(BY_NAME["own_words"], MARCH, "Noord")


def few(bits: int, most: int) -> Clients:
    return Clients.between(bits, most)


def test_names_are_asked_only_where_they_tell_whether_there_are_enough() -> None:
    """Ten bits are enough, nine rows are too few; between them only names tell."""
    ten, nine = 2**LEAST - 1, 2 ** (LEAST - 1) - 1
    assert unclear({(MONTH, "Noord"): few(ten, 10)}) == set()
    assert unclear({(MONTH, "Noord"): few(nine, 9)}) == set()
    assert unclear({(MONTH, "Noord"): few(nine, 10)}) == {(MONTH, "Noord")}


def test_small_groups_that_may_be_enough_together_are_asked_for() -> None:
    """In a quarter, or with another team, six and six may be twelve, or six."""
    six = few(2**6 - 1, 6)
    april = date(2026, 4, 1)
    assert unclear({(MONTH, "Noord"): six, (april, "Noord"): six}) == {(MONTH, "Noord"), (april, "Noord")}
    assert unclear({(MONTH, "Noord"): six, (MONTH, "Oost"): six}) == {(MONTH, "Noord"), (MONTH, "Oost")}
    large = Clients(many=True)
    assert unclear({(MONTH, "Noord"): large, (MONTH, "Oost"): six, (MONTH, "West"): six}) == {
        (MONTH, "Oost"),
        (MONTH, "West"),
    }


def test_of_what_is_of_no_team_names_are_asked_only_where_the_whole_is_unclear() -> None:
    six, other = few(2**6 - 1, 6), few(2**12 - 2**6, 6)
    assert unclear({(MONTH, "Noord"): six, (MONTH, "Oost"): other}, by_team=False) == set()
    assert unclear({(MONTH, "Noord"): six, (MONTH, "Oost"): six}, by_team=False) == {
        (MONTH, "Noord"),
        (MONTH, "Oost"),
    }
    assert unclear({(MONTH, "Noord"): few(2**9 - 1, 30)}, by_team=False) == {(MONTH, "Noord")}


def test_what_is_unclear_is_not_shown() -> None:
    assert not few(2**9 - 1, 30).safe
    assert (few(2**9 - 1, 30) | few(2**9, 1)).safe
    assert few(0, 0).safe
