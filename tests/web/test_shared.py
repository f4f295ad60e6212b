"""A partner: sees a case while they take part and the client allows it, and of it only what is shared."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

import pytest
from flask import Flask

from domain.case import Case
from domain.entry import Role
from domain.kinds import ConsentPurpose, DocumentKind, Part, PartyKind, PersonKind
from domain.store.accounts import Account, add_account
from tests import given
from tests.stored_events import examples
from tests.web import filling
from tests.web.conftest import PASSPHRASE, Visitor, desk_of, sign_in
from tests.web.following import kept

As = Callable[..., Visitor]
PAGES = ("", "/plan", "/timeline", "/story", "/chain", "/people", "/documents", "/record")
PARTY = "De Linde"  # for which the accounts of these tests work


@pytest.fixture
def joris(as_: As) -> Visitor:
    return as_("joris", Role.PARTNER, "Oost")


def joined(case: Case, who: Account) -> UUID:
    """They take part, and so does their party; gives its id."""
    how = given.telling()
    party = case.join_party(PARTY, PartyKind.FORMAL, "Hulp thuis.", **given.deciding())
    case.join_person(name=who.name, kind=PersonKind.WORKER, organisation=PARTY, user=who.id, **how)
    return party


def shared_with(app: Flask, browser: Visitor, *parts: Part) -> Case:
    """A case of which these parts are shared with the party of the one who is here."""
    case = given.sanne()
    party = joined(case, browser.account)  # type: ignore[attr-defined]
    if parts:
        case.give_consent(ConsentPurpose.SHARING, party, parts, **given.deciding())
    kept(app, case)
    return case


def status(browser: Visitor, case: Case, page: str = "") -> int:
    return browser.get(f"/cases/{case.id}{page}").status_code


def test_a_partner_without_consent_gets_what_does_not_exist(app: Flask, joris: Visitor) -> None:
    case = shared_with(app, joris)
    assert [status(joris, case, page) for page in PAGES] == [404] * len(PAGES)
    assert "Sanne" not in joris.get("/shared").text


def test_consent_opens_it_at_once_and_taking_it_back_closes_it_on_the_next_click(
    app: Flask, joris: Visitor
) -> None:
    case = shared_with(app, joris)
    party = given.the(case.plan.parties)
    with desk_of(app).casework.changing(case.id) as change:
        consent = change.case.give_consent(
            ConsentPurpose.SHARING, party, (Part.GOALS,), **given.deciding(given.TODAY)
        )
    assert status(joris, case) == 200
    assert "Sanne Mulder" in joris.get("/shared").text
    with desk_of(app).casework.changing(case.id) as change:
        change.case.withdraw_consent(consent, **given.deciding(given.TODAY, given.no()))
    assert [status(joris, case, page) for page in PAGES] == [404] * len(PAGES)
    assert "Sanne" not in joris.get("/shared").text  # also when the followed list lags


def test_a_partner_who_left_gets_what_does_not_exist(app: Flask, joris: Visitor) -> None:
    case = shared_with(app, joris, Part.GOALS)
    assert status(joris, case) == 200
    person = given.person_called(case, joris.account.name)  # type: ignore[attr-defined]
    with desk_of(app).casework.changing(case.id) as change:
        change.case.leave_person(person, "Ander werk.", **given.telling())
    assert status(joris, case) == 404


def test_only_the_parts_that_are_shared_are_on_the_page(app: Flask, joris: Visitor) -> None:
    case = shared_with(app, joris, Part.GOALS)
    pages = "".join(
        joris.get(f"/cases/{case.id}{page}").text for page in ("", "/plan", "/timeline", "/record")
    )
    assert "Ik kook drie keer per week zelf." in pages
    for hidden in (
        "Ik wil weer voor mijn zus kunnen koken.",  # a wish
        "Samen boodschappen doen en koken",  # support
        "Henk Mulder",  # somebody around the client
        "Thomas belt als hij later komt.",  # an agreement
        "Samen soep gemaakt.",  # a note
        "Hoe kan ik weer zelf voor mijn eten zorgen?",  # the question at the opening
        "Hulp zonder doel",
        "Wmo",
    ):
        assert hidden not in pages


@pytest.mark.parametrize(
    ("page", "needs"),
    [
        ("/story", [Part.STORY]),
        ("/people", [Part.PEOPLE]),
        ("/documents", [Part.DOCUMENTS]),
        ("/chain", [Part.STORY, Part.GOALS, Part.SUPPORT]),
    ],
)
def test_a_page_that_needs_a_part_is_there_with_it_and_not_without(
    app: Flask, joris: Visitor, page: str, needs: list[Part]
) -> None:
    case = shared_with(app, joris, *(part for part in Part if part is not needs[0]))
    assert status(joris, case, page) == 404
    assert f'/cases/{case.id}{page}"' not in joris.get(f"/cases/{case.id}").text
    whole = shared_with(app, joris, *needs)
    assert status(joris, whole, page) == 200
    assert f'/cases/{whole.id}{page}"' in joris.get(f"/cases/{whole.id}").text


MADE_HERE = (made for made in vars(examples).values() if getattr(made, "__module__", "") == examples.__name__)
STORIES = [made for made in MADE_HERE if made.__annotations__.get("return") == "Case"]


@pytest.mark.parametrize("story", [given.sanne, given.karim, given.lena, *STORIES])
def test_every_page_can_be_read_in_any_part(app: Flask, joris: Visitor, story: Callable[[], Case]) -> None:
    for part in Part:
        case = story()
        if case.plan.closed_on or PARTY in {party.name for party in case.plan.parties.values()}:
            continue
        party = joined(case, joris.account)  # type: ignore[attr-defined]
        case.give_consent(ConsentPurpose.SHARING, party, (part,), **given.deciding())
        desk_of(app).casework.open(case)
        assert {status(joris, case, page) for page in ("", "/plan", "/timeline", "/record")} == {200}
        for number in range(1, len(case.entries) + 1, 9):
            assert status(joris, case, f"/entries/{number}") in {200, 404}


def test_a_partner_records_what_they_did_and_nothing_in_the_name_of_others(
    app: Flask, joris: Visitor
) -> None:
    case = shared_with(app, joris, Part.GOALS, Part.SUPPORT)
    assert status(joris, case, "/record/take-action") == 200
    for command in ("take-stance", "agree-goal", "start-support", "give-consent", "withdraw-entry"):
        assert status(joris, case, f"/record/{command}") == 403
    for command, name in (("make-proposal", "proposed_by"), ("tell-progress", "told_by")):
        address = f"/cases/{case.id}/record/{command}"
        form = joris.get(address).text
        assert re.findall(rf'name="{name}"[^>]*value="(\w+)"', form) == ["worker"]
        sent = filling.hidden(form) | {name: "client", "happened_on": "22-11-2026", "then": "Iets."}
        assert joris.post(address, data=sent).status_code == 422


def test_what_is_left_out_makes_nothing_else_untrue(app: Flask, joris: Visitor) -> None:
    case = shared_with(app, joris, Part.SUPPORT)
    page = joris.get(f"/cases/{case.id}/plan").text
    assert "Samen boodschappen doen en koken" in page
    for untrue in ("Hulp zonder doel", "Er staat nog geen doel in het plan", "Los:", "nog niet vastgesteld"):
        assert untrue not in page
    assert "Er is nog niemand vastgelegd." not in joris.get(f"/cases/{case.id}").text


def test_a_form_offers_a_partner_only_what_they_read(app: Flask, joris: Visitor) -> None:
    case = shared_with(app, joris, Part.SUPPORT)
    form = joris.get(f"/cases/{case.id}/record/make-proposal").text
    assert "Samen boodschappen doen en koken" in form
    assert "Ik kook drie keer per week zelf." not in form


def test_the_list_of_a_partner_tells_names_only(app: Flask, joris: Visitor) -> None:
    case = shared_with(app, joris, Part.GOALS)
    page = joris.get("/shared").text
    assert f"/cases/{case.id}" in page
    assert "Fatima" not in page
    assert [joris.get(path).status_code for path in ("/cases", "/api/v1/cases", "/signals")] == [
        404,
        401,
        404,
    ]


def test_a_client_who_stops_sharing_is_read_no_longer_by_what_was_allowed_before(
    app: Flask, joris: Visitor
) -> None:
    case = given.an_opened_case(client_id=uuid4())
    party = joined(case, joris.account)  # type: ignore[attr-defined]
    for until in (date(2027, 1, 1), None):
        case.give_consent(ConsentPurpose.SHARING, party, (Part.GOALS, Part.STORY), until, **given.deciding())
    kept(app, case)
    user, sanne = f"s-{case.id.hex[:8]}", app.test_client()
    with desk_of(app).pool.connection() as db:
        add_account(db, user, PASSPHRASE, name="Sanne", role=Role.CLIENT, id=case.client_id)
    sign_in(sanne, user)
    (form,) = re.findall(
        r"<form[^>]*stop-sharing.*?</form>", sanne.get(f"/my-plan/{case.id}").text, re.DOTALL
    )
    assert status(joris, case, "/story") == 200
    sanne.post(f"/my-plan/{case.id}/stop-sharing", data=filling.hidden(form))
    page = sanne.get(f"/my-plan/{case.id}").text
    assert "Het is meteen gestopt" in page
    assert len(re.findall(rf"<li>\s*{PARTY}:", page)) == 1  # they do not see it any more
    assert status(joris, case, "/story") == 404


@pytest.mark.parametrize("parts", [(Part.DOCUMENTS,), (Part.DOCUMENTS, Part.STORY)])
def test_a_partner_reads_who_added_a_document(app: Flask, joris: Visitor, parts: tuple[Part, ...]) -> None:
    case = given.sanne()
    how = given.telling(by=given.OTHER_WORKER)
    case.add_document("Brief.pdf", DocumentKind.LETTER, b"%PDF-1.4\n%%EOF\n", **how)
    party = joined(case, joris.account)  # type: ignore[attr-defined]
    case.give_consent(ConsentPurpose.SHARING, party, parts, **given.deciding())
    kept(app, case)
    assert given.OTHER_WORKER.name in joris.get(f"/cases/{case.id}/documents").text
