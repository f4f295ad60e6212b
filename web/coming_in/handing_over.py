"""A link to choose a pass phrase: made for somebody else, shown once, and handed over by who made it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import current_app, request, url_for

from domain.store.account_list import INVITATION, RESET, Listed
from domain.store.links import Purpose, make_link
from domain.store.pool import Connection
from web.desk import casework
from web.logs import security_log


@dataclass(frozen=True)
class HandedOver:
    """What goes to the one whose account it is."""

    account: Listed
    address: str
    until: datetime
    invitation: bool


def hand_over(db: Connection, account: Listed, by: UUID) -> HandedOver:
    """An invitation when they never chose a pass phrase; else it is a reset, and quickly over."""
    valid = RESET if account.has_passphrase else INVITATION
    made = make_link(db, Purpose.PASSPHRASE, account.id, by=by, valid=valid)
    security_log.note("authn_token_created", of=account.id, how="link to choose a pass phrase")
    address = our_address(url_for("welcome.arrive", made=made))
    return HandedOver(account, address, casework().clock() + valid, not account.has_passphrase)


def our_address(path: str) -> str:
    """Where somebody opens this page. What a request says of its host is not certain."""
    here = current_app.config["ADDRESS"] or request.host_url
    return f"{here.rstrip('/')}{path}"
