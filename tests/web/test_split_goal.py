"""A goal that was split asks about each step apart: an answer stays with the step it was given to."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import UUID

import psycopg
import pytest
from flask import Flask

from domain.case import Case
from domain.kinds import Voice
from domain.proposals import StanceTaken
from domain.say import Say, Stance
from domain.store.database import EVENTS, OWNER, Database
from domain.store.links import links_of
from domain.store.migrate import migrations
from projections.my_plan import Question, questions
from tests import given
from tests.web.answering import filled, link_to, made_by
from tests.web.conftest import Visitor, desk_of
from tests.web.filling import a_full_case, entries, hidden, kept
from tests.web.own_plan import open_own, page_of

COOKING, DAY_CENTRE = "Ik kook zelf.", "Ik ga elke dag naar de dagbesteding."


@pytest.fixture
def case(app: Flask) -> Case:
    """With a goal of two steps, about which the client said nothing yet; they spoke of the whole."""
    found = a_full_case()
    who: dict[str, Voice] = {"words_of": Voice.WORKER, "proposed_by": Voice.WORKER}
    goal = found.propose_goal(words="Ik woon op mezelf.", **who, **given.telling())  # type: ignore[arg-type]
    found.split_goal(goal, (COOKING, DAY_CENTRE), **given.deciding())
    kept(app, found)
    return found


@pytest.fixture
def ilse(as_: Callable[..., Visitor]) -> Visitor:
    return as_("ilse")


def asked(case: Case, words: str) -> Question:
    return next(q for q in questions(case.entries, given.TODAY) if q.then == words)


def said(app: Flask, case: Case, words: str) -> list[tuple[Stance, str]]:
    """What was recorded about this step."""
    step = asked(case, words).subject
    told = (e for e in entries(app, case.id) if isinstance(e, StanceTaken) and e.subject == step)
    return [(entry.say.stance, entry.say.words) for entry in told]


def say(app: Flask, case: Case, step: Question, what: Say) -> None:
    """Somebody else writes it down meanwhile."""
    with desk_of(app).casework.changing(case.id) as change:
        change.case.take_stance(step.subject, what, **given.telling())


def form_of(page: str, words: str) -> tuple[str, dict[str, str]]:
    """Where the form under these words goes, with what is in it."""
    block = page.partition(words)[2].partition("</form>")[0]
    found = re.search(r'action="([^"]+)"', block)
    assert found
    return found[1], hidden(block)


def test_both_steps_are_asked_by_one_entry(case: Case) -> None:
    one, two = asked(case, COOKING), asked(case, DAY_CENTRE)
    assert one.entry == two.entry
    assert [one.number, two.number] == [f"{one.entry}.1", f"{one.entry}.2"]


def test_together_an_answer_stays_with_the_step_it_was_typed_under(
    app: Flask, case: Case, ilse: Visitor
) -> None:
    where, form = form_of(ilse.get(f"/cases/{case.id}/together").text, DAY_CENTRE)
    sent = form | {"answer": "no", "words": "Nee, niet elke dag."}
    assert ilse.post(where, data=sent).status_code == 303
    assert said(app, case, DAY_CENTRE) == [(Stance.DISAGREES, "Nee, niet elke dag.")]
    assert not said(app, case, COOKING)


def test_together_what_was_answered_meanwhile_is_told_and_no_word_is_lost(
    app: Flask, case: Case, ilse: Visitor
) -> None:
    where, form = form_of(ilse.get(f"/cases/{case.id}/together").text, COOKING)
    say(app, case, asked(case, COOKING), given.yes())
    page = ilse.post(where, data=form | {"answer": "no", "words": "Nee, niet koken."})
    assert page.status_code == 409
    assert "Nee, niet koken." in page.text.partition("<form")[0]
    assert not said(app, case, DAY_CENTRE)


def test_together_a_step_in_other_words_is_read_again_with_what_was_typed(
    app: Flask, case: Case, ilse: Visitor
) -> None:
    where, form = form_of(ilse.get(f"/cases/{case.id}/together").text, COOKING)
    with desk_of(app).casework.changing(case.id) as change:
        step, how = UUID(str(asked(case, COOKING).subject)), given.deciding(say=given.not_asked())
        change.case.adjust_goal(step, "Ik kook met hulp.", "Zo kan het.", **how)
    page = ilse.post(where, data=form | {"answer": "no", "words": "Nee, niet koken."})
    assert page.status_code == 409
    assert not said(app, case, COOKING)
    block = page.text.partition("Ik kook met hulp.")[2].partition("</form>")[0]
    assert "Nee, niet koken." in block
    again, form = form_of(page.text, "Ik kook met hulp.")
    assert ilse.post(again, data=form | {"answer": "yes", "words": "Met hulp wel."}).status_code == 303
    assert said(app, case, COOKING) == [(Stance.AGREES, "Met hulp wel.")]


def test_a_link_asks_about_the_step_it_was_made_for(case: Case, ilse: Visitor, app: Flask) -> None:
    links = ilse.get(f"/cases/{case.id}/answer-links").text
    for words, other in ((COOKING, DAY_CENTRE), (DAY_CENTRE, COOKING)):
        where, form = form_of(links, f"<b>{words}</b>")
        made = re.search(
            r"/answer/[\w-]{43}", ilse.post(where, data=form | {"who": str(case.client_id)}).text
        )
        assert made
        page = app.test_client().get(made[0]).text
        assert words in page
        assert other not in page


def test_a_link_to_one_step_leaves_that_to_the_other(app: Flask, case: Case, ilse: Visitor) -> None:
    first, second = (made_by(ilse, case, asked(case, words)) for words in (COOKING, DAY_CENTRE))
    assert app.test_client().get(first).status_code == 200
    assert app.test_client().get(second).status_code == 200
    page = ilse.get(f"/cases/{case.id}/answer-links").text
    assert f"Voor Sanne: {COOKING}" in page
    assert f"Voor Sanne: {DAY_CENTRE}" in page


def test_an_answer_by_link_is_never_about_another_step(app: Flask, case: Case, visitor: Visitor) -> None:
    address = link_to(app, case.id, asked(case, COOKING))
    sent = filled(visitor, address, "no", "Nee, niet koken.")
    say(app, case, asked(case, COOKING), given.yes())
    page = visitor.post(address, data=sent)
    assert page.status_code == 404
    assert "Nee, niet koken." in page.text  # to say it again
    assert not said(app, case, DAY_CENTRE)


def test_a_link_to_a_step_is_not_to_what_was_said_of_the_whole(
    app: Flask, case: Case, visitor: Visitor
) -> None:
    address = link_to(app, case.id, asked(case, COOKING))
    assert visitor.get(address).status_code == 200
    say(app, case, asked(case, COOKING), given.yes())
    assert visitor.get(address).status_code == 404


def test_a_link_of_before_goes_on_when_its_entry_asks_one_thing(
    app: Flask, case: Case, visitor: Visitor
) -> None:
    question = given.the(case.plan.proposals)
    address = link_to(app, case.id, question, subject=None)
    with desk_of(app).pool.connection() as db:
        assert links_of(db, case.id)[0].subject is None
    assert "Elke twee weken" in visitor.get(address).text


def test_an_open_link_of_before_to_a_step_is_revoked_for_nobody_knows_which(
    app: Flask, database: Database, case: Case, visitor: Visitor
) -> None:
    step = link_to(app, case.id, asked(case, COOKING), subject=None)
    question = link_to(app, case.id, given.the(case.plan.proposals), subject=None)
    sql = next(one.sql for one in migrations(EVENTS) if one.name == "what_a_link_asks")
    with psycopg.connect(database.dsn(OWNER, EVENTS)) as owner:
        owner.execute(sql[sql.index("UPDATE") :].encode())
    assert [visitor.get(address).status_code for address in (step, question)] == [404, 200]


def test_every_question_has_a_place_of_its_own_on_the_page(app: Flask, case: Case, ilse: Visitor) -> None:
    pages = [
        page_of(case, open_own(app, case)),
        ilse.get(f"/cases/{case.id}/together").text,
        ilse.get(f"/cases/{case.id}/say-sheet/print").text,
        ilse.get(f"/cases/{case.id}/say-sheet").text,
    ]
    for page in pages:
        ids = re.findall(r' id="([^"]+)"', page)
        assert DAY_CENTRE in page
        assert len(ids) == len(set(ids))


def test_on_paper_every_step_has_a_number_of_its_own(case: Case, ilse: Visitor) -> None:
    sheet = ilse.get(f"/cases/{case.id}/say-sheet").text
    paper = ilse.get(f"/cases/{case.id}/say-sheet/print").text
    for words in (COOKING, DAY_CENTRE):
        number = asked(case, words).number
        assert words in paper.partition(f"Vraag {number}<")[2].partition("</section>")[0]
        assert words in sheet.partition(f"Op papier: vraag {number}.")[2].partition("</section>")[0]


def corrected(app: Flask, case: Case, entry: int, now: str) -> None:
    """Somebody puts right who gives the help."""
    with desk_of(app).casework.changing(case.id) as change:
        change.case.correct_entry(entry, "provider", now, reason="Vergist.", **given.telling())


def test_what_was_put_right_while_it_was_read_is_read_again(
    app: Flask, case: Case, ilse: Visitor, visitor: Visitor
) -> None:
    offer = next(q for q in questions(case.entries, given.TODAY) if q.kind == "support")
    address = link_to(app, case.id, offer)
    where, form = form_of(ilse.get(f"/cases/{case.id}/together").text, offer.then)
    own, sent = open_own(app, case), filled(visitor, address)
    answer = f"/my-plan/{case.id}/answer/{offer.subject}"
    mine, sheet = hidden(own.get(answer).text), f"/cases/{case.id}/say-sheet"
    row = {f"{offer.subject}:stance": "agrees", f"{offer.subject}:client_words": "Graag."}
    talk = hidden(ilse.get(sheet).text) | row | {f"{offer.subject}:initiative": "professional"}
    corrected(app, case, offer.entry, "De Overkant")
    typed = {"answer": "yes", "words": "Graag."}
    for browser, at, filled_in in (
        (ilse, where, form | typed),
        (visitor, address, sent | typed),
        (own, answer, mine | typed),
        (ilse, sheet, talk | {"happened_on": f"{given.TODAY:%d-%m-%Y}"}),
    ):
        page = browser.post(at, data=filled_in)
        assert page.status_code == 409
        assert "De Overkant" in page.text
        assert "Graag." in page.text
