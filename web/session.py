"""The session lives in the database; the cookie holds a random id and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Flask, Request, Response
from flask.json.tag import TaggedJSONSerializer
from flask.sessions import SecureCookieSession, SessionInterface, SessionMixin

from domain.store import sessions
from domain.store.accounts import Account
from domain.store.pool import UNREACHABLE, Connection
from domain.store.sessions import Limits
from web.desk import rows

WRITTEN = TaggedJSONSerializer()
API = "/api/"  # a token opens it: no cookie does, and none is set
API_PAGE = "/api/v1/"  # for people: in the language of their session, which it leaves as it is


class ServerSession(SecureCookieSession):
    """What is remembered of a visitor between two pages, and who they are."""

    def __init__(self, kept: Mapping[str, Any] | None = None, id: str = "") -> None:
        super().__init__(kept)
        self.id = id
        self.account: Account | None = None
        self.half_way: Account | None = None  # the pass phrase was right, the code is still to come
        self.expired: Account | None = None  # whose session it was, when it ended by itself not long ago
        self.ends_at: datetime | None = None  # when nothing more is done with it
        self.unmarked = False
        self.left = ""  # the id that opens nothing after this request
        self.lost = False  # the database cannot be reached: neither read nor kept
        self.passing = False  # for this request only: not kept

    def sign_in(self, account: Account) -> None:
        """A new session under a new id; an id from before opens nothing any more."""
        self._leave()
        self.account = account

    def come_half_way(self, account: Account) -> None:
        """The pass phrase was right. Nobody is signed in yet; this too is a new session."""
        self._leave()
        self.half_way = account

    def sign_out(self) -> None:
        """Nothing is remembered."""
        self._leave()

    def _leave(self) -> None:
        language = self.get("lang")
        self.left, self.id = self.id, ""
        self.account = self.half_way = None
        self.clear()
        if language:
            self["lang"] = language


class Sessions(SessionInterface):
    """Opens and keeps sessions in the table."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits

    def open_session(self, app: Flask, request: Request) -> ServerSession:
        session, sent = ServerSession(), request.cookies.get(self.get_cookie_name(app), "")
        session.passing = request.path.startswith((API, f"{app.static_url_path}/"))
        if not sent or (session.passing and request.path != API_PAGE):
            return session
        try:
            with rows() as db:
                found = sessions.find(db, sent, self.limits)
                ended = None if found else sessions.ended(db, sent, self.limits)
        except UNREACHABLE:
            session.lost = True
            return session
        if found:
            passing, session = session.passing, ServerSession(WRITTEN.loads(found.kept), sent)
            session.account, session.unmarked = found.signed_in, found.unmarked
            session.half_way = found.whose if found.half_way else None
            session.passing, session.ends_at = passing, found.ends_at
        session.expired = ended.whose if ended else None
        return session

    def ended_session(self, app: Flask, request: Request) -> ServerSession | None:
        """The session that this request comes from, if it ended by itself not long ago. Nobody is in it."""
        with rows() as db:
            found = sessions.ended(db, request.cookies.get(self.get_cookie_name(app), ""), self.limits)
        if found is None:
            return None
        session = ServerSession(WRITTEN.loads(found.kept))
        session.account = found.signed_in
        return session

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not isinstance(session, ServerSession) or session.lost or session.passing:
            return
        if not (session.modified or session.left or session.unmarked):
            return
        with rows() as db:
            new = self._keep(db, session)
        if new:
            self._set_cookie(app, response, new)

    def _keep(self, db: Connection, session: ServerSession) -> str:
        """Write down what is remembered; gives the id when it is a new one."""
        if session.left:
            sessions.end(db, session.left)
        kept = WRITTEN.dumps(dict(session))
        if not session.id:
            whose = session.account or session.half_way
            return sessions.begin(db, kept, whose.id if whose else None, half_way=bool(session.half_way))
        if session.modified:
            sessions.keep(db, session.id, kept)
        else:
            sessions.mark_used(db, session.id)
        return ""

    def _set_cookie(self, app: Flask, response: Response, id: str) -> None:
        response.set_cookie(
            self.get_cookie_name(app),
            id,
            secure=self.get_cookie_secure(app),
            httponly=True,
            samesite="Lax",
            path="/",
        )
