"""In an emergency: opening a file that is not yours, found by what one knows of it, and written down."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from marshmallow import ValidationError, validates_schema
from werkzeug.datastructures import MultiDict

from domain.access import Ground, may_see
from domain.case import Case
from domain.entry import Facts
from domain.errors import CaseIsErased, NoSuchCase, Refused
from domain.store.attempts import WITHIN, Attempts
from domain.store.pool import Connection
from projections.caseload import of_name, of_number
from web.access import actor, may, signed_in
from web.desk import casework, desk, rows, today
from web.forms.asking import EntryForm
from web.forms.emergency import UseEmergencyAccess
from web.forms.fields import Day, Line
from web.logs.looks import saw
from web.saving import Errors, Sent, Typed, fresh, keep, recorded, refused, values_of, wrong

blueprint = Blueprint("emergency", __name__)
WHICH = "Fill in the number of the file, or the full name with the date of birth."
NOT_FOUND = "No file was found, or more than one. Look whether what you filled in is right."


class OpenInEmergency(UseEmergencyAccess):
    """Which file, and why it cannot wait. It is written down as of today."""

    class Meta(EntryForm.Meta):
        """In this order."""

        fields = ("case_number", "name", "birth_date", "reason")

    case_number = Line("Number of the file")
    name = Line("Full name of the client", hint="When you do not know the number; with the date of birth.")
    birth_date = Day("Date of birth", first=date(1900, 1, 1))

    @validates_schema(skip_on_field_errors=False)
    def names_one(self, facts: Facts, **_: Any) -> None:
        if not (facts.get("case_number") or (facts.get("name") and facts.get("birth_date"))):
            raise ValidationError(WHICH, "case_number")


@blueprint.get("/emergency-access")
@may("use_emergency_access")
def ask() -> str:
    return _page(MultiDict())


@blueprint.post("/emergency-access")
@may("use_emergency_access")
def use() -> Any:
    form, typed = OpenInEmergency(), request.form
    sent = Sent.of(typed)
    try:
        facts = form.facts(values_of(form, typed), actor())
        with rows() as db:
            attempts = _attempts()
            if not attempts.allow(db):
                return _too_many(typed)
            case = _found(db, facts)
            if case is None:
                return _page(typed, {"": [gettext(NOT_FOUND)]}), 422
            attempts.succeeded(db)
        return _enter(case, sent, facts["reason"])
    except ValidationError as error:
        return _page(typed, wrong(form, error)), 422
    except Refused as error:
        return _page(typed, refused(form, error)), 422


def _attempts() -> Attempts:
    """Counted for the account, as a whole office has one address. Finding one does not clear the others."""
    account = str(signed_in().id)
    return Attempts.of(desk().key("emergency access"), account, account)


def _found(db: Connection, facts: Facts) -> Case | None:
    """The one case that this says; None when there is none, or more than one."""
    if number := facts.get("case_number", "").strip():
        cases = [case for case_id in of_number(db, number) if (case := _read(case_id))]
    else:
        born = facts["birth_date"]
        named = (case for case_id in of_name(db, facts["name"]) if (case := _read(case_id)))
        cases = [case for case in named if case.plan.client.birth_date == born]
    return cases[0] if len(cases) == 1 else None


def _read(case_id: UUID) -> Case | None:
    try:
        return casework().history(case_id)
    except (NoSuchCase, CaseIsErased):
        return None


def _enter(case: Case, sent: Sent, reason: str) -> Any:
    """Who may see it anyway just goes in: that is no emergency, and nobody has to be told."""
    if may_see(actor(), case, today()) and not case.posted(sent.posted):
        flash(gettext("You may see this file already. Nothing was written down."))
        return redirect(url_for("case.case", case_id=case.id), 303)
    facts: dict[str, Any] = {"by": actor(), "happened_on": today(), "posted": sent.posted}
    saw(case.id, Ground.EMERGENCY)
    number = keep(case.id, sent, set(), lambda case: case.use_emergency_access(reason, **facts))
    return recorded(case.id, number, gettext("Written down: you opened this file in an emergency."))


def _too_many(typed: Typed) -> Any:
    minutes = int(WITHIN.total_seconds() // 60)
    sentence = gettext(
        "You searched too often without finding one. Wait %(minutes)s minutes.", minutes=minutes
    )
    return _page(typed, {"": [sentence]}), 429, {"Retry-After": str(minutes * 60)}


def _page(typed: Typed, errors: Errors | None = None) -> str:
    return render_template(
        "emergency.html",
        form=OpenInEmergency(),
        typed=typed,
        errors=errors or {},
        posted=typed.get("posted", fresh()),
    )
