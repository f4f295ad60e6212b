"""An identity provider, by OpenID Connect Core 1.0: the way there, and who came back.

The code flow, with PKCE (S256), state and nonce. Of what the provider sends we keep nothing but who it is.
"""

from __future__ import annotations

import hmac
import os
import secrets
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry
from requests import RequestException

from web.coming_in.not_let_in import CannotBeReached, NotForUs, ProviderSaidNo, TooWeak

DISCOVERY = "/.well-known/openid-configuration"
BACK = "/sign-in/provider/back"  # what the provider is told; web/coming_in/oidc.py answers there
ASKED_ONCE = 3600.0  # seconds that what the provider says of itself is good
LEFT_ALONE = 10.0  # seconds after it did not answer: nobody else waits for it
PATIENCE = 5.0
UNDER_WAY = 600.0  # seconds that somebody may take to sign in over there
CLOCKS = 60  # seconds that two clocks may differ
SUBJECT = 255  # characters, says OpenID Connect
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
KEY_PAIRS = {"RSA", "EC"}  # the provider signs, we look; nothing that both hold
SIGNATURES = JWSRegistry(
    algorithms=[f"{kind}{size}" for kind in ("RS", "PS", "ES") for size in (256, 384, 512)],
    strict_check_header=False,
)


class NotSetUp(Exception):
    """The settings for signing in through an identity provider are not complete, or not safe."""


@dataclass(frozen=True)
class Begun:
    """Somebody who is under way. It stays in the session of the browser that began."""

    state: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(64))
    at: float = field(default_factory=time.time)
    wanted: str = ""

    def kept(self) -> dict[str, Any]:
        return asdict(self)

    def came_back_with(self, state: str) -> bool:
        in_time = 0 <= time.time() - self.at < UNDER_WAY
        return in_time and hmac.compare_digest(self.state.encode(), state.encode("utf-8", "replace"))


@dataclass
class Provider:
    """Where people of this organisation may sign in. Remembers what it says of itself, and its keys."""

    issuer: str
    client_id: str
    address: str  # ours, as it is known to the provider: never taken from a request
    secret: str = field(default="", repr=False)
    name: str = ""
    acr: tuple[str, ...] = ()
    _known: dict[str, Any] = field(default_factory=dict, repr=False)
    _keys: list[dict[str, Any]] = field(default_factory=list, repr=False)
    _good_until: float = 0.0
    _away_until: float = 0.0

    def __post_init__(self) -> None:
        self.name = self.name or urlsplit(self.issuer).hostname or self.issuer
        self.address = self.address.rstrip("/")
        if not self.client_id or not self.address:
            raise NotSetUp("DRAAD_OIDC_ISSUER also asks for DRAAD_OIDC_CLIENT_ID and DRAAD_ADDRESS.")
        if not is_safe(self.issuer):
            raise NotSetUp("DRAAD_OIDC_ISSUER has to begin with https://.")

    @classmethod
    def of(cls, env: Mapping[str, str] = os.environ) -> Provider | None:
        """The one that is set up in the environment, if any."""
        if not env.get("DRAAD_OIDC_ISSUER"):
            return None
        file = env.get("DRAAD_OIDC_SECRET_FILE", "")
        return cls(
            env["DRAAD_OIDC_ISSUER"],
            env.get("DRAAD_OIDC_CLIENT_ID", ""),
            env.get("DRAAD_ADDRESS", ""),
            Path(file).read_text().strip() if file else env.get("DRAAD_OIDC_SECRET", ""),
            env.get("DRAAD_OIDC_NAME", ""),
            tuple(env.get("DRAAD_OIDC_ACR", "").split()),
        )

    def way_there(self, begun: Begun) -> str:
        """Where the browser goes to sign in."""
        strongly = {"acr_values": " ".join(self.acr)} if self.acr else {}
        endpoint = self._place("authorization_endpoint")
        with self._client() as client:
            url, _state = client.create_authorization_url(
                endpoint, state=begun.state, nonce=begun.nonce, code_verifier=begun.verifier, **strongly
            )
        return str(url)

    def who(self, begun: Begun, came: Mapping[str, str]) -> str:
        """The subject who came back, with what their browser brought along."""
        told = came.get("iss")  # RFC 9207: the answer is from the one who was asked
        if told is not None and told != self.issuer:
            raise NotForUs("iss")
        if came.get("error") or not came.get("code"):
            raise ProviderSaidNo("error")
        claims = self._claims(self._tokens(came["code"], begun.verifier), begun.nonce)
        if self.acr and not {claims.get("acr"), *(claims.get("amr") or ())} & {*self.acr}:
            raise TooWeak("acr")
        return str(claims["sub"])

    def way_out(self) -> str:
        """Where the browser may sign out over there too; empty when the provider has no such place."""
        if "end_session_endpoint" not in self._described():
            return ""
        back = {"client_id": self.client_id, "post_logout_redirect_uri": f"{self.address}/sign-in"}
        place = self._place("end_session_endpoint")
        return f"{place}{'&' if urlsplit(place).query else '?'}{urlencode(back)}"

    def _tokens(self, code: str, verifier: str) -> dict[str, Any]:
        endpoint = self._place("token_endpoint")
        try:
            with self._client() as client:
                return dict(
                    client.fetch_token(endpoint, code=code, code_verifier=verifier, allow_redirects=False)
                )
        except OAuthError as error:
            raise ProviderSaidNo("code") from error
        except (RequestException, ValueError, TypeError) as error:
            raise CannotBeReached("tokens") from error

    def _claims(self, tokens: Mapping[str, Any], nonce: str) -> CodeIDToken:
        """What the id token says, when it is signed by the provider, for us, now, and for this attempt."""
        asked = {
            "iss": {"essential": True, "value": self.issuer},
            "aud": {"essential": True, "value": self.client_id},
        }
        params = {"client_id": self.client_id, "nonce": nonce, "access_token": tokens.get("access_token")}
        try:
            signed = self._opened(str(tokens.get("id_token", "")))
            claims = CodeIDToken(signed.claims, signed.header, asked, params)
            claims.validate(leeway=CLOCKS)
        except (JoseError, ValueError, TypeError) as error:
            raise NotForUs(getattr(error, "claim", "") or getattr(error, "error", "signature")) from error
        subject = claims["sub"]
        if not (0 < len(subject) <= SUBJECT and subject.isascii() and subject.isprintable()):
            raise NotForUs("sub")
        return claims

    def _opened(self, token: str) -> jwt.Token:
        try:
            return jwt.decode(token, self._key_set(), registry=SIGNATURES)
        except InvalidKeyIdError:  # it changed its keys since we asked
            self._keys = []
            return jwt.decode(token, self._key_set(), registry=SIGNATURES)

    def _key_set(self) -> KeySet:
        if not self._keys:
            found = self._fetched(self._place("jwks_uri")).get("keys", [])
            self._keys = [key for key in found if key.get("kty") in KEY_PAIRS and key.get("use") != "enc"]
        return KeySet.import_key_set({"keys": self._keys})

    def _place(self, endpoint: str) -> str:
        """An address of the provider. Over TLS, or on this machine."""
        place = str(self._described().get(endpoint, ""))
        if not is_safe(place):
            raise CannotBeReached(endpoint)
        return place

    def _described(self) -> dict[str, Any]:
        """What the provider says of itself."""
        if time.monotonic() >= self._good_until:
            if time.monotonic() < self._away_until:
                raise CannotBeReached("left alone")
            known = self._fetched(self.issuer.rstrip("/") + DISCOVERY)
            if known.get("issuer") != self.issuer:  # else another could speak for it
                raise CannotBeReached("issuer")
            self._known, self._keys, self._good_until = known, [], time.monotonic() + ASKED_ONCE
        return self._known

    def _fetched(self, place: str) -> dict[str, Any]:
        try:
            with self._client() as client:
                answer = client.request("GET", place, withhold_token=True, allow_redirects=False)
                answer.raise_for_status()
                return dict(answer.json())
        except (RequestException, ValueError, TypeError) as error:
            self._away_until = time.monotonic() + LEFT_ALONE
            raise CannotBeReached("no answer") from error

    def _client(self) -> OAuth2Session:
        ways = self._known.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        way = "client_secret_basic" if "client_secret_basic" in ways else "client_secret_post"
        return OAuth2Session(
            self.client_id,
            self.secret or None,
            token_endpoint_auth_method=way if self.secret else "none",
            scope="openid",  # who it is, and nothing more
            redirect_uri=self.address + BACK,
            code_challenge_method="S256",
            default_timeout=PATIENCE,
        )


def is_safe(address: str) -> bool:
    """Over TLS; in the open only on this machine itself."""
    parts = urlsplit(address)
    here = parts.scheme == "http" and parts.hostname in LOOPBACK
    return bool(parts.hostname) and (parts.scheme == "https" or here)
