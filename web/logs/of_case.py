"""Who looked in one case, for who answers for it or checks it: the lines that the client reads.

Reading it is a look too, and the client reads that as well.
"""

from __future__ import annotations

from functools import partial
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from flask import Blueprint, render_template, request, url_for

from domain.days import HERE
from projections import access
from web.access import case_or_404, may
from web.caseload import page_number
from web.desk import rows, today
from web.mine.looker import parts_in_words, reasons
from web.words import client_name

blueprint = Blueprint("looks_in", __name__)


@blueprint.get("/cases/<uuid:case_id>/looks")
@may("read_review")
def looks_in_case(case_id: UUID) -> str:
    """By day, the newest first. On whose list the client stood is apart."""
    case, in_list = case_or_404(case_id), request.args.get("lists") == "1"
    number = page_number(request.args.get("page", ""))
    with rows() as db:
        found = access.of_client(db, case.id, page=number, in_list=in_list)
    now = case.plan_on(today())
    address = partial(url_for, "looks_in.looks_in_case", case_id=case.id)
    return render_template(
        "case-looks.html",
        case=case,
        case_id=case.id,
        client=now.client,
        called=client_name(now.client),
        now=now,
        today=today(),
        days=[(of, list(looks)) for of, looks in groupby(found, attrgetter("day"))],
        found=found[0].found if found else 0,
        a_page=access.ROWS,
        number=number,
        in_list=in_list,
        address=address,
        at_page=lambda page: address(page=page, lists="1" if in_list else None),
        clock=lambda of: f"{of.astimezone(HERE):%H:%M}",
        what=parts_in_words,
        reasons=partial(reasons, case),
    )
