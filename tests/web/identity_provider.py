"""A real identity provider on this machine, that asks for PKCE as it should, and that lies when told to."""

from __future__ import annotations

import base64
import json
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from flask import Flask, Response, g, jsonify, redirect, request
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server

with warnings.catch_warnings():  # it still uses what Authlib will drop
    warnings.simplefilter("ignore")
    import oidc_provider_mock


@dataclass
class IdentityProvider:
    """`said` changes the claims before they are signed; `key` signs instead of its own; `shown`: openly."""

    issuer: str = ""
    said: Callable[[dict[str, Any]], dict[str, Any]] = dict
    described: dict[str, Any] = field(default_factory=dict)
    key: Any = None
    shown: bool = False
    moved: str = ""
    without: str = ""
    algorithm: str = "RS256"
    refused: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    _challenges: dict[str, str] = field(default_factory=dict)

    def agree(self, address: str, subject: str = "sub-ilse") -> str:
        """Somebody signs in there, in their browser; gives the address that they are sent back to."""
        sent = requests.post(address, data={"sub": subject}, allow_redirects=False, timeout=5)
        return str(sent.headers["Location"])

    def watch(self, app: Flask) -> None:
        app.before_request(self._verify)
        app.after_request(self._told)

    def _verify(self) -> Any:
        """The provider-mock knows no PKCE."""
        self.asked.append(request.path)
        if request.path == self.moved and not request.args:  # where it leads, all is as it should be
            return redirect(f"{request.path}?elsewhere=1")
        if request.path != "/oauth2/token":
            return None
        challenge = self._challenges.get(request.form["code"], "")
        if create_s256_code_challenge(request.form.get("code_verifier", "")) == challenge:
            return None
        self.refused.append("verifier")
        return jsonify(error="invalid_grant"), 400

    def _told(self, answer: Response) -> Response:
        if request.path == "/oauth2/authorize" and "Location" in answer.headers:
            code = parse_qs(urlsplit(answer.headers["Location"]).query).get("code", [""])[0]
            if request.args.get("code_challenge_method") == "S256":
                self._challenges[code] = request.args["code_challenge"]
        elif request.path == "/oauth2/token" and answer.status_code == 200:
            told = dict(answer.get_json())
            told["id_token"] = self._signed(told["id_token"])
            answer.set_data(jsonify(told).get_data())
        elif request.path == "/oauth2/token":
            self.refused.append("code")
        elif request.path == "/jwks" and self.shown:
            answer.set_data(jsonify(keys=[self.key.as_dict(private=False)]).get_data())
        elif request.path.startswith("/.well-known/") and answer.is_json:
            told = dict(answer.get_json()) | self.described
            told.pop(self.without, None)
            answer.set_data(jsonify(told).get_data())
        return answer

    def _signed(self, token: str) -> str:
        own = RSAKey.import_key(g.oidc_provider_mock_storage.jwk.as_dict(is_private=True))
        claims, key = self.said(dict(jwt.decode(token, own).claims)), self.key or own
        if self.algorithm == "none":
            return ".".join([_base64({"alg": "none"}), _base64(claims), ""])
        named = {"kid": key.kid} if key.kid else {}
        return jwt.encode({"alg": self.algorithm, **named}, claims, key)


def _base64(part: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")


@contextmanager
def identity_provider() -> Iterator[IdentityProvider]:
    """The provider, in a thread of its own, for as long as this lasts."""
    provider, app = IdentityProvider(), oidc_provider_mock.app()
    provider.watch(app)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    running = Thread(target=server.serve_forever)
    running.start()
    try:
        yield provider
    finally:
        server.shutdown()
        running.join()
        server.server_close()
