"""What a manager reads a case for: asked once a case in a session, and kept with every look (NEN 7513)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask_babel import lazy_gettext as _
from marshmallow import ValidationError, validates_schema
from werkzeug.datastructures import MultiDict

from domain.access import Purpose, purpose_said
from domain.entry import Facts
from domain.errors import CaseIsErased, NoSuchCase
from web.access import PURPOSES, PurposeIsAsked, may
from web.api.problem import is_asked_by_a_program, problem
from web.desk import casework
from web.forms.asking import EntryForm
from web.forms.fields import Choice, Line
from web.saving import Errors, Typed, values_of, wrong

blueprint = Blueprint("purpose", __name__)
IN_A_HEADER = _(
    "Say what this case is read for in the header Draad-Purpose: complaint, quality, standing_in, incident, "
    "request_of_client, or other and your words (other: …). It is kept with who looked."
)
IN_WORDS = "Say in a few words what you read it for."


class SayPurpose(EntryForm):
    """What it is read for."""

    class Meta(EntryForm.Meta):
        """In this order."""

        fields = ("purpose", "words")

    purpose = Choice("What do you read this file for?", Purpose, required=True)
    words = Line("In a few words", hint="The client can read this in the list of who looked.")

    @validates_schema
    def says_what(self, facts: Facts, **_: Any) -> None:
        if facts.get("purpose") is Purpose.OTHER and not facts.get("words", "").strip():
            raise ValidationError(IN_WORDS, "words")


@blueprint.get("/cases/<uuid:case_id>/purpose")
@may("say_purpose")
def ask(case_id: UUID) -> str:
    _check_it_exists(case_id)
    return _page(MultiDict())


@blueprint.post("/cases/<uuid:case_id>/purpose")
@may("say_purpose")
def say(case_id: UUID) -> Any:
    _check_it_exists(case_id)
    form, typed = SayPurpose(), request.form
    try:
        facts = form.load(values_of(form, typed))
    except ValidationError as error:
        return _page(typed, wrong(form, error)), 422
    said = purpose_said(facts["purpose"], facts.get("words", ""))
    session[PURPOSES] = {**session.get(PURPOSES, {}), str(case_id): said}
    return redirect(_inside(case_id, request.args.get("next", "")), 303)


@blueprint.app_errorhandler(PurposeIsAsked)
def asked_first(error: PurposeIsAsked) -> Any:
    """On the way to a page of the case: what for? A program sends it along."""
    if is_asked_by_a_program():
        return problem(403, IN_A_HEADER)
    then = request.full_path.rstrip("?") if request.method in {"GET", "HEAD"} else None
    return redirect(url_for("purpose.ask", case_id=error.case_id, next=then), 303)


def _check_it_exists(case_id: UUID) -> None:
    try:
        casework().opening(case_id)
    except (NoSuchCase, CaseIsErased):
        abort(404)


def _inside(case_id: UUID, wanted: str) -> str:
    """The page of this case that was wanted; nothing else."""
    here = url_for("case.case", case_id=case_id)
    return wanted if wanted.startswith((f"{here}/", f"{here}?")) else here


def _page(typed: Typed, errors: Errors | None = None) -> str:
    return render_template("purpose.html", form=SayPurpose(), typed=typed, errors=errors or {})
