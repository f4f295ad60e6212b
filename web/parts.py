"""A talk has many forms on one page: itself, and what was said in it. Each has its own names: `3:words`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import abort
from flask_babel import pgettext
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from domain.case import Case
from domain.entry import Facts
from domain.errors import Refused
from web.access import actor
from web.desk import today
from web.forms import forms
from web.forms.asking import EntryForm
from web.record import form_of
from web.saving import Errors, Typed, refused, values_of, wrong

TALK = "hold_conversation"
COMMON = ("happened_on", "precision", "conversation_id", "present")  # asked once, of the talk
OF_THE_PAGE = ("block", "add", "more", "take_out")


@dataclass(frozen=True)
class Part:
    """One form of the page. The talk itself has no number; the others keep theirs when one is taken out."""

    form: EntryForm
    page: Typed
    number: int = 0

    @property
    def at(self) -> str:
        """What its names begin with."""
        return f"{self.number}:" if self.number else ""

    @property
    def title(self) -> str:
        return str(pgettext("command", self.form.command().replace("_", " ")))

    @property
    def asked_once(self) -> set[str]:
        """What the talk tells, and is not asked here."""
        names = {name for name in COMMON if name in self.form.fields}
        spoken = (q := self.form.questions.get("present")) is None or q.kind in ("line", "words")
        return names if spoken else names - {"present"}

    @property
    def own(self) -> list[str]:
        """The facts of its command that are asked here."""
        return [name for name in self.form.own if not self.number or name not in self.asked_once]

    def has(self, name: str) -> bool:
        """Whether this name of the page is one of its own."""
        return name.startswith(self.at) if self.number else ":" not in name

    def question(self, name: str) -> Any:
        """What is asked under this name of the page, if it is seen here."""
        asked = name.removeprefix(self.at)
        return None if self.number and asked in self.asked_once else self.form.questions.get(asked)

    def typed(self) -> Typed:
        """What was typed here, under the names of its own form."""
        here = (item for item in self.page.items(multi=True) if self.has(item[0]))
        return MultiDict(
            [(name.removeprefix(self.at), text) for name, text in here if name not in OF_THE_PAGE]
        )

    def facts(self, talk: dict[str, Any]) -> Facts:
        """The facts for its command. ValidationError says in the names of the page what is wrong."""
        common = {name: talk[name] for name in self.asked_once if name in talk}
        if self.number and "present" in common and self.form.questions["present"].kind == "line":
            common["present"] = ", ".join(common["present"].splitlines())
        try:
            return self.form.facts({**values_of(self.form, self.typed()), **common}, actor())
        except ValidationError as error:
            raise ValidationError({**self._named(wrong(self.form, error))}) from error

    def refused(self, error: Refused) -> Errors:
        """Why the case does not take it, in the names of the page."""
        return self._named(refused(self.form, error))

    def _named(self, errors: Errors) -> Errors:
        hidden = self.asked_once if self.number else set()
        return {self.at + ("" if name in hidden else name): said for name, said in errors.items()}


def parts_of(page: Typed) -> list[Part]:
    """The talk, and what was said in it, in the order of recording. 400 for a number used twice."""
    parts = [Part(forms()[TALK](), page), *(_block(named, page) for named in page.getlist("block"))]
    if len({part.number for part in parts}) < len(parts):  # one text would be recorded as two
        abort(400)
    return parts


def _block(named: str, page: Typed) -> Part:
    number, _, command = named.partition(":")
    if not re.fullmatch(r"[1-9]\d{0,2}", number, re.ASCII):
        abort(400)
    form = form_of(command)
    if not fits_a_talk(type(form)):
        abort(404)
    return Part(form, page, int(number))


def fits_a_talk(form: type[EntryForm]) -> bool:
    """Whether it can be one of many on a page: it is asked in one step, and on no page of its own."""
    return not form.STEPS and not form.OWN_PAGE and form.command() != TALK


def read(parts: list[Part]) -> tuple[list[tuple[Part, Facts]], Errors]:
    """The facts of every part that can be read; and what is wrong with the others."""
    talk = values_of(parts[0].form, parts[0].typed())
    told: list[tuple[Part, Facts]] = []
    errors: Errors = {}
    for part in parts:
        try:
            told.append((part, part.facts(talk)))
        except ValidationError as error:
            errors |= error.messages_dict
        if not part.number:  # what is wrong with the day is said once
            talk = {"happened_on": today().isoformat()} | {n: v for n, v in talk.items() if n not in errors}
    return told, errors


def record_all(case: Case, told: Iterable[tuple[Part, Facts]]) -> Errors:
    """Tell the case all of it, each part with those above it; gives why it does not take some."""
    errors: Errors = {}
    for part, facts in told:
        try:
            part.form.tell(case, facts)
        except Refused as error:
            if error.field not in COMMON or error.field not in errors:  # of the talk: said once
                errors |= part.refused(error)
    return errors
