"""A link to answer one question without an account: it shows that question alone, and works once."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask

from domain.access import Ground
from domain.case import Case
from domain.days import local_day
from domain.entry import Role
from domain.kinds import Address, LegalKind, Scope, TakenUp
from domain.proposals import ProposalAnswered, StanceTaken
from domain.refusals import SupportRefused
from domain.say import Means, Stance
from domain.store.access_log import words_of
from domain.store.attempts import ATTEMPTS
from domain.store.links import links_of, revoke_link
from projections.my_plan import Question, questions
from tests import given
from tests.web.answering import filled, known_by, link_to, made_by
from tests.web.conftest import Visitor, desk_of, token
from tests.web.filling import a_full_case, entries, hidden, kept
from tests.web.own_plan import open_own, page_of


def the_question(case: Case) -> int:
    return given.the(case.plan.proposals)


def the_offer(case: Case) -> Question:
    return next(q for q in questions(case.entries, given.TODAY) if q.kind == "support")


@pytest.fixture
def asked(app: Flask) -> tuple[UUID, str]:
    """A case with a question to the client, and the link to it."""
    case = a_full_case()
    return kept(app, case), link_to(app, case.id, the_question(case))


def test_the_link_opens_the_question_and_nothing_else_of_the_plan(
    visitor: Visitor, asked: tuple[UUID, str]
) -> None:
    page = visitor.get(asked[1])
    assert page.status_code == 200
    assert "Elke twee weken" in page.text
    for other in (
        "Mulder",
        "drie keer per week",
        "Nadia",
        "Thomas Visser",
        "Er kwam drie keer niemand",
        "Z-1042",
    ):
        assert other not in page.text, other
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "strict-origin"  # nobody gets the address: it opens something


def test_looking_uses_nothing_up(visitor: Visitor, asked: tuple[UUID, str]) -> None:
    assert [visitor.get(asked[1]).status_code for _ in range(7)] == [200] * 7


def test_an_answer_is_the_clients_own_hand_with_the_text_that_was_shown(
    app: Flask, visitor: Visitor, asked: tuple[UUID, str]
) -> None:
    case_id, address = asked
    before = len(entries(app, case_id))
    sent = filled(visitor, address)
    answer = visitor.post(address, data=sent)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/answered")
    made = entries(app, case_id)[-1]
    assert isinstance(made, ProposalAnswered)
    assert (made.answer, made.by.role, made.by.name) == (TakenUp.TAKEN_UP, Role.CLIENT, "Sanne Mulder")
    assert (made.say.means, made.say.words, made.say.shown_version) == (Means.OWN_HAND, "Ja, fijn.", before)


def test_who_made_the_link_does_not_answer_it_as_the_client(app: Flask, as_: Callable[..., Visitor]) -> None:
    case, ilse = a_full_case(), as_("ilse")
    kept(app, case)
    address = made_by(ilse, case, the_question(case))
    shown = ilse.get(address)
    assert shown.status_code == 403
    assert "Log eerst uit" in shown.text
    assert "Elke twee weken" not in shown.text
    sent = filled(app.test_client(), address) | {"csrf_token": token(ilse, address)}
    for one in (ilse, as_("vera", Role.MANAGER)):
        assert one.post(address, data=sent | {"csrf_token": token(one, address)}).status_code == 403
    assert len(entries(app, case.id)) == len(case.entries)
    out = ilse.post(f"{address}/alone", data={"csrf_token": token(ilse, address)})
    assert (out.status_code, out.headers["Location"]) == (303, address)
    assert ilse.get("/cases").status_code == 303
    assert ilse.post(address, data=filled(ilse, address)).status_code == 303


def test_what_came_by_a_link_says_who_made_it(app: Flask, as_: Callable[..., Visitor]) -> None:
    case, ilse = a_full_case(), as_("ilse")
    kept(app, case)
    for asked in (the_question(case), the_offer(case)):
        address, browser = made_by(ilse, case, asked), app.test_client()
        browser.post(address, data=filled(browser, address, "talk"))
    with desk_of(app).pool.connection() as db:
        day = local_day(links_of(db, case.id)[0].made_at)
    said, number = f"via een link die Ilse maakte op {day:%d-%m-%Y}", len(entries(app, case.id))
    for page in (f"/entries/{number}", "/timeline", ""):
        assert said in ilse.get(f"/cases/{case.id}{page}").text, page
    assert said not in ilse.get(f"/cases/{case.id}/entries/{number - 2}").text
    assert page_of(case, open_own(app, case)).count(said) == 3  # at both with own hand, and with the help
    with desk_of(app).pool.connection() as db:
        looks = db.execute(
            """
            SELECT request_id, why FROM draad.access_log
             WHERE object_id = %(case)s AND detail LIKE 'answer.%%' AND outcome = 'ok'""",
            {"case": case.id},
        ).fetchall()
    whys = {words_of(desk_of(app).casework.vault, case.id, of, why) for of, why in looks}
    assert whys == {said}


def test_a_no_to_help_refuses_it_and_first_talking_decides_nothing(app: Flask, visitor: Visitor) -> None:
    case = a_full_case()
    case_id = kept(app, case)
    address = link_to(app, case_id, the_offer(case))
    visitor.post(address, data=filled(visitor, address, "no", ""))
    assert isinstance(entries(app, case_id)[-1], SupportRefused)
    address = link_to(app, case_id, the_question(case))
    visitor.post(address, data=filled(visitor, address, "talk", "Bel me even."))
    told = entries(app, case_id)[-1]
    assert isinstance(told, StanceTaken)
    assert told.say.stance is Stance.WANTS_TO_TALK


def test_the_same_answer_twice_is_one_entry_and_the_same_answer(
    app: Flask, visitor: Visitor, asked: tuple[UUID, str]
) -> None:
    case_id, address = asked
    before, sent = len(entries(app, case_id)), filled(visitor, address)
    answers = [visitor.post(address, data=sent) for _ in range(2)]
    assert [(a.status_code, a.headers.get("Location")) for a in answers] == [(303, "/answered")] * 2
    assert len(entries(app, case_id)) == before + 1


def test_two_at_the_same_moment_are_one_entry(app: Flask, asked: tuple[UUID, str]) -> None:
    case_id, address = asked
    before, statuses = len(entries(app, case_id)), []
    browsers = [app.test_client() for _ in range(4)]
    forms = [filled(browser, address, words=f"Ja, {nr}.") for nr, browser in enumerate(browsers)]

    def send(nr: int) -> None:
        statuses.append(browsers[nr].post(address, data=forms[nr]).status_code)

    threads = [threading.Thread(target=send, args=(nr,)) for nr in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [303, 404, 404, 404]
    assert len(entries(app, case_id)) == before + 1


def closed(visitor: Visitor, address: str) -> tuple[int, str]:
    page = visitor.get(address)
    return page.status_code, re.sub(r'content="[^"]*"', "", page.text)


def test_unknown_used_expired_revoked_and_no_longer_asked_look_the_same(app: Flask, visitor: Visitor) -> None:
    case = a_full_case()
    case_id, number = kept(app, case), the_question(case)
    unknown = closed(visitor, "/answer/niets")
    assert unknown[0] == 404
    assert "werkt niet meer" in unknown[1]
    over = link_to(app, case_id, number, days=-1)
    assert closed(visitor, over) == unknown
    revoked = link_to(app, case_id, number)
    with desk_of(app).pool.connection() as db:
        assert revoke_link(db, links_of(db, case_id)[0].id, case_id)
    assert closed(visitor, revoked) == unknown
    used = link_to(app, case_id, number)
    visitor.post(used, data=filled(visitor, used))
    assert closed(visitor, used) == unknown
    assert closed(visitor, link_to(app, case_id, number)) == unknown  # it has its answer


def test_another_answer_by_a_used_link_is_not_taken(
    app: Flask, visitor: Visitor, asked: tuple[UUID, str]
) -> None:
    case_id, address = asked
    sent = filled(visitor, address)
    visitor.post(address, data=sent)
    number = len(entries(app, case_id))
    assert visitor.post(address, data=sent | {"answer": "no"}).status_code == 404
    assert len(entries(app, case_id)) == number


def test_what_is_not_right_yet_keeps_what_was_typed_and_uses_nothing_up(
    app: Flask, visitor: Visitor, asked: tuple[UUID, str]
) -> None:
    case_id, address = asked
    before, sent = len(entries(app, case_id)), filled(visitor, address, "", "Ik twijfel nog.")
    page = visitor.post(address, data=sent)
    assert page.status_code == 422
    assert "Ik twijfel nog." in page.text
    assert len(entries(app, case_id)) == before
    assert visitor.post(address, data=sent | {"answer": "talk"}).status_code == 303


def test_a_form_that_was_open_too_long_is_not_lost(visitor: Visitor, asked: tuple[UUID, str]) -> None:
    sent = filled(visitor, asked[1], words="Lang over nagedacht.") | {"csrf_token": "oud"}
    page = visitor.post(asked[1], data=sent)
    assert page.status_code == 400
    assert "Lang over nagedacht." in page.text
    again = hidden(page.text) | {"answer": "yes", "words": "Lang over nagedacht."}
    assert visitor.post(asked[1], data=again).status_code == 303


def test_what_was_said_about_it_meanwhile_is_not_written_over(
    app: Flask, visitor: Visitor, asked: tuple[UUID, str]
) -> None:
    case_id, address = asked
    sent = filled(visitor, address)
    with desk_of(app).casework.changing(case_id) as change:
        case = change.case
        case.take_stance(the_question(case), given.wants_to_talk(), **given.telling(by=given.WORKER))
    before = len(entries(app, case_id))
    page = visitor.post(address, data=sent)
    assert page.status_code == 409
    assert "Lees hem nog een keer" in page.text
    assert len(entries(app, case_id)) == before
    assert visitor.post(address, data=hidden(page.text) | {"answer": "yes"}).status_code == 303


def test_a_text_that_changed_closes_the_link(app: Flask, visitor: Visitor) -> None:
    case = given.sanne()
    goal = given.the(case.plan.goals)
    case.adjust_goal(goal, "Ik kook elke dag.", "Korter.", **given.deciding(say=given.not_asked()))
    case_id = kept(app, case)
    address = link_to(app, case_id, questions(case.entries, given.TODAY)[0])
    assert "Ik kook elke dag." in visitor.get(address).text
    with desk_of(app).casework.changing(case_id) as change:
        how = given.deciding(say=given.not_asked())
        change.case.adjust_goal(goal, "Ik kook om de dag.", "Toch.", **how)
    assert visitor.get(address).status_code == 404


def test_who_speaks_for_the_client_answers_beside_them(app: Flask, visitor: Visitor) -> None:
    case = a_full_case()
    rita = given.person_called(case, "Rita Mulder")
    case_id = kept(app, case)
    address = link_to(app, case_id, the_question(case), rita)
    assert visitor.post(address, data=filled(visitor, address)).status_code == 303
    told = entries(app, case_id)[-1]
    assert isinstance(told, StanceTaken)
    assert (told.by.role, told.say.person, told.say.means) == (Role.REPRESENTATIVE, rita, Means.OWN_HAND)
    assert desk_of(app).casework.history(case_id).plan.proposals[the_question(case)].open


def test_a_link_of_who_no_longer_speaks_for_the_client_is_closed(app: Flask, visitor: Visitor) -> None:
    case = given.with_offer()
    rita = given.a_representative(case)
    case.name_representative(rita, LegalKind.CURATOR, Scope.ALL, **given.telling())
    case_id = kept(app, case)
    address = link_to(app, case_id, questions(case.entries, given.TODAY, rita)[0], rita)
    assert visitor.get(address).status_code == 200
    with desk_of(app).casework.changing(case_id) as change:
        change.case.end_representation(rita, "Op eigen verzoek.", **given.telling())
    assert visitor.get(address).status_code == 404


def test_guessing_ends_and_shuts_nobody_out(visitor: Visitor, asked: tuple[UUID, str]) -> None:
    codes = [visitor.get(f"/answer/{uuid4()}").status_code for _ in range(ATTEMPTS + 1)]
    assert codes == [404] * ATTEMPTS + [429]
    assert visitor.get(asked[1]).status_code == 200  # many share one address


def test_it_is_a_look_on_the_clients_own_ground(
    app: Flask, visitor: Visitor, asked: tuple[UUID, str]
) -> None:
    visitor.get(asked[1])
    with desk_of(app).pool.connection() as db:
        line = db.execute(
            """
            SELECT user_role, authorisation_protocol FROM draad.access_log
             WHERE object_id = %(case)s ORDER BY id DESC LIMIT 1""",
            {"case": asked[0]},
        ).fetchone()
    assert line == (Role.CLIENT, Ground.OWN)


# The page on which they are made.
@pytest.fixture
def ilse(as_: Callable[..., Visitor]) -> Visitor:
    return as_("ilse")


def test_a_worker_makes_a_link_sees_it_once_and_takes_it_back(
    app: Flask, ilse: Visitor, visitor: Visitor
) -> None:
    case = a_full_case()
    case_id, page = kept(app, case), f"/cases/{case.id}/answer-links"
    address = made_by(ilse, case, the_question(case))
    assert "Elke twee weken" in visitor.get(address).text
    shown = ilse.get(page).text
    assert address not in shown
    assert "Voor Sanne" in shown
    with desk_of(app).pool.connection() as db:
        (link,) = links_of(db, case_id)
    assert link.made_by == ilse.account.id  # type: ignore[attr-defined]
    assert timedelta(days=13) < link.expires_at - link.made_at < timedelta(days=15)
    revoke = f"{page}/{link.id}/revoke"
    assert ilse.post(revoke, data={"csrf_token": token(ilse, page)}).status_code == 303
    assert visitor.get(address).status_code == 404
    assert "Ingetrokken" in ilse.get(page).text


def test_a_link_is_made_to_what_is_asked_and_for_who_may_answer(app: Flask, ilse: Visitor) -> None:
    case = a_full_case()
    case_id, page = kept(app, case), f"/cases/{case.id}/answer-links"
    good = {"csrf_token": token(ilse, page), "who": str(case.client_id), **known_by(the_question(case))}
    another = next(iter(case.plan.supports))
    for name, wrong in (("entry", "2"), ("subject", "2"), ("subject", str(another))):
        assert ilse.post(page, data=good | {name: wrong}).status_code == 404
    for name, wrong in (("entry", "x"), ("subject", "x"), ("subject", "")):
        assert ilse.post(page, data=good | {name: wrong}).status_code == 400
    assert (
        ilse.post(page, data=good | {"who": str(given.person_called(case, "Henk Mulder"))}).status_code == 400
    )
    with desk_of(app).pool.connection() as db:
        assert links_of(db, case_id) == []


def test_a_link_of_another_case_is_not_taken_back_here(app: Flask, ilse: Visitor) -> None:
    case, other = a_full_case(), given.with_offer()
    kept(app, case)
    kept(app, other)
    link_to(app, other.id, 1)
    with desk_of(app).pool.connection() as db:
        (link,) = links_of(db, other.id)
    page = f"/cases/{case.id}/answer-links"
    form = {"csrf_token": token(ilse, page)}
    assert ilse.post(f"{page}/{link.id}/revoke", data=form).status_code == 404
    with desk_of(app).pool.connection() as db:
        assert links_of(db, other.id)[0].revoked_at is None


@pytest.mark.parametrize("role", [Role.CLIENT, Role.PARTNER, Role.MANAGER])
def test_only_who_records_makes_links(app: Flask, as_: Callable[..., Visitor], role: Role) -> None:
    case_id = kept(app, a_full_case())
    assert as_(f"iemand-{role}", role).get(f"/cases/{case_id}/answer-links").status_code in {403, 404}


@pytest.mark.parametrize(("who", "said"), [("jij", "vraag over je plan"), ("u", "vraag over uw plan")])
def test_the_letter_speaks_to_the_client_as_they_want(
    app: Flask, as_: Callable[..., Visitor], who: str, said: str
) -> None:
    case, ilse = a_full_case(), as_("ilse")
    case.describe_client(name="Sanne Mulder", address=Address(who), **given.telling())
    kept(app, case)
    links = f"/cases/{case.id}/answer-links"
    form = {"csrf_token": token(ilse, links), "who": str(case.client_id), **known_by(the_question(case))}
    assert said in ilse.post(links, data=form).text
