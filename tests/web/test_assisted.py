"""Together: a worker types, with the client beside them; and the client says whether it is right."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask

from domain.case import Case
from domain.entry import Actor, Role
from domain.proposals import ProposalAnswered, StanceTaken
from domain.record import ReadBack
from domain.say import Means, Stance
from domain.store.accounts import add_account
from projections.my_plan import questions
from projections.noted import noted
from projections.waits_for_us import What, waits_for_us
from tests import given
from tests.web.conftest import PASSPHRASE, Visitor, desk_of, sign_in, token
from tests.web.filling import a_full_case, entries, hidden, kept, theirs
from tests.web.own_plan import form_in


@pytest.fixture
def ilse(as_: Callable[..., Visitor]) -> Visitor:
    return as_("ilse")


@pytest.fixture
def case(app: Flask) -> Case:
    found = a_full_case()
    kept(app, found)
    return found


def together(case: Case) -> str:
    return f"/cases/{case.id}/together"


def the_question(case: Case) -> int:
    return given.the(case.plan.proposals)


def at(case: Case) -> str:
    """Where the answer to the question goes: a proposal is its own subject."""
    return f"{together(case)}/{the_question(case)}/{the_question(case)}"


def wrote(browser: Visitor, case: Case, answer: str = "yes", words: str = "Ja, dat is beter.") -> str:
    """What the worker typed of the answer to the question; gives where that leads."""
    form = form_of(browser.get(together(case)).text, the_question(case))
    sent = form | {"answer": answer, "words": words}
    answered = browser.post(at(case), data=sent)
    assert answered.status_code == 303, answered.text
    return str(answered.headers["Location"])


def form_of(page: str, entry: int) -> dict[str, str]:
    return hidden(page.partition(f'id="q{entry}"')[2].partition("</form>")[0])


def the_client(app: Flask, case: Case) -> Visitor:
    """In their own session: the account has the id of the client."""
    with desk_of(app).pool.connection() as db:
        if not db.execute("SELECT 1 FROM draad.account WHERE id = %(id)s", {"id": case.client_id}).fetchone():
            name = f"sanne-{case.client_id.hex[-6:]}"
            how = {"name": "Sanne Mulder", "role": Role.CLIENT, "id": case.client_id}
            add_account(db, name, PASSPHRASE, **how)  # type: ignore[arg-type]
        found = db.execute(
            "SELECT user_name FROM draad.account WHERE id = %(id)s", {"id": case.client_id}
        ).fetchone()
    assert found
    browser = app.test_client()
    sign_in(browser, found[0])
    return browser


def test_the_page_is_the_clients_own_and_nobody_elses(ilse: Visitor, case: Case) -> None:
    page = ilse.get(together(case)).text
    for question in questions(case.entries, given.TODAY):
        assert question.then in page
    for other in (
        "Mijn cliënten",
        "Signalen",
        "Er kwam drie keer niemand",
        "Er loopt een klacht",
        "Uitloggen",
    ):
        assert other not in page, other


def test_typed_words_are_spoken_in_the_talk_with_the_client_there(
    app: Flask, ilse: Visitor, case: Case
) -> None:
    version = len(case.entries)
    wrote(ilse, case)
    made = entries(app, case.id)[-1]
    assert isinstance(made, ProposalAnswered)
    assert (made.by.role, made.say.means, made.say.present) == (Role.COORDINATOR, Means.SPOKEN, True)
    assert (made.say.words, made.say.shown_version) == ("Ja, dat is beter.", version)
    assert made.conversation_id is not None
    assert "Sanne" in ilse.get(f"/cases/{case.id}/say-sheet").text  # the talk goes on


def test_only_a_click_is_no_more_than_reported(app: Flask, ilse: Visitor, case: Case) -> None:
    wrote(ilse, case, words="")
    assert next(entries(app, case.id)[-1].stances()).means is Means.REPORTED


def test_twice_the_same_is_once_and_errors_keep_what_was_typed(app: Flask, ilse: Visitor, case: Case) -> None:
    address = at(case)
    form = form_of(ilse.get(together(case)).text, the_question(case))
    wrong = ilse.post(address, data=form | {"words": "Nog denken."})
    assert wrong.status_code == 422
    assert "Nog denken." in wrong.text
    sent = form | {"answer": "yes", "words": "Ja."}
    assert [ilse.post(address, data=sent).status_code for _ in range(2)] == [303, 303]
    assert len(entries(app, case.id)) == len(case.entries) + 1


def test_the_client_confirms_on_the_spot_by_a_link_of_their_own(
    app: Flask, ilse: Visitor, case: Case
) -> None:
    where = wrote(ilse, case)
    page = ilse.get(where).text
    assert "Ja, dat is beter." in page
    handed = ilse.post(f"{where}/confirm", data={"csrf_token": token(ilse, where)})
    assert handed.status_code == 303
    assert ilse.get("/cases").status_code == 303  # who helps is signed out
    address = handed.headers["Location"]
    asked = ilse.get(address).text
    assert "Klopt het?" in asked
    assert "Mijn cliënten" not in asked  # the worker's own menu is not the client's to use
    assert ilse.post(address, data=hidden(asked) | {"right": "yes"}).status_code == 303
    made = entries(app, case.id)[-1]
    assert isinstance(made, ReadBack)
    assert made.by.role is Role.CLIENT
    assert says(app, case) == (Stance.AGREES, Means.READ_BACK, "Ja, dat is beter.")
    assert f'value="{together(case)}"' in ilse.get("/sign-in").text  # and comes back where they were


def says(app: Flask, case: Case) -> tuple[Stance, Means, str]:
    """How the client's answer to the question stands now."""
    (held,) = desk_of(app).casework.history(case.id).plan.stances_on(the_question(case)).of()
    return held.say.stance, held.say.means, held.say.words


def confirm(app: Flask, case: Case, **said: str) -> int:
    """Later, on Mijn plan."""
    browser, number = the_client(app, case), len(entries(app, case.id))
    address = f"/my-plan/{case.id}/confirm/{number}"
    assert address in browser.get(f"/my-plan/{case.id}").text
    block = browser.get(address).text.partition(f'id="c{number}"')[2].partition("</form>")[0]
    return browser.post(address, data=hidden(block) | said).status_code


def test_the_client_confirms_later_on_their_own_page(app: Flask, ilse: Visitor, case: Case) -> None:
    wrote(ilse, case)
    assert confirm(app, case, right="yes") == 303
    assert says(app, case) == (Stance.AGREES, Means.READ_BACK, "Ja, dat is beter.")
    assert not [one for one in noted(entries(app, case.id), given.TODAY) if one.subject == the_question(case)]


def test_what_is_not_right_gets_the_clients_words_first_and_waits_for_a_talk(
    app: Flask, ilse: Visitor, case: Case
) -> None:
    wrote(ilse, case)
    assert confirm(app, case, right="no") == 422  # how is it then?
    assert confirm(app, case, right="no", words="Ik zei: misschien.") == 303
    assert says(app, case) == (Stance.WANTS_TO_TALK, Means.READ_BACK, "Ik zei: misschien.")
    kept_now = desk_of(app).casework.history(case.id)
    waits = waits_for_us(kept_now.plan, kept_now.entries)
    assert "Ik zei: misschien." in {one.words for one in waits if one.what is What.TALK}


def test_what_came_beside_it_meanwhile_does_not_hold_the_words_of_the_client_back(
    app: Flask, ilse: Visitor, case: Case
) -> None:
    wrote(ilse, case)
    browser, number = the_client(app, case), len(entries(app, case.id))
    address = f"/my-plan/{case.id}/confirm/{number}"
    form = form_in(browser.get(address).text, address)
    with desk_of(app).casework.changing(case.id) as change:
        change.case.add_statement(number, "Zij zei het zachtjes.", **given.telling())
    answer = browser.post(address, data=form | {"right": "no", "words": "Ik zei: misschien."})
    assert answer.status_code == 409
    assert "Zij zei het zachtjes." in theirs(answer.text)
    assert "Ik zei: misschien.</textarea>" in answer.text
    again = form_in(answer.text, address) | {"right": "no", "words": "Ik zei: misschien."}
    assert browser.post(address, data=again).status_code == 303


def test_a_click_is_confirmed_by_saying_it_with_own_hand(app: Flask, ilse: Visitor, case: Case) -> None:
    wrote(ilse, case, words="")
    assert confirm(app, case, right="yes") == 303
    made = entries(app, case.id)[-1]
    assert isinstance(made, StanceTaken)
    assert says(app, case)[:2] == (Stance.AGREES, Means.OWN_HAND)


def test_a_worker_confirms_nothing_for_the_client(ilse: Visitor, case: Case) -> None:
    where = wrote(ilse, case)
    number = int(where.rpartition("/")[2])
    form = {
        "csrf_token": token(ilse, where),
        "version": str(number),
        "posted": str(UUID(int=7)),
        "right": "yes",
    }
    assert ilse.post(f"/my-plan/{case.id}/confirm/{number}", data=form).status_code in {403, 404}


def test_another_client_confirms_nothing_here(app: Flask, ilse: Visitor, case: Case) -> None:
    where = wrote(ilse, case)
    number = int(where.rpartition("/")[2])
    other = given.an_opened_case(client_id=UUID(int=0x77))
    kept(app, other)
    browser = the_client(app, other)
    form = {"csrf_token": token(browser, f"/my-plan/{other.id}"), "version": "1", "posted": str(UUID(int=8))}
    answer = browser.post(f"/my-plan/{case.id}/confirm/{number}", data=form | {"right": "yes"})
    assert answer.status_code == 404
    assert says(app, case)[1] is Means.SPOKEN


def test_what_a_partner_or_an_import_wrote_down_is_asked_as_it_is() -> None:
    case = given.with_goal()
    goal = given.the(case.plan.goals)
    case.take_stance(goal, given.yes(), **given.telling(by=given.IMPORT))
    assert [one.subject for one in noted(case.entries, given.TODAY)] == []
    case.take_stance(goal, given.yes("Ja hoor."), **given.telling(by=given.WORKER))
    assert noted(case.entries, given.TODAY)[0].words == "Ja hoor."
    own: Actor = given.CLIENT
    case.take_stance(goal, given.yes("Zeker.", own_hand=True), **given.telling(by=own))
    assert [one.subject for one in noted(case.entries, given.TODAY)] == []
