"""A form that was sent: recorded once, however often it comes in; and what to say when it may not be."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from contextlib import suppress
from dataclasses import MISSING, dataclass, field, fields
from typing import Any
from uuid import UUID, uuid4

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext
from marshmallow import Schema, ValidationError
from werkzeug.datastructures import MultiDict

from domain.case import Case
from domain.entry import Entry, Facts, Subject
from domain.errors import ChangedMeanwhile, Overtaken, Refused
from domain.store import drafts
from projections.timeline import Line, timeline
from web.access import actor, signed_in
from web.desk import casework, remember_write, rows, today
from web.forms.asking import EntryForm
from web.forms.facts import in_words, told
from web.logs.looks import wrote

TRIES = 10
RECORDED_BEFORE = (
    "This form was recorded before, with another text. What you see below is not recorded yet: "
    "record it as a new entry, or leave it."
)
Errors = dict[str, list[str]]
Typed = MultiDict[str, str]
Theirs = list[tuple[Line, list[tuple[str, str]]]]  # entries, each with its facts in words


@dataclass(frozen=True)
class Sent:
    """A form as it came in: the version of the case its writer saw, and its own id."""

    version: int
    posted: UUID

    @classmethod
    def of(cls, typed: Typed) -> Sent:
        """400 when these are not there: the page puts them in every form."""
        with suppress(KeyError, ValueError):
            return cls(int(typed["version"]), UUID(typed["posted"]))
        return abort(400)


@dataclass(frozen=True)
class Shown:
    """A form as its page shows it: what is typed, what is wrong with it, and what came in meanwhile."""

    typed: Typed = field(default_factory=MultiDict)
    errors: Errors = field(default_factory=dict)
    meanwhile: ChangedMeanwhile | None = None

    def on(self, case: Case) -> dict[str, Any]:
        """What every page of a form is given; what was not sent yet gets the version of now, and an id."""
        return {
            "typed": self.typed,
            "errors": self.errors,
            "theirs": _theirs(self.meanwhile, case) if self.meanwhile else None,
            "version": self.typed.get("version", case.version),
            "posted": self.typed.get("posted", fresh()),
        }


class AnotherText(Exception):
    """What was recorded with this form before says something else."""


def values_of(form: Schema, typed: Typed) -> dict[str, Any]:
    """What was typed, for a form to load. Empty is not given; a name that came twice is a list."""
    values: dict[str, Any] = {}
    for name, given in typed.lists():
        whole, _, part = name.partition(".")
        filled = [text for text in given if text.strip()]
        if name in ("version", "posted", "csrf_token") or not filled:
            continue
        several = len(filled) > 1 or getattr(form.fields.get(name), "kind", "") == "several"
        if part and isinstance(parts := values.setdefault(whole, {}), dict):
            parts[part] = filled[0]
        else:
            values[name] = filled if several else filled[0]
    return values


def files_sent() -> dict[str, Any]:
    """The files that a form came with. A file that was not chosen comes along without a name."""
    return {name: file for name, file in request.files.items() if file.filename}


def keep(case_id: UUID, sent: Sent, concerns: Iterable[Subject], tell: Callable[[Case], object]) -> int:
    """Record it, once; gives the number of its first entry. What was kept of it as a draft goes."""
    number = keep_once(case_id, sent, set(concerns), tell)
    wrote(case_id, number)
    with rows() as db:
        drafts.drop(db, signed_in().id, sent.posted)
    return number


def keep_once(case_id: UUID, sent: Sent, subjects: set[Subject], tell: Callable[[Case], object]) -> int:
    """The same for whoever has no drafts. Whoever was overtaken looks and tries again."""
    for _ in range(TRIES):
        if before := casework().history(case_id).posted(sent.posted):
            return before[0].number
        try:
            return _once(case_id, sent, subjects, tell)
        except Refused as error:  # the same form can have come in a moment before: then that one counts
            overtaken = isinstance(error, Overtaken)
            if not overtaken and not casework().history(case_id).posted(sent.posted):
                raise
    raise Overtaken


def _once(case_id: UUID, sent: Sent, subjects: set[Subject], tell: Callable[[Case], object]) -> int:
    with casework().changing(case_id, version=sent.version, subjects=subjects) as change:
        if not change.case.posted(sent.posted):  # this very version: nobody came in between unseen
            tell(change.case)
    remember_write(change.position)
    return next((entry.number for entry in change.case.posted(sent.posted)), 0)


def says_the_same(entries: Iterable[Entry], facts: Facts, asked: Container[str] = ()) -> bool:
    """Whether these entries hold these facts: then the form came in twice, as it was.

    What the form asked, and was left empty now, has to be empty in them too.
    """
    return all(_holds(entry, facts, asked) for entry in entries)


def _holds(entry: Entry, facts: Facts, asked: Container[str]) -> bool:
    told, sent = entry.as_told(), {name: fact for name, fact in facts.items() if name not in ("by", "posted")}
    left_out = (
        f for f in fields(entry) if f.name in asked and f.name not in facts and f.default is not MISSING
    )
    return all(told.get(name, fact) == fact for name, fact in sent.items()) and all(
        told[empty.name] in (empty.default, entry.by.name)  # who did it, left empty: who wrote it
        for empty in left_out
    )


def wrong(form: Schema, error: ValidationError) -> Errors:
    """What is wrong with what was typed, by field, in the order of the form."""
    found = {
        name: [gettext(str(sentence)) for sentence in (said if isinstance(said, list) else [said])]
        for name, said in (error.messages if isinstance(error.messages, dict) else {}).items()
    }
    asked = form.in_order if isinstance(form, EntryForm) else form.fields
    return {name: found[name] for name in (*asked, *found) if name in found}


def refused(form: Schema, error: Refused) -> Errors:
    """Why the case does not take it, beside the field it is about."""
    return {error.field if error.field in form.fields else "": [sentence(error)]}


def sentence(error: Refused) -> str:
    """The message of a refusal, in the reader's language."""
    text: str = gettext(type(error).__doc__ or "")
    return text % {name: told(fact) for name, fact in error.facts.items()}


def _theirs(error: ChangedMeanwhile, case: Case) -> Theirs:
    """What somebody else recorded meanwhile, in words: as much of it as this reader reads on the timeline."""
    lines = timeline(case.entries, team=actor().team, today=today())
    since = [line for entry in error.entries if (line := lines.of(entry.number))]
    return [(line, list(in_words(line.entry, case.plan)) if line.entry else []) for line in since]


def taken(
    form: Schema,
    show: Callable[[Shown], Any],
    do: Callable[[Sent], Any],
    why: Callable[[Schema, Refused], Errors] = refused,
) -> Any:
    """What comes of the form that was sent; else its page as it is by now, with all that was typed, and why.

    `why`: what is said of a refusal, where that is said in another way.
    """
    typed, sent = request.form, Sent.of(request.form)
    try:
        return do(sent)
    except ValidationError as error:
        return show(Shown(typed, wrong(form, error))), 422
    except AnotherText:  # as a new form, it can be recorded as well
        return show(Shown(_without(typed, "version", "posted"), {"": [gettext(RECORDED_BEFORE)]})), 409
    except ChangedMeanwhile as error:  # theirs beside mine: sent again, it is about the version of now
        return show(Shown(_without(typed, "version"), why(form, error), error)), 409
    except Refused as error:
        return show(Shown(typed, why(form, error))), 422


def _without(typed: Typed, *names: str) -> Typed:
    return MultiDict([item for item in typed.items(multi=True) if item[0] not in names])


def anew(typed: Typed, **now: object) -> Typed:
    """The same text, with another version or id."""
    copy: Typed = MultiDict(typed.items(multi=True))
    for name, value in now.items():
        copy[name] = str(value)
    return copy


def fresh() -> UUID:
    """The id of a form that is opened."""
    return uuid4()


def recorded(case_id: UUID, number: int, said: str) -> Any:
    """Back to the case, with a word about what was recorded, and the way to put an entry right."""
    flash(said, url_for("case.entry", case_id=case_id, number=number) if number else "message")
    return redirect(url_for("case.case", case_id=case_id), 303)
