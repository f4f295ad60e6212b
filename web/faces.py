"""New faces in a roster: do they take part? Asked on the page of the case, once for each."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_babel import gettext

from domain.case import Case
from domain.days import Precision
from domain.entry import Telling
from domain.errors import Refused
from domain.kinds import PersonKind
from domain.store import faces
from domain.store.faces import Face
from web.access import actor, case_or_404, may
from web.desk import rows, today
from web.saving import Sent, keep, sentence

blueprint = Blueprint("faces", __name__)
ANSWERS = {"yes": True, "no": False}


@blueprint.post("/cases/<uuid:case_id>/faces/<uuid:person>")
@may("join_person")
def answer(case_id: UUID, person: UUID) -> Any:
    """Yes: they take part, from the first day they came. No: it is not asked again."""
    case, takes_part = case_or_404(case_id), ANSWERS.get(request.form.get("answer", ""))
    face = next((face for face in new_faces(case.id) if face.person == person), None)
    if takes_part is None or face is None:
        abort(404)
    try:
        if takes_part:
            _join(case, face)
    except Refused as error:
        flash(sentence(error), "warn")
    else:
        with rows() as db:
            faces.answer(db, case.id, person, takes_part=takes_part, by=actor().user)
        flash(gettext("Kept. It is not asked again."))
    return redirect(url_for("case.case", case_id=case.id), 303)


def new_faces(case_id: UUID) -> list[Face]:
    """Who came, and nobody wrote down."""
    with rows() as db:
        return faces.unanswered(db, case_id)


def _join(case: Case, face: Face) -> None:
    """Recorded once, however often it comes in: their own id is that of the form."""
    facts: dict[str, Any] = {"name": face.name, "organisation": face.organisation, "user": face.account}
    how = _how(case, face)
    keep(
        case.id,
        Sent(case.version, face.person),
        {face.person},
        lambda case: case.join_person(face.person, kind=PersonKind.WORKER, **facts, **how),
    )


def _how(case: Case, face: Face) -> Telling:
    """Whoever came before the case began here is here from a day that it cannot say."""
    how: Telling = {"by": actor(), "happened_on": face.first_seen, "posted": face.person}
    if (first := case.plan.opened_on) and face.first_seen < first:
        how |= {"happened_on": today(), "precision": Precision.UNKNOWN}
    return how


blueprint.add_app_template_global(new_faces)
