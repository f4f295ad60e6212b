"""The files of a case: how much may come in, and how they go out again."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import PurePath
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, request, send_file
from flask_babel import format_decimal

from domain.plan import Plan
from domain.store.documents import content_of
from domain.store.vault import KeyGone
from web.access import case_or_404, may
from web.desk import casework, rows
from web.forms.files import MOST, FileType, type_of

blueprint = Blueprint("documents", __name__)
ROOM = MOST * 3 // 2  # base64 is a third more, and what is just too large still gets its own sentence
UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')  # in the name of a file, on any system
LONGEST = 120
UNKNOWN = FileType("application/octet-stream", (".bin",), bool)  # taken once, by a Draad that took more


def make_room() -> None:
    """Before anything of it is read: a file may be larger than all else that is sent."""
    if request.endpoint == "record.say_sheet" or (request.view_args or {}).get("command") == "add-document":
        request.max_content_length = ROOM


@blueprint.get("/cases/<uuid:case_id>/documents/<uuid:document_id>")
@may("read_case")
def download(case_id: UUID, document_id: UUID) -> Any:
    """The file, to keep: never shown in our own pages. What was withdrawn is not in the plan, nor here."""
    return handed_out(case_id, case_or_404(case_id).plan, document_id)


def handed_out(case_id: UUID, plan: Plan, document_id: UUID) -> Any:
    """A document of this plan, as a file to keep."""
    document = plan.documents.get(document_id) or abort(404)
    try:
        with rows() as db:
            content = content_of(db, casework().vault, case_id, document_id, document)
    except KeyGone:
        abort(404)
    if content is None:
        abort(404)
    found = type_of(content) or UNKNOWN
    name = safe_name(document.name, found)
    return send_file(BytesIO(content), found.media, as_attachment=True, download_name=name, etag=False)


def safe_name(name: str, of: FileType) -> str:
    """A name that leads nowhere and ends as its content asks."""
    safe = UNSAFE.sub("_", name).strip(". ") or "document"
    ending = PurePath(safe).suffix
    if ending.lower() not in of.endings:
        ending = of.endings[0]
    stem = safe.removesuffix(ending)[:LONGEST].rstrip(". ")
    return f"{stem or 'document'}{ending}"


def how_large(size: int) -> str:
    """240 kB, 3,5 MB."""
    if size < 1_000_000:  # noqa: PLR2004  # what people call a megabyte
        return f"{format_decimal(max(1, round(size / 1_000)))}\N{NO-BREAK SPACE}kB"
    return f"{format_decimal(round(size / 1_000_000, 1))}\N{NO-BREAK SPACE}MB"


blueprint.add_app_template_global(how_large)
