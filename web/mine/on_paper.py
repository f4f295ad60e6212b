"""The plan on one page, as a PDF: to print, or to show on a telephone."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, send_file, url_for
from flask_babel import get_locale, gettext

from projections.export.dossier.asked import Asked, Length
from projections.export.dossier.contents import Dossier
from projections.export.dossier.pages import page
from web.access import may
from web.desk import casework, today
from web.mine.reader import Reader
from web.pdf import missing, pdf

blueprint = Blueprint("on_paper", __name__)


@blueprint.get("/my-plan/<uuid:case_id>/plan.pdf")
@may("read_own_plan")
def plan(case_id: UUID) -> Any:
    """It is small, and laid out while they wait."""
    me, now = Reader.of(case_id), casework().clock()
    if wanting := missing():
        names = ", ".join(wanting)
        flash(gettext("No PDF can be made here: this machine misses %(names)s.", names=names), "warn")
        return redirect(url_for("my_plan.plan", case_id=case_id), 303)
    asked = Asked(today(), now, Length.SHORT, language=str(get_locale()))
    content = pdf(page(Dossier(case_id, me.case.entries, asked, team=None, today=today()), me.by, now))
    name = f"{gettext('my-plan')}-{today()}.pdf"
    return send_file(BytesIO(content), "application/pdf", as_attachment=True, download_name=name, etag=False)
