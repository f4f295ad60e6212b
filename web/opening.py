"""Opening a case for a new client: who it is, the question in own words, and what the client says of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, redirect, render_template, request
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from domain.case import Case
from domain.entry import Facts
from domain.errors import CaseIsErased, NoSuchCase, Overtaken, Refused
from domain.kinds import LegalBasis
from domain.plan import Plan
from web.access import actor, case_or_404, may
from web.desk import casework, remember_write, today
from web.forms.asking import DecisionForm
from web.forms.fields import Choice, Day, Line, Tick, Words
from web.forms.saying import BESIDE
from web.logs.looks import wrote
from web.saving import Errors, Sent, Typed, fresh, refused, values_of, wrong

blueprint = Blueprint("opening", __name__)
ON_PAPER = ("name", "birth_date", "case_number")
SHARED = ("by", "happened_on", "precision", "posted")


class OpenCase(DecisionForm):
    """Open a case for a new client."""

    class Meta(DecisionForm.Meta):
        """There is no case yet: nobody takes part, and nothing was shown."""

        exclude = ("shown_version", "read_alike_by", *BESIDE)

    name = Line("Name", required=True)
    birth_date = Day("Date of birth", first=date(1900, 1, 1))
    case_number = Line("Number of the file")
    legal_basis = Choice("Under which law?", LegalBasis, required=True)
    question = Words("The question, in the client's own words", required=True)
    urgent = Tick("It cannot wait")


@dataclass(frozen=True)
class BeforeTheCase:
    """Where this form is filled in: there is nothing yet."""

    on: date
    plan: Plan = field(default_factory=Plan)


@blueprint.get("/cases/new")
@may("open")
def ask() -> str:
    return _page(MultiDict({"happened_on": f"{today():%d-%m-%Y}"}))


@blueprint.post("/cases/new")
@may("open")
def open_case() -> Any:
    """The id in the form becomes the id of the case: sent twice, it is opened once."""
    form, typed = OpenCase(), request.form
    case_id = Sent.of(typed).posted
    try:
        facts = form.facts(values_of(form, typed), actor()) | {"posted": case_id}
        open_once(case_id, facts)
    except ValidationError as error:
        return _page(typed, wrong(form, error)), 422
    except Refused as error:
        return _page(typed, refused(form, error)), 422
    case = case_or_404(case_id)
    wrote(case.id, 1, "open_case")
    return redirect(f"/cases/{case.id}", 303)


def open_once(case_id: UUID, facts: Facts) -> None:
    """Open the case with this id, unless the same form opened it before."""
    on_paper = {name: facts.pop(name) for name in ON_PAPER if name in facts}
    case = Case.open(uuid4(), case_id=case_id, clock=casework().clock, **facts)
    case.describe_client(**on_paper, **{name: facts[name] for name in SHARED if name in facts})
    try:
        remember_write(casework().open(case))
    except Overtaken:  # by the same form, sent before or at the same moment
        if not _is_there(case_id):
            raise


def _is_there(case_id: UUID) -> bool:
    try:
        casework().history(case_id)
    except (NoSuchCase, CaseIsErased):
        return False
    return True


def _page(typed: Typed, errors: Errors | None = None) -> str:
    return render_template(
        "opening.html",
        form=OpenCase(),
        at=BeforeTheCase(today()),
        typed=typed,
        errors=errors or {},
        posted=typed.get("posted", fresh()),
    )
