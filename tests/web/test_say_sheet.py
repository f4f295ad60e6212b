"""The say sheet: all open matters of one talk, recorded together or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from flask import Flask

from domain.case import Case
from domain.entry import Decision, Initiative
from domain.kinds import Asks, SupportKind, TakenUp, Voice
from domain.laying_down import PlanShown
from domain.proposals import ProposalAnswered, StanceTaken
from domain.refusals import SupportRefused
from domain.say import Stance
from domain.support import SupportAccepted
from tests import given
from tests.web.conftest import Visitor, desk_of
from tests.web.filling import a_full_case, entries, hidden, kept, opened, theirs
from web.asking.open_matters import rows_of


@pytest.fixture
def ilse(as_: Callable[..., Visitor]) -> Visitor:
    return as_("ilse")


def sheet(case_id: UUID) -> str:
    return f"/cases/{case_id}/say-sheet"


def the_offer(case: Case) -> str:
    return next(str(key) for key, support in case.plan.supports.items() if support.status == "offered")


def the_question(case: Case) -> str:
    return str(given.the(case.plan.proposals))


def test_rows_are_what_nobody_knows_the_clients_stance_on() -> None:
    case = a_full_case()
    assert {str(row.subject) for row in rows_of(case, given.TODAY)} == {the_offer(case), the_question(case)}


def test_a_goal_whose_text_changed_without_asking_is_asked_again() -> None:
    case = given.sanne()
    goal = given.the(case.plan.goals)
    assert [row.subject for row in rows_of(case, given.TODAY)] == []
    case.adjust_goal(goal, "Ik kook elke dag.", "Korter.", **given.deciding(say=given.not_asked()))
    (row,) = rows_of(case, given.TODAY)
    assert (row.now, row.then) == ("Ik kook drie keer per week zelf.", "Ik kook elke dag.")
    assert row.why == "about the previous text"


def test_two_answers_that_contradict_are_asked_again() -> None:
    case = given.with_goal()
    goal = given.the(case.plan.goals)
    case.take_stance(goal, given.no(own_hand=True), **given.telling(by=given.CLIENT))
    case.take_stance(goal, given.yes(), **given.telling())
    assert [row.why for row in rows_of(case, given.TODAY)] == ["contradictory"]


def test_nothing_is_chosen_beforehand(app: Flask, ilse: Visitor) -> None:
    assert " checked" not in ilse.get(sheet(kept(app, a_full_case()))).text


def test_all_answers_of_a_talk_are_saved_together(app: Flask, ilse: Visitor) -> None:
    case = a_full_case()
    case_id, before = kept(app, case), len(case.entries)
    facts = {
        f"{the_offer(case)}:stance": "agrees",
        f"{the_offer(case)}:initiative": "network",
        f"{the_question(case)}:stance": "agrees",
        f"{the_question(case)}:client_words": "Eén keer in de drie weken.",
        "shown": "yes",
    }
    sent = opened(ilse, sheet(case_id)) | facts
    assert [ilse.post(sheet(case_id), data=sent).status_code for _ in range(2)] == [303, 303]
    made = entries(app, case_id)[before:]
    assert {type(entry) for entry in made} == {SupportAccepted, ProposalAnswered, PlanShown}
    assert len({entry.conversation_id for entry in made}) == 1
    assert made[0].conversation_id is not None
    answer = next(entry for entry in made if isinstance(entry, ProposalAnswered))
    assert (answer.answer, answer.say.words) == (TakenUp.TAKEN_UP, "Eén keer in de drie weken.")
    assert answer.initiative is Initiative.PROFESSIONAL  # the worker proposed it
    accepted = next(entry for entry in made if isinstance(entry, SupportAccepted))
    assert accepted.initiative is Initiative.NETWORK


def test_a_yes_in_part_leaves_the_question_open_with_the_words_beside_it(app: Flask, ilse: Visitor) -> None:
    case = a_full_case()
    case_id, words = kept(app, case), "Om de week is goed, maar niet op vrijdag."
    facts = {
        f"{the_question(case)}:stance": "agrees_in_part",
        f"{the_question(case)}:client_words": words,
    }
    assert ilse.post(sheet(case_id), data=opened(ilse, sheet(case_id)) | facts).status_code == 303
    assert type(entries(app, case_id)[-1]) is StanceTaken
    shown = ilse.get(f"/cases/{case_id}/plan").text
    assert words in shown
    assert "De vraag ligt nog open" in shown


@pytest.mark.parametrize(
    ("stance", "entry"),
    [("disagrees", SupportRefused), ("not_now", StanceTaken), ("did_not_want_to_answer", StanceTaken)],
)
def test_an_offer_gets_the_entry_of_its_answer(
    app: Flask, ilse: Visitor, stance: str, entry: type[Decision]
) -> None:
    case = given.with_offer()
    case_id = kept(app, case)
    ilse.post(sheet(case_id), data=opened(ilse, sheet(case_id)) | {f"{the_offer(case)}:stance": stance})
    last = entries(app, case_id)[-1]
    assert type(last) is entry
    assert next(iter(last.stances())).stance is Stance(stance)


def test_rows_left_empty_change_nothing(app: Flask, ilse: Visitor) -> None:
    case_id = kept(app, a_full_case())
    before = len(entries(app, case_id))
    assert ilse.post(sheet(case_id), data=opened(ilse, sheet(case_id))).status_code == 303
    assert len(entries(app, case_id)) == before


def test_words_without_an_answer_hold_back_the_whole_sheet(app: Flask, ilse: Visitor) -> None:
    case = a_full_case()
    case_id, before = kept(app, case), len(case.entries)
    facts = {f"{the_offer(case)}:client_words": "Mooi <b>", f"{the_question(case)}:stance": "agrees"}
    answer = ilse.post(sheet(case_id), data=opened(ilse, sheet(case_id)) | facts)
    assert answer.status_code == 422
    assert f'href="#{the_offer(case)}:stance"' in answer.text
    assert "Mooi &lt;b&gt;" in answer.text
    assert len(entries(app, case_id)) == before


def test_what_was_answered_meanwhile_is_shown_and_not_dropped(app: Flask, ilse: Visitor) -> None:
    case = a_full_case()
    case_id, casework = kept(app, case), desk_of(app).casework
    mine = opened(ilse, sheet(case_id)) | {
        f"{the_offer(case)}:stance": "agrees",
        f"{the_offer(case)}:client_words": "Mijn woorden.",
    }
    with casework.changing(case_id) as change:
        change.case.accept_support(UUID(the_offer(case)), **given.deciding())
    before = len(entries(app, case_id))
    answer = ilse.post(sheet(case_id), data=mine)
    assert answer.status_code == 409
    assert "Mijn woorden." in answer.text
    assert "Ja, dat wil ik." in theirs(answer.text)
    assert len(entries(app, case_id)) == before


def test_the_same_sheet_with_another_answer_is_not_lost(app: Flask, ilse: Visitor) -> None:
    case = given.with_offer()
    case_id = kept(app, case)
    agreed = {f"{the_offer(case)}:stance": "agrees", f"{the_offer(case)}:initiative": "client"}
    sent = opened(ilse, sheet(case_id)) | agreed
    ilse.post(sheet(case_id), data=sent)
    answer = ilse.post(sheet(case_id), data=sent | {f"{the_offer(case)}:client_words": "Alleen op dinsdag."})
    assert answer.status_code == 409
    assert "Alleen op dinsdag." in answer.text


def two_goals() -> tuple[Case, list[str]]:
    case, how = given.an_opened_case(), given.telling()
    for words in ("Zwemmen", "Koken"):
        case.propose_goal(words=words, words_of=Voice.WORKER, proposed_by=Voice.WORKER, **how)
    return case, [str(goal) for goal in case.plan.goals]


@pytest.mark.parametrize(
    "change",
    [
        {"a:stance": "not_now", "b:stance": "agrees"},
        {"b:stance": ""},
        {"b:stance": "", "b:client_words": "Liever niet."},
        {"shown": "yes"},
        {"happened_on": "21-11-2026"},
    ],
    ids=["answers swapped", "one less", "words without an answer", "shown after all", "another day"],
)
def test_another_sheet_under_the_same_id_is_shown_again_and_not_lost(
    app: Flask, ilse: Visitor, change: dict[str, str]
) -> None:
    case, (a, b) = two_goals()
    case_id = kept(app, case)
    sent = opened(ilse, sheet(case_id)) | {f"{a}:stance": "agrees", f"{b}:stance": "not_now"}
    assert [ilse.post(sheet(case_id), data=sent).status_code for _ in range(2)] == [303, 303]
    other = {name.replace("a:", f"{a}:").replace("b:", f"{b}:"): text for name, text in change.items()}
    answer = ilse.post(sheet(case_id), data=sent | other)
    assert answer.status_code == 409
    assert "eerder vastgelegd" in answer.text
    assert len(entries(app, case_id)) == len(case.entries) + 2


def test_another_whose_idea_is_another_sheet(app: Flask, ilse: Visitor) -> None:
    case = given.with_offer()
    case_id, idea = kept(app, case), f"{the_offer(case)}:initiative"
    sent = opened(ilse, sheet(case_id)) | {f"{the_offer(case)}:stance": "agrees", idea: "client"}
    answers = [ilse.post(sheet(case_id), data=sent | {idea: whose}) for whose in ("client", "network")]
    assert [answer.status_code for answer in answers] == [303, 409]


def test_whose_idea_it_was_is_no_part_of_a_no(app: Flask, ilse: Visitor) -> None:
    case = given.with_offer()
    case_id, row = kept(app, case), the_offer(case)
    sent = opened(ilse, sheet(case_id)) | {f"{row}:stance": "disagrees", f"{row}:initiative": "network"}
    assert [ilse.post(sheet(case_id), data=sent).status_code for _ in range(2)] == [303, 303]


def test_a_yes_to_an_offer_asks_whose_idea_it_was(app: Flask, ilse: Visitor) -> None:
    case = given.with_offer()
    case_id, before = kept(app, case), len(case.entries)
    facts = {f"{the_offer(case)}:stance": "agrees"}
    answer = ilse.post(sheet(case_id), data=opened(ilse, sheet(case_id)) | facts)
    assert answer.status_code == 422
    assert f'href="#{the_offer(case)}:initiative"' in answer.text
    assert len(entries(app, case_id)) == before


def test_help_the_client_asked_for_was_the_clients_idea(app: Flask, ilse: Visitor) -> None:
    case = given.with_goal()
    kind = SupportKind.GUIDANCE
    case.offer_support(what="Samen koken", kind=kind, provider="", asked_for=True, **given.telling())
    case_id = kept(app, case)
    row = next(key for key in case.plan.supports)
    assert f"{row}:initiative" not in ilse.get(sheet(case_id)).text
    ilse.post(sheet(case_id), data=opened(ilse, sheet(case_id)) | {f"{row}:stance": "agrees"})
    accepted = entries(app, case_id)[-1]
    assert isinstance(accepted, SupportAccepted)
    assert accepted.initiative is Initiative.CLIENT


@pytest.mark.parametrize(
    ("voice", "asked"), [(Voice.CLIENT, False), (Voice.TOGETHER, True), (Voice.NETWORK, False)]
)
def test_whose_idea_a_proposal_had_together_was_is_asked(voice: Voice, *, asked: bool) -> None:
    case = given.with_goal()
    goal = given.the(case.plan.goals)
    case.make_proposal(subject=goal, then="Vaker", proposed_by=voice, asks=Asks.CLIENT, **given.telling())
    (row,) = rows_of(case, given.TODAY)
    assert row.asks_whose is asked


def test_another_text_of_the_same_goal_is_shown_beside_my_words(app: Flask, ilse: Visitor) -> None:
    case = given.with_goal()
    case_id, goal = kept(app, case), given.the(case.plan.goals)
    mine = opened(ilse, sheet(case_id)) | {
        f"{goal}:stance": "agrees",
        f"{goal}:client_words": "Mijn woorden.",
    }
    with desk_of(app).casework.changing(case_id) as change:
        how = given.deciding(say=given.not_asked())
        change.case.adjust_goal(goal, "Ik kook op zondag.", "Korter.", **how)
    answer = ilse.post(sheet(case_id), data=mine)
    assert answer.status_code == 409
    assert "Ik kook op zondag." in theirs(answer.text)
    assert "Mijn woorden.</textarea>" in answer.text
    assert ilse.post(sheet(case_id), data=mine | hidden(answer.text)).status_code == 303


def test_words_and_no_words_are_not_both_so(app: Flask, ilse: Visitor) -> None:
    case, (goal, _) = two_goals()
    case_id = kept(app, case)
    both = {f"{goal}:stance": "not_now", f"{goal}:client_words": "Later.", f"{goal}:seen": "yes"}
    answer = ilse.post(sheet(case_id), data=opened(ilse, sheet(case_id)) | both)
    assert answer.status_code == 422
    assert f'id="{goal}:seen-error"' in answer.text


def test_a_gesture_of_yes_is_kept_as_what_was_seen_and_decides_nothing(app: Flask, ilse: Visitor) -> None:
    case = a_full_case()
    case_id, asked = kept(app, case), (the_question(case), the_offer(case))
    seen = {f"{row}:stance": "agrees" for row in asked} | {f"{row}:seen": "yes" for row in asked}
    assert ilse.post(sheet(case_id), data=opened(ilse, sheet(case_id)) | seen).status_code == 303
    made = [entry for entry in entries(app, case_id)[-2:] if isinstance(entry, StanceTaken)]
    assert [str(entry.subject) for entry in made] == list(asked)
    assert not any(entry.say.agrees for entry in made)


def test_what_a_child_says_yes_to_is_kept_as_what_they_said_and_agrees_nothing(
    app: Flask, ilse: Visitor
) -> None:
    case = a_full_case()
    case.describe_client(name="Sanne Mulder", birth_date=date(2013, 4, 3), **given.telling())
    case_id = kept(app, case)
    offer, question = the_offer(case), the_question(case)
    page = ilse.get(sheet(case_id)).text
    assert f"{offer}:initiative" not in page
    said = {f"{offer}:stance": "agrees", f"{question}:stance": "agrees"}
    data = opened(ilse, sheet(case_id)) | said
    assert [ilse.post(sheet(case_id), data=data).status_code for _ in range(2)] == [303, 303]
    assert [type(entry) for entry in entries(app, case_id)[len(case.entries) :]] == [StanceTaken] * 2


def test_what_the_client_came_with_in_their_own_words_is_not_asked_back_here_either() -> None:
    assert rows_of(given.with_goal(), given.TODAY) == []
