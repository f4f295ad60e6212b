"""What happened in all cases, as a file for programs that discover processes: asked for, and fetched."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any
from uuid import UUID

import msgspec
from flask import Blueprint, abort, flash, redirect, request, send_file, url_for
from flask_babel import gettext

from domain.errors import Refused
from domain.store import exports
from domain.store.access_log import Code
from domain.store.exports import Export
from projections.export.log.asked import AskedLog, Format, Period
from web.access import may, signed_in
from web.desk import casework, rows
from web.exports import asked_of, kept, overview
from web.forms.fields import day_from
from web.logs.looks import listed
from web.saving import Errors, Sent, Typed, sentence

blueprint = Blueprint("process_log", __name__)


@blueprint.post("/exports/log")
@may("export_process_log")
def ask() -> Any:
    """Put it in the row of the worker. The same form twice is one file."""
    typed, errors = request.form, Errors()
    asked = _from_form(typed, errors)
    if not errors:
        try:
            _ask(asked)
        except Refused as error:
            errors[""] = [sentence(error)]
    if errors:
        return overview(typed, errors), 422
    flash(gettext("The file is being made. Look here again in a moment."))
    return redirect(url_for("exports.mine"), 303)


@blueprint.get("/exports/log/<uuid:export_id>")
@may("export_process_log")
def download(export_id: UUID) -> Any:
    """The file. Each case in it got a line when it was made for the one who is here."""
    export = next((one for one in kept() if one.id == export_id and one.of_all), None) or abort(404)
    asked = asked_of(export)
    with rows() as db:
        content = exports.content_of(db, casework().vault, export)
    if asked is None or content is None:
        abort(404)
    listed([export.id], Code.DOWNLOAD)
    name = f"{asked.name}.zip"
    return send_file(BytesIO(content), "application/zip", as_attachment=True, download_name=name, etag=False)


def _ask(asked: AskedLog) -> None:
    posted = Sent.of(request.form).posted
    with rows() as db:
        wanted = Export(posted, signed_in().id, posted, casework().clock())
        exports.ask(db, casework().vault, wanted, msgspec.json.encode(asked))


def _from_form(typed: Typed, errors: Errors) -> AskedLog:
    first, last = _day("first", typed, errors), _day("last", typed, errors)
    if first and last and last < first:
        errors["last"] = [gettext("The last day is before the first.")]
    kind = Format.OCEL if typed.get("format") == Format.OCEL else Format.XES
    return AskedLog(kind, Period(first, last), people=not typed.get("nobody"))


def _day(name: str, typed: Typed, errors: Errors) -> date | None:
    text = typed.get(name, "").strip()
    day = day_from(text)
    if text and day is None:
        errors[name] = [gettext("This day cannot be read. Write it as 22-11-2026.")]
    return day
