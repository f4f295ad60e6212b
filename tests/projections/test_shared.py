"""What a partner reads: the parts that are shared, and of the rest not even that it is there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, get_type_hints

import hypothesis
import pytest
from hypothesis import strategies as st

from domain.case import Case
from domain.entry import Actor, Entry
from domain.kinds import (
    ConsentPurpose,
    LegalKind,
    Part,
    PartyKind,
    PersonKind,
    Scope,
    WhyRestricted,
    WhyWithdrawn,
)
from domain.plan import read
from domain.say import Say, Words
from projections.masked import OnlyOpened, shared
from projections.plan_page import PlanPage
from projections.timeline import timeline
from tests import given
from tests.domain.anything import histories
from tests.stored_events import examples

TODAY, JOINED = given.TODAY, date(2026, 2, 9)
ALL = frozenset(Part)
SETS = st.frozensets(st.sampled_from(Part))


def reads(case: Case, *parts: Part, who: Actor = given.PARTNER) -> list[Entry]:
    return shared(who, case.entries, parts, TODAY)


def topics(entries: list[Entry]) -> set[str]:
    return {entry.TOPIC for entry in entries}


def with_partner(case: Case) -> Case:
    how = given.telling(JOINED)
    case.join_person(
        name="Joris Smit",
        kind=PersonKind.WORKER,
        organisation="Buurtteam Oost",
        user=given.PARTNER.user,
        **how,
    )
    case.join_party("Buurtteam Oost", PartyKind.FORMAL, "Hulp thuis.", **given.deciding(JOINED))
    case.join_party("Schuldhulp", PartyKind.FORMAL, "Geld.", **given.deciding(JOINED))
    return case


def said_in(entry: Entry) -> Iterator[str]:
    """The words that an entry holds."""
    hints = get_type_hints(type(entry), include_extras=True)
    for name, hint in hints.items():
        text: Any = getattr(entry, name, None)
        if hint is Say and text:
            yield text.words or "(niets gezegd)"
        if "Words" in str(hint) or hint is Words:
            yield from (text,) if isinstance(text, str) and len(text) > 6 else ()


MADE_HERE = (made for made in vars(examples).values() if getattr(made, "__module__", "") == examples.__name__)
STORIES = [made for made in MADE_HERE if get_type_hints(made).get("return") is Case]
STORIES += [given.sanne, given.karim, given.lena, given.bram]


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("parts", [(part,) for part in Part] + [(Part.GOALS, Part.SUPPORT)])
def test_what_is_not_shared_is_nowhere(story: Any, parts: tuple[Part, ...]) -> None:
    case = story()
    told = reads(case, *parts)
    numbers = {entry.number for entry in told if not isinstance(entry, OnlyOpened)}
    shown = repr([vars(read(told)), timeline(told), told])
    also = {text for entry in told for text in said_in(entry)}
    hidden = {text for e in case.entries if e.number not in numbers for text in said_in(e)} - also
    assert not [text for text in hidden if text in shown]


@hypothesis.given(histories, SETS)
@hypothesis.settings(max_examples=60, deadline=None)
def test_any_history_can_be_read_in_part_and_nothing_hangs_loose(
    entries: list[Entry], parts: frozenset[Part]
) -> None:
    told = shared(given.PARTNER, entries, parts, TODAY)
    assert {end.entry for end in read(told).loose} <= {end.entry for end in read(entries).loose}
    PlanPage(entries[0].originator_id if entries else given.PARTNER.user, told, TODAY)


def test_the_opening_is_known_and_its_question_is_not() -> None:
    case = given.sanne()
    first = reads(case, Part.GOALS)[0]
    assert isinstance(first, OnlyOpened)
    assert read([first]).opened_on == given.OPENING
    assert read([first]).client.client_id == case.client_id
    assert reads(case, Part.STORY)[0] is case.entries[0]


def test_who_the_client_is_goes_with_every_part() -> None:
    assert "client_described" in topics(reads(given.sanne(), Part.EVALUATION))


def test_a_partner_reads_that_they_and_their_party_take_part_and_of_nobody_else() -> None:
    plan = read(reads(with_partner(given.sanne()), Part.GOALS))
    assert [person.name for person in plan.people.values()] == ["Joris Smit"]
    assert [party.name for party in plan.parties.values()] == ["Buurtteam Oost"]


def test_a_partner_reads_who_speaks_for_the_client() -> None:
    case = given.sanne()
    person = given.a_representative(case)
    case.name_representative(person, LegalKind.MENTOR, Scope.CARE, **given.telling(JOINED))
    plan = read(reads(case, Part.GOALS))
    assert plan.people[person].name == "Rita Mulder"
    assert plan.representations


def test_a_partner_reads_the_consent_that_is_theirs() -> None:
    case = with_partner(given.sanne())
    theirs, other = plan_parties(case)
    own = case.give_consent(ConsentPurpose.SHARING, theirs, (Part.GOALS,), **given.deciding(JOINED))
    case.give_consent(ConsentPurpose.SHARING, other, (Part.STORY,), **given.deciding(JOINED))
    assert set(read(reads(case, Part.GOALS, Part.PEOPLE)).consents) == {own}


def plan_parties(case: Case) -> Any:
    return case.plan.parties


def test_what_speaks_of_two_is_read_with_both() -> None:
    case = with_partner(given.sanne())
    joris, how = given.person_called(case, "Joris Smit"), given.telling(JOINED)
    other = case.join_person(name="Ria Bos", kind=PersonKind.WORKER, organisation="Buurtteam Oost", **how)
    case.change_worker(other, joris, **given.deciding(JOINED))
    assert "worker_changed" in topics(reads(case, Part.PEOPLE))
    assert "worker_changed" not in topics(reads(case, Part.GOALS))
    assert not read(reads(case, Part.GOALS)).loose


def test_a_stance_goes_where_its_subject_goes() -> None:
    case = given.lena()  # took a stance on a goal, disagrees with it, and is asked about it
    assert {"stance_taken", "proposal_made"} <= topics(reads(case, Part.GOALS))
    assert not {"stance_taken", "proposal_made"} & topics(reads(case, Part.SUPPORT, Part.EVALUATION))
    assert "disagreement_voiced" not in topics(reads(case, Part.EVALUATION))  # about a goal
    assert "disagreement_voiced" in topics(reads(case, Part.EVALUATION, Part.GOALS))


def test_what_is_said_of_an_entry_goes_where_that_entry_goes() -> None:
    case = given.sanne()
    wish = next(e.number for e in case.entries if e.TOPIC == "wish_voiced")
    case.add_statement(wish, "Zo heb ik het niet gezegd.", **given.telling())
    case.correct_entry(wish, "heard_by", "Nadia", "Het was Nadia.", **given.telling())
    assert {"statement_added", "entry_corrected"} <= topics(reads(case, Part.STORY))
    assert not {"statement_added", "entry_corrected"} & topics(reads(case, Part.GOALS))


def test_what_is_masked_is_not_there_at_all() -> None:
    case = given.sanne()
    case.take_action("Van iemand anders.", **given.telling())
    note = case.version
    case.withdraw_entry(note, WhyWithdrawn.WRONG_CLIENT, **given.telling())
    wish = next(e.number for e in case.entries if e.TOPIC == "wish_voiced")
    case.restrict_entry(wish, WhyRestricted.OBJECTION, **given.telling())
    told = reads(case, *ALL)
    assert not {note, note + 1, wish, case.version} & {entry.number for entry in told}
    assert not [line for line in timeline(told) if line.masked]


def test_a_partner_reads_what_they_wrote_themselves() -> None:
    case = with_partner(given.sanne())
    case.make_observation("Zij lachte.", **given.telling(by=given.PARTNER))
    case.make_observation("Zij sliep slecht.", **given.telling(by=given.WORKER))
    seen = [e for e in reads(case, Part.GOALS) if e.TOPIC == "observation_made"]
    assert [entry.by for entry in seen] == [given.PARTNER]


def test_a_case_read_in_part_leaves_the_case_whole() -> None:
    case = given.sanne()
    all_of_it = list(case.entries)
    shown = case.read_as(reads(case, Part.GOALS))
    assert shown.plan.question == ""
    assert case.entries == all_of_it
    assert case.plan.question
    assert (shown.id, shown.version) == (case.id, case.version)
