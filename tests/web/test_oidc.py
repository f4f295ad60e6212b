"""Signing in through an identity provider: who gets in, who does not, and why."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from joserfc.jwk import OctKey, RSAKey
from werkzeug.test import TestResponse

from domain.store import identities
from domain.store.accounts import Account
from domain.store.second_factor import remove_second_factor
from tests.disabling import disable_account
from tests.web.accounts import code_of, second_factor_needed, set_up
from tests.web.conftest import Visitor, desk_of, token
from tests.web.identity_provider import IdentityProvider, identity_provider
from web.coming_in.provider import Provider

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning:(authlib|oidc_provider_mock)"),
    pytest.mark.usefixtures("ilse"),
]
CLIENT, OURS = "draad", "http://localhost"
Change = Callable[[dict[str, Any]], dict[str, Any]]


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> Iterator[IdentityProvider]:
    """The provider."""
    monkeypatch.setenv(
        "AUTHLIB_INSECURE_TRANSPORT", "1"
    )  # the provider's own check; ours is in web/coming_in/provider.py
    with identity_provider() as provider:
        yield provider


@pytest.fixture
def ours(app: Flask, there: IdentityProvider) -> Iterator[Provider]:
    """The provider as Draad knows it."""
    app.config["OIDC"] = Provider(there.issuer, CLIENT, OURS, "their secret", "De Linde")
    yield app.config["OIDC"]
    app.config["OIDC"] = None


@pytest.fixture
def ilse(app: Flask, account: Callable[..., Account], ours: Provider) -> Account:
    """Ilse, linked to who she is there."""
    with desk_of(app).pool.connection() as db:
        db.execute("DELETE FROM draad.identity")
        found = account("ilse")
        identities.link(db, "ilse", ours.issuer, "sub-ilse")
    return found


def begin(browser: Visitor, wanted: str = "") -> str:
    """Where the browser is sent."""
    return browser.get("/sign-in/provider", query_string={"next": wanted}).headers["Location"]


def sign_in(browser: Visitor, there: IdentityProvider, subject: str = "sub-ilse") -> TestResponse:
    return browser.get(there.agree(begin(browser), subject))


def is_in(browser: Visitor) -> bool:
    return browser.get("/cases").status_code == 200


def asked(address: str) -> dict[str, str]:
    return {name: value[0] for name, value in parse_qs(urlsplit(address).query).items()}


def claim(**changed: Any) -> Change:
    """The claims with these instead; None takes one away."""
    return lambda said: {name: value for name, value in (said | changed).items() if value is not None}


@pytest.fixture
def security(caplog: pytest.LogCaptureFixture) -> Iterator[Callable[[], list[dict[str, str]]]]:
    """The lines of the security log."""
    logger = logging.getLogger("draad.security")
    logger.addHandler(caplog.handler)
    logger.setLevel(logging.INFO)
    yield lambda: [json.loads(one.getMessage()) for one in caplog.records if one.name == logger.name]
    logger.removeHandler(caplog.handler)  # else it hears everything twice in the tests after these


def test_who_is_linked_comes_in_and_where_they_wanted(
    visitor: Visitor, there: IdentityProvider, ilse: Account, security: Callable[[], list[dict[str, str]]]
) -> None:
    visitor.get("/sign-in")
    before = visitor.get_cookie("draad")
    answer = visitor.get(there.agree(begin(visitor, "/cases?waiting=1")))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/cases?waiting=1")
    assert "Ilse" in visitor.get("/cases").text
    after = visitor.get_cookie("draad")
    assert before
    assert after
    assert before.value != after.value  # an id from before opens nothing
    line = next(line for line in security() if line["event"] == "authn_login_success")
    assert (line["user"], line["how"]) == (str(ilse.id), "provider")


def test_the_way_there_asks_for_the_code_with_pkce_state_and_nonce(visitor: Visitor, ours: Provider) -> None:
    first, second = asked(begin(visitor)), asked(begin(visitor))
    assert first["response_type"] == "code"
    assert first["code_challenge_method"] == "S256"
    assert first["redirect_uri"] == "http://localhost/sign-in/provider/back"
    assert first["scope"] == "openid"
    for once in ("state", "nonce", "code_challenge"):
        assert len(first[once]) >= 43
        assert first[once] != second[once]


def test_our_own_address_is_never_taken_from_the_request(visitor: Visitor, ours: Provider) -> None:
    sent = visitor.get("/sign-in/provider", headers={"Host": "elsewhere.example"}).headers["Location"]
    assert asked(sent)["redirect_uri"].startswith("http://localhost/")


def test_keys_and_description_are_asked_for_once(app: Flask, there: IdentityProvider) -> None:
    for _ in range(2):
        assert sign_in(app.test_client(), there).status_code == 303
    assert [there.asked.count(path) for path in ("/jwks", "/.well-known/openid-configuration")] == [1, 1]


def test_when_the_provider_changes_its_keys_they_are_fetched_again(
    app: Flask, there: IdentityProvider, ours: Provider
) -> None:
    assert sign_in(app.test_client(), there).status_code == 303
    there.key, there.shown = RSAKey.generate_key(2048, {"kid": "new"}), True
    assert sign_in(app.test_client(), there).status_code == 303
    assert there.asked.count("/jwks") == 2


@pytest.mark.parametrize("state", ["", "another", "é", None])
def test_a_wrong_state_is_refused(visitor: Visitor, there: IdentityProvider, state: str | None) -> None:
    back = asked(there.agree(begin(visitor)))
    wrong = {name: value for name, value in (back | {"state": state}).items() if value is not None}
    refused(visitor.get("/sign-in/provider/back", query_string=wrong), "niet in deze browser")
    assert "/oauth2/token" not in there.asked


def test_another_browser_cannot_come_back(app: Flask, there: IdentityProvider) -> None:
    here, elsewhere = app.test_client(), app.test_client()
    back = there.agree(begin(here))
    begin(elsewhere)
    refused(elsewhere.get(back), "niet in deze browser")
    refused(app.test_client().get(back), "niet in deze browser")
    assert not is_in(elsewhere)
    assert is_in(here) is False


def test_the_same_answer_works_once(app: Flask, there: IdentityProvider) -> None:
    browser = app.test_client()
    back = there.agree(begin(browser))
    assert browser.get(back).status_code == 303
    refused(browser.get(back), "niet in deze browser")


def test_a_state_is_used_up_by_a_failure_too(visitor: Visitor, there: IdentityProvider) -> None:
    back = there.agree(begin(visitor))
    visitor.get("/sign-in/provider/back?state=wrong&code=x")
    refused(visitor.get(back), "niet in deze browser")


def test_a_code_that_was_used_is_refused(app: Flask, there: IdentityProvider) -> None:
    first, second = app.test_client(), app.test_client()
    code = asked(there.agree(begin(first)))["code"]
    state = asked(begin(second))["state"]
    answer = second.get("/sign-in/provider/back", query_string={"state": state, "code": code})
    refused(answer, "daar niet binnengelaten")  # another browser's code: its verifier is not ours
    assert there.refused == ["verifier", "code"]
    assert not is_in(second)


def test_a_code_works_once(visitor: Visitor, there: IdentityProvider) -> None:
    back = asked(there.agree(begin(visitor)))
    with visitor.session_transaction() as kept:
        under_way = dict(kept["under_way"])
    assert visitor.get("/sign-in/provider/back", query_string=back).status_code == 303
    with visitor.session_transaction() as kept:
        kept["under_way"] = under_way  # as if our own memory failed: then the provider's holds
    refused(visitor.get("/sign-in/provider/back", query_string=back), "daar niet binnengelaten")


def test_without_the_right_verifier_there_is_no_token(visitor: Visitor, there: IdentityProvider) -> None:
    back = there.agree(begin(visitor))
    with visitor.session_transaction() as kept:
        kept["under_way"] = kept["under_way"] | {"verifier": "x" * 64}
    refused(visitor.get(back), "daar niet binnengelaten")
    assert "verifier" in there.refused


def test_who_takes_too_long_begins_again(visitor: Visitor, there: IdentityProvider) -> None:
    back = there.agree(begin(visitor))
    with visitor.session_transaction() as kept:
        kept["under_way"] = kept["under_way"] | {"at": time.time() - 601}
    refused(visitor.get(back), "te lang geleden")


NOW = int(time.time())


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ("nonce", claim(nonce="another")),
        ("nonce", claim(nonce=None)),
        ("aud", claim(aud="another-client")),
        ("aud", claim(aud=["another-client"], azp=CLIENT)),
        ("azp", claim(aud=[CLIENT, "another-client"], azp="another-client")),
        ("iss", claim(iss="https://elsewhere.example")),
        ("exp", claim(exp=NOW - 3600)),
        ("exp", claim(exp=None)),
        ("iat", claim(iat=NOW + 3600)),
        ("sub", claim(sub=None)),
        ("sub", claim(sub="a\0b")),
        ("sub", claim(sub="s" * 256)),
        ("at_hash", claim(at_hash="of-another-token")),
    ],
)
def test_an_id_token_that_is_not_for_us_and_now_is_refused(
    visitor: Visitor,
    there: IdentityProvider,
    security: Callable[[], list[dict[str, str]]],
    about: str,
    said: Change,
) -> None:
    there.said = said
    refused(sign_in(visitor, there), "niet te vertrouwen")
    line = security()[-1]
    assert (line["event"], line["why"], line["about"]) == ("authn_login_fail", "NotForUs", about)
    assert not is_in(visitor)


@pytest.mark.parametrize(
    ("key", "algorithm"),
    [
        (RSAKey.generate_key(2048), "RS256"),
        (OctKey.import_key("their secret that both know."), "HS256"),
        (None, "none"),
    ],
    ids=["another key", "a shared secret", "not signed"],
)
def test_an_id_token_that_the_provider_did_not_sign_is_refused(
    visitor: Visitor, there: IdentityProvider, key: Any, algorithm: str
) -> None:
    there.key, there.algorithm = key, algorithm
    refused(sign_in(visitor, there), "niet te vertrouwen")
    assert not is_in(visitor)


@pytest.mark.parametrize(
    "wanted", ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example/"]
)
def test_it_leads_to_own_pages_only(visitor: Visitor, there: IdentityProvider, wanted: str) -> None:
    assert visitor.get(there.agree(begin(visitor, wanted))).headers["Location"] == "/cases"


def test_who_is_not_linked_gets_no_account(app: Flask, visitor: Visitor, there: IdentityProvider) -> None:
    with desk_of(app).pool.connection() as db:
        before = db.execute("SELECT count(*) FROM draad.account").fetchone()
        answer = sign_in(visitor, there, "somebody-else")
        assert db.execute("SELECT count(*) FROM draad.account").fetchone() == before
    refused(answer, "nog geen account aan je gekoppeld")
    assert "somebody-else" in answer.text  # the administrator needs it
    assert there.issuer in answer.text


def test_what_the_provider_calls_somebody_is_text(visitor: Visitor, there: IdentityProvider) -> None:
    assert "<script>" not in sign_in(visitor, there, "<script>alert(1)</script>").text


def test_the_same_email_or_subject_of_another_issuer_opens_nothing(
    app: Flask, visitor: Visitor, there: IdentityProvider
) -> None:
    with desk_of(app).pool.connection() as db:
        db.execute("UPDATE draad.account SET email = 'ilse@linde.example' WHERE user_name = 'ilse'")
    refused(sign_in(visitor, there, "ilse@linde.example"), "nog geen account")
    with identity_provider() as other:
        app.config["OIDC"] = Provider(other.issuer, CLIENT, OURS, "their secret")
        refused(sign_in(visitor, other, "sub-ilse"), "nog geen account")
    assert not is_in(visitor)


def test_a_disabled_account_stays_shut(
    app: Flask,
    visitor: Visitor,
    there: IdentityProvider,
    ilse: Account,
    security: Callable[[], list[dict[str, str]]],
) -> None:
    with desk_of(app).pool.connection() as db:
        disable_account(db, "ilse")
    refused(sign_in(visitor, there), "is gesloten")
    assert (security()[-1]["why"], security()[-1]["user"]) == ("Disabled", str(ilse.id))
    assert not is_in(visitor)


def test_an_identity_that_was_taken_away_opens_nothing_and_puts_out(
    app: Flask, visitor: Visitor, there: IdentityProvider
) -> None:
    sign_in(visitor, there)
    assert is_in(visitor)
    with desk_of(app).pool.connection() as db:
        assert identities.unlink(db, "ilse", there.issuer, "sub-ilse")
    assert not is_in(visitor)
    refused(sign_in(visitor, there), "nog geen account")


def test_no_there_is_a_sentence_here(visitor: Visitor, ours: Provider, there: IdentityProvider) -> None:
    state = asked(begin(visitor))["state"]
    back = {"state": state, "error": "access_denied", "error_description": "<b>no</b>"}
    answer = visitor.get("/sign-in/provider/back", query_string=back)
    refused(answer, "daar niet binnengelaten")
    assert "<b>no</b>" not in answer.text


def test_an_answer_that_names_another_issuer_is_refused(visitor: Visitor, there: IdentityProvider) -> None:
    refused(
        visitor.get(there.agree(begin(visitor)) + "&iss=https%3A%2F%2Felsewhere.example"),
        "niet te vertrouwen",
    )
    assert "/oauth2/token" not in there.asked


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (claim(), 401),
        (claim(acr="loa1", amr=["pwd"]), 401),
        (claim(acr="loa3"), 303),
        (claim(amr=["pwd", "mfa"]), 303),
    ],
)
def test_a_second_step_over_there_can_be_asked_for(
    visitor: Visitor, there: IdentityProvider, ours: Provider, said: Change, status: int
) -> None:
    ours.acr = ("loa3", "mfa")
    there.said = said
    assert asked(begin(visitor))["acr_values"] == "loa3 mfa"
    assert sign_in(visitor, there).status_code == status


def test_signing_out_here_offers_to_sign_out_there(visitor: Visitor, there: IdentityProvider) -> None:
    sign_in(visitor, there)
    sent = visitor.post("/sign-out", data={"csrf_token": token(visitor)})
    assert sent.headers["Location"] == "/signed-out"
    assert not is_in(visitor)
    page = visitor.get("/signed-out").text
    assert f"{there.issuer}/oauth2/end_session?client_id=draad&amp;post_logout_redirect_uri=" in page


def test_who_came_in_with_a_pass_phrase_signs_out_as_ever(
    as_: Callable[..., Visitor], ours: Provider
) -> None:
    browser = as_("ilse")
    sent = browser.post("/sign-out", data={"csrf_token": token(browser)})
    assert sent.headers["Location"] == "/sign-in"


def refused(answer: TestResponse, sentence: str, status: int = 401) -> None:
    assert answer.status_code == status
    assert sentence in answer.text


@pytest.mark.parametrize("own", [False, True])
def test_without_a_second_step_over_there_staff_take_ours(
    app: Flask, visitor: Visitor, there: IdentityProvider, ilse: Account, *, own: bool
) -> None:
    secret = set_up(app, ilse.id) if own else ""
    then = "/sign-in/code" if own else "/sign-in/second-factor"
    with second_factor_needed(app):
        assert visitor.get(there.agree(begin(visitor, "/cases?waiting=1"))).headers["Location"] == then
        assert not is_in(visitor)
        if own:
            form = {"csrf_token": token(visitor, then), "code": code_of(secret)}
            assert visitor.post(then, data=form).headers["Location"] == "/cases?waiting=1"
            sent = visitor.post("/sign-out", data={"csrf_token": token(visitor, "/own-account")})
            assert sent.headers["Location"] == "/signed-out"  # over there they still are in
    with desk_of(app).pool.connection() as db:
        remove_second_factor(db, ilse.id)


def test_a_second_step_over_there_is_not_asked_for_here_again(
    app: Flask, visitor: Visitor, there: IdentityProvider, ours: Provider
) -> None:
    ours.acr, there.said = ("mfa",), claim(amr=["pwd", "mfa"])
    with second_factor_needed(app):
        assert sign_in(visitor, there).headers["Location"] == "/cases"
    assert is_in(visitor)
