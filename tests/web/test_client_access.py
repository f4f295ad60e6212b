"""The client's own way in: given from the case, handed over as a letter, and taken away again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

import psycopg
import pytest
from flask import Flask

from domain.case import Case
from domain.entry import Role
from domain.kinds import Address, LegalKind, PersonKind, Scope
from domain.store.account_list import listed
from domain.store.accounts import add_account
from tests import given
from tests.web.accounts import link_on, noted, post
from tests.web.conftest import PASSPHRASE, Visitor, desk_of, sign_in, token
from tests.web.filling import hidden
from tests.web.test_accounts import NEW, a_name, choose

As = Callable[..., Visitor]
DAY = date(2026, 9, 7)


@pytest.fixture
def case(app: Flask) -> Case:
    """Sanne's case of today, with her sister who speaks for her."""
    case = given.sanne()
    kind = PersonKind.REPRESENTATIVE
    sister = case.join_person(name="Lotte de Graaf", kind=kind, relation="zus", **given.telling(DAY))
    case.name_representative(sister, LegalKind.MENTOR, Scope.CARE, **given.telling(DAY))
    desk = desk_of(app)
    desk.casework.open(case)
    with psycopg.connect(desk.database.admin("draad")) as owner:  # the stories have one client: made anew
        for table in ("session", "account"):
            key = "account" if table == "session" else "id"
            owner.execute(f"DELETE FROM draad.{table} WHERE {key} = %(id)s".encode(), {"id": case.client_id})  # noqa: S608
    return case


def sister_in(case: Case) -> UUID:
    return next(key for key, one in case.plan.people.items() if one.name == "Lotte de Graaf")


def access(case: Case) -> str:
    return f"/cases/{case.id}/access"


def test_a_client_gets_an_account_with_the_clients_own_id(
    app: Flask, case: Case, as_: As, visitor: Visitor
) -> None:
    user, browser = a_name(), as_("ilse")
    letter = post(browser, f"{access(case)}/{case.client_id}", access(case), user_name=user)
    link = link_on(letter)
    assert user in letter
    with desk_of(app).pool.connection() as db:
        found = listed(db, case.client_id)
    assert found
    assert (found.role, found.user_name) == (Role.CLIENT, user)
    assert choose(visitor, link) == 303
    assert sign_in(visitor, user, NEW) == 303
    page = browser.get(access(case)).text
    assert user in page
    assert link not in page


def test_who_speaks_for_the_client_gets_one_with_their_id_in_the_case(
    app: Flask, case: Case, as_: As
) -> None:
    sister = sister_in(case)
    link_on(post(as_("ilse"), f"{access(case)}/{sister}", access(case), user_name=a_name()))
    with desk_of(app).pool.connection() as db:
        found = listed(db, sister)
    assert found
    assert (found.role, found.name) == (Role.REPRESENTATIVE, "Lotte de Graaf")


def test_nobody_else_of_the_case_gets_one_here(app: Flask, case: Case, as_: As) -> None:
    browser = as_("ilse")
    others = [key for key in case.plan.people if key != sister_in(case)]
    assert others
    for who in (*others, uuid4(), browser.account.id):  # type: ignore[attr-defined]
        form = {"csrf_token": token(browser, access(case)), "user_name": a_name()}
        assert browser.post(f"{access(case)}/{who}", data=form).status_code == 404
        assert browser.post(f"{access(case)}/{who}/take-away", data=form).status_code == 404


def test_taken_away_they_are_out_at_once_and_the_link_opens_nothing(
    app: Flask, case: Case, as_: As, visitor: Visitor
) -> None:
    user, browser = a_name(), as_("ilse")
    give = f"{access(case)}/{case.client_id}"
    choose(visitor, link_on(post(browser, give, access(case), user_name=user)))
    sign_in(visitor, user, NEW)
    again = link_on(post(browser, give, access(case)))
    post(browser, f"{give}/take-away", access(case))
    assert visitor.get("/own-account").status_code == 303
    assert sign_in(visitor, user, NEW) == 401
    assert app.test_client().get(again).status_code == 404
    link_on(post(browser, give, access(case)))
    assert sign_in(visitor, user, NEW) == 303


def with_worker(app: Flask, case: Case, wendy: Visitor, *, leads: bool = False) -> None:
    """A worker joins the case, and has the lead when this says so."""
    user = wendy.account.id  # type: ignore[attr-defined]
    with desk_of(app).casework.changing(case.id) as change:
        change.case.join_person(
            name="Wendy", kind=PersonKind.WORKER, organisation="De Linde", user=user, **given.telling()
        )
        if leads:
            person = given.person_called(change.case, "Wendy")
            change.case.name_lead(person, **given.deciding())


@pytest.mark.parametrize("leads", [False, True])
def test_once_used_an_account_is_renewed_or_taken_by_who_answers_for_the_case_only(
    app: Flask, case: Case, as_: As, visitor: Visitor, *, leads: bool
) -> None:
    wendy, give = as_("wendy", Role.WORKER), f"{access(case)}/{case.client_id}"
    with_worker(app, case, wendy, leads=leads)
    user = a_name()
    choose(visitor, link_on(post(wendy, give, access(case), user_name=user)))  # the first invitation
    page = wendy.get(access(case)).text
    assert (f'action="{give}"' in page) is leads
    assert ("Een nieuwe brief maakt wie de regie heeft" in page) is not leads
    sent = {"csrf_token": token(wendy, "/own-account")}
    status = 200 if leads else 403
    assert wendy.post(give, data=sent).status_code == status
    assert wendy.post(f"{give}/take-away", data=sent).status_code == (303 if leads else 403)
    post(as_("ilse"), f"{give}/take-away", access(case))
    assert "Toegang weggehaald" in wendy.get(access(case)).text
    assert wendy.post(give, data=sent).status_code == status  # nor does anybody give it back


def test_who_names_themselves_lead_does_not_answer_for_the_case(app: Flask, case: Case, as_: As) -> None:
    wendy, give = as_("wendy", Role.WORKER), f"{access(case)}/{case.client_id}"
    with_worker(app, case, wendy)
    link_on(post(as_("ilse"), give, access(case), user_name=a_name()))
    post(as_("ilse"), f"{give}/take-away", access(case))
    with desk_of(app).casework.changing(case.id) as change:
        by = wendy.account.actor  # type: ignore[attr-defined]
        change.case.name_lead(given.person_called(change.case, "Wendy"), **given.deciding(by=by))
    assert wendy.post(give, data={"csrf_token": token(wendy, "/own-account")}).status_code == 403


def test_only_the_accounts_that_are_on_the_list_join(app: Flask, case: Case, as_: As) -> None:
    ilse, page = as_("ilse"), f"/cases/{case.id}/record/join-person"
    for user in (uuid4(), as_("lotte", Role.REPRESENTATIVE).account.id):  # type: ignore[attr-defined]
        sent = {"name": "Kees", "kind": "relative", "user": str(user), "happened_on": "22-11-2026"}
        answer = ilse.post(page, data=hidden(ilse.get(page).text) | sent)
        assert (answer.status_code, "Kies" in answer.text) == (422, True)
    user = as_("noor", Role.WORKER).account.id  # type: ignore[attr-defined]
    form = hidden(ilse.get(page).text) | sent | {"user": str(user)}
    assert [ilse.post(page, data=form).status_code for _ in range(2)] == [303, 303]  # the same form twice


def test_the_account_of_who_speaks_for_another_client_is_not_handed_out_here(
    app: Flask, case: Case, as_: As
) -> None:
    theirs = uuid4()
    with desk_of(app).pool.connection() as db:
        add_account(db, a_name(), PASSPHRASE, name="Moeder", role=Role.REPRESENTATIVE, id=theirs)
    with desk_of(app).casework.changing(case.id) as change:
        how = given.telling()
        kees = change.case.join_person(name="Kees", kind=PersonKind.RELATIVE, user=theirs, **how)
        change.case.name_representative(kees, LegalKind.MENTOR, Scope.RESIDENCE, **how)
    link_on(post(as_("ilse"), f"{access(case)}/{kees}", access(case), user_name=a_name()))
    with desk_of(app).pool.connection() as db:
        here, there = listed(db, kees), listed(db, theirs)
    assert here
    assert there
    assert (here.name, there.link_until) == ("Kees", None)


def test_what_was_taken_away_is_not_given_back_by_whoever_works_there(
    app: Flask, case: Case, as_: As
) -> None:
    wendy, give = as_("wendy", Role.WORKER), f"{access(case)}/{case.client_id}"
    with_worker(app, case, wendy)
    link_on(post(wendy, give, access(case), user_name=a_name()))
    link_on(post(wendy, give, access(case)))  # the first one got lost
    post(as_("ilse"), f"{give}/take-away", access(case))
    assert wendy.post(give, data={"csrf_token": token(wendy, "/own-account")}).status_code == 403


def test_a_client_reads_who_made_a_letter_to_sign_in(
    app: Flask, case: Case, as_: As, visitor: Visitor
) -> None:
    user, give = a_name(), f"{access(case)}/{case.client_id}"
    choose(visitor, link_on(post(as_("ilse"), give, access(case), user_name=user)))
    sign_in(visitor, user, NEW)
    page = visitor.get(f"/my-plan/{case.id}").text
    assert "maakte Ilse een brief waarmee" in page
    assert "Kies een andere wachtzin" in page


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.COORDINATOR, Role.WORKER, Role.IMPORT}))
def test_no_other_role_gives_access(case: Case, as_: As, role: Role) -> None:
    browser = as_("vera", role)
    assert browser.get(access(case)).status_code == 403
    form = {"csrf_token": token(browser, "/own-account"), "user_name": a_name()}
    assert browser.post(f"{access(case)}/{case.client_id}", data=form).status_code == 403


def test_for_the_case_of_another_team_there_is_no_such_page(case: Case, as_: As) -> None:
    browser = as_("ruben", Role.COORDINATOR, "Zuid")
    assert browser.get(access(case)).status_code == 404
    form = {"csrf_token": token(browser, "/own-account"), "user_name": a_name()}
    assert browser.post(f"{access(case)}/{case.client_id}", data=form).status_code == 404
    assert browser.post(f"{access(case)}/{case.client_id}/take-away", data=form).status_code == 404


def test_a_wrong_user_name_is_said_beside_it(case: Case, as_: As) -> None:
    page = post(as_("ilse"), f"{access(case)}/{case.client_id}", access(case), user_name="Sanne de Graaf")
    assert "zonder spaties" in page
    assert 'value="Sanne de Graaf"' in page


def test_the_log_says_who_gave_it(case: Case, as_: As, caplog: pytest.LogCaptureFixture) -> None:
    browser = as_("ilse")
    post(browser, f"{access(case)}/{case.client_id}", access(case), user_name=a_name())
    told = [(line["event"], line["of"]) for line in noted(caplog) if "of" in line]
    assert told == [
        ("user_created", str(case.client_id)),
        ("authn_token_created", str(case.client_id)),
    ]
    assert "Sanne" not in caplog.text


def test_who_came_in_by_an_emergency_gives_nobody_a_way_in(app: Flask, case: Case, as_: As) -> None:
    browser = as_("zed", Role.WORKER, "Zuid")
    by = browser.account.actor  # type: ignore[attr-defined]
    with desk_of(app).casework.changing(case.id) as change:
        change.case.use_emergency_access("Geen gehoor.", by=by, happened_on=given.TODAY)
    assert browser.get(f"/cases/{case.id}").status_code == 200
    assert browser.get(access(case)).status_code == 403
    for who in (case.client_id, sister_in(case)):
        sent = {"csrf_token": token(browser, "/own-account"), "user_name": a_name()}
        assert browser.post(f"{access(case)}/{who}", data=sent).status_code == 403
        assert browser.post(f"{access(case)}/{who}/take-away", data=sent).status_code == 403
    links = f"/cases/{case.id}/answer-links"
    sent = {"csrf_token": token(browser, "/own-account"), "entry": "1", "who": str(case.client_id)}
    sent["subject"] = "1"
    assert browser.post(links, data=sent).status_code == 403


@pytest.mark.parametrize(
    ("address", "said"), [(Address.JIJ, "Zo doe je dat:"), (Address.U, "Zo doet u dat:")]
)
def test_a_letter_speaks_to_the_client_as_they_want(
    app: Flask, case: Case, as_: As, address: Address, said: str
) -> None:
    with desk_of(app).casework.changing(case.id) as changing:
        changing.case.describe_client(name="Sanne Mulder", address=address, **given.telling(DAY))
    letter = post(as_(), f"{access(case)}/{case.client_id}", access(case), user_name=a_name())
    assert said in letter


def test_a_letter_to_who_speaks_for_the_client_says_u(app: Flask, case: Case, as_: As) -> None:
    with desk_of(app).casework.changing(case.id) as changing:
        changing.case.describe_client(name="Sanne Mulder", address=Address.JIJ, **given.telling(DAY))
    letter = post(as_(), f"{access(case)}/{sister_in(case)}", access(case), user_name=a_name())
    assert "Zo doet u dat:" in letter
