"""The identity provider as it is set up: settings, and what it says of itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from domain.store.accounts import Account
from tests.ports import free_port
from tests.web.conftest import PASSPHRASE, Visitor, token
from tests.web.identity_provider import IdentityProvider, identity_provider
from web.coming_in.not_let_in import CannotBeReached
from web.coming_in.provider import Begun, NotSetUp, Provider

ISSUER, OURS = "https://login.linde.example", "https://draad.example"
SET_UP = {"DRAAD_OIDC_ISSUER": ISSUER, "DRAAD_OIDC_CLIENT_ID": "draad", "DRAAD_ADDRESS": OURS}


@pytest.fixture
def there() -> Iterator[IdentityProvider]:
    with identity_provider() as provider:
        yield provider


@pytest.fixture
def away(app: Flask) -> Iterator[Provider]:
    """A provider that is set up, and does not answer."""
    app.config["OIDC"] = Provider(f"http://127.0.0.1:{free_port()}", "draad", OURS, name="De Linde")
    yield app.config["OIDC"]
    app.config["OIDC"] = None


def test_nothing_in_the_environment_is_no_provider() -> None:
    assert Provider.of({"DRAAD_OIDC_CLIENT_ID": "draad"}) is None


def test_the_environment_says_who_it_is(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("between us\n")
    found = Provider.of(
        {**SET_UP, "DRAAD_OIDC_SECRET_FILE": str(tmp_path / "secret"), "DRAAD_OIDC_ACR": "a b"}
    )
    assert found
    assert (found.issuer, found.secret, found.acr) == (ISSUER, "between us", ("a", "b"))
    assert found.name == "login.linde.example"


def test_the_secret_does_not_show(there: IdentityProvider) -> None:
    assert "between us" not in repr(Provider(ISSUER, "draad", OURS, "between us"))


@pytest.mark.parametrize(
    "changed",
    [
        {"DRAAD_OIDC_CLIENT_ID": ""},
        {"DRAAD_ADDRESS": ""},
        {"DRAAD_OIDC_ISSUER": "http://login.linde.example"},
        {"DRAAD_OIDC_ISSUER": "login.linde.example"},
        {"DRAAD_OIDC_ISSUER": "http://localhost.linde.example"},
    ],
)
def test_half_or_unsafe_settings_do_not_start(changed: dict[str, str]) -> None:
    with pytest.raises(NotSetUp):
        Provider.of(SET_UP | changed)


@pytest.mark.parametrize(
    "described",
    [
        {"issuer": "https://elsewhere.example"},
        {"authorization_endpoint": "http://elsewhere.example/authorize"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": None},
    ],
)
def test_a_description_that_leads_elsewhere_or_into_the_open_is_not_followed(
    there: IdentityProvider, described: dict[str, Any]
) -> None:
    there.described = described
    with pytest.raises(CannotBeReached):
        Provider(there.issuer, "draad", OURS).way_there(Begun())


@pytest.mark.parametrize("endpoint", ["token_endpoint", "jwks_uri"])
def test_codes_and_keys_never_travel_in_the_open(there: IdentityProvider, endpoint: str) -> None:
    there.described = {endpoint: f"http://elsewhere.example/{endpoint}"}
    provider = Provider(there.issuer, "draad", OURS)
    with pytest.raises(CannotBeReached, match=endpoint):
        provider._place(endpoint)


def test_a_description_that_moved_is_not_followed(there: IdentityProvider) -> None:
    there.moved = "/.well-known/openid-configuration"
    with pytest.raises(CannotBeReached):
        Provider(there.issuer, "draad", OURS).way_out()


def test_while_it_is_away_nobody_else_waits_for_it(there: IdentityProvider) -> None:
    there.moved = "/.well-known/openid-configuration"
    provider = Provider(there.issuer, "draad", OURS)
    for _ in range(3):
        with pytest.raises(CannotBeReached):
            provider.way_out()
    assert len(there.asked) == 1
    there.moved, provider._away_until = "", 0
    assert provider.way_out()


def test_without_a_place_to_sign_out_there_is_none(there: IdentityProvider) -> None:
    there.without = "end_session_endpoint"
    assert Provider(there.issuer, "draad", OURS).way_out() == ""


def test_the_button_is_on_the_sign_in_page_and_keeps_where_to(visitor: Visitor, away: Provider) -> None:
    page = visitor.get("/sign-in?next=/cases?late=1").text
    assert "Inloggen via De Linde" in page
    assert "/sign-in/provider?next=/cases?late%3D1" in page


def test_nothing_set_up_is_nothing_there(app: Flask, visitor: Visitor) -> None:
    assert app.config["OIDC"] is None
    assert "/sign-in/provider" not in visitor.get("/sign-in").text
    for page in ("/sign-in/provider", "/sign-in/provider/back?state=a&code=b", "/signed-out"):
        assert visitor.get(page).status_code == 404


def test_a_provider_that_is_away_leaves_the_other_way_in(
    visitor: Visitor, away: Provider, account: Callable[..., Account]
) -> None:
    answer = visitor.get("/sign-in/provider")
    assert answer.status_code == 503
    assert "nu niet te bereiken" in answer.text
    account("ilse")
    form = {"csrf_token": token(visitor), "user": "ilse", "passphrase": PASSPHRASE}
    assert visitor.post("/sign-in", data=form).status_code == 303
