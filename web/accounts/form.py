"""What the form about an account says of somebody, and what cannot be."""

from __future__ import annotations

import re
from typing import Any

from flask import request

from domain.entry import Role
from domain.errors import Refused
from domain.history import said
from domain.store.account_list import GIVEN_BY_THE_CASE, teams
from domain.store.pool import Connection

ROLES = [role for role in Role if role not in {*GIVEN_BY_THE_CASE, Role.IMPORT}]
USER_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
EMAIL = re.compile(r"[\w.+-]+@[\w.-]+", re.ASCII)
LONGEST = 200  # characters


class NotAUserName(Refused):
    """Use 2 to 40 small letters, digits, dots and dashes, without spaces."""


class NoSuchRole(Refused):
    """Choose a role."""


class NoSuchTeam(Refused):
    """Choose a team, or write down that it is a new one."""


class NotAnAddress(Refused):
    """This is not an e-mail address."""


class TooLong(Refused):
    """This is too long."""


def told_of(db: Connection) -> dict[str, Any]:
    """What the form says of somebody. A team that is new is told as such: one letter less is another team."""
    told = {name: typed_in(name) for name in ("name", "team", "email")}
    if told["team"] not in {"", *teams(db)}:
        raise NoSuchTeam("team")
    told["team"] = typed_in("new_team") or told["team"]
    if too_long := next((name for name, text in told.items() if len(text) > LONGEST), ""):
        raise TooLong(too_long)
    if typed_in("role") not in ROLES:
        raise NoSuchRole("role")
    if told["email"] and not EMAIL.fullmatch(told["email"]):
        raise NotAnAddress("email")
    said("name", told["name"])
    return {**told, "role": Role(typed_in("role"))}


def typed_in(field: str) -> str:
    return " ".join(request.form.get(field, "").replace("\0", "").split())
