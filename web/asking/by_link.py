"""An answer that came by a link says so: who made that link stands beside whose hand it is."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, g
from flask_babel import gettext

from domain.days import local_day
from domain.entry import Entry
from domain.store.links import Made, answer_links
from projections.noted import HAND
from web.desk import rows

blueprint = Blueprint("by_link", __name__)


def by_link(entry: Entry | None, case_id: UUID) -> Made | None:
    """The link by which this entry came; None when they were signed in themselves."""
    if entry is None or entry.posted is None or entry.by.role not in HAND:
        return None
    return links_in(case_id).get(entry.posted)


def links_in(case_id: UUID) -> dict[UUID, Made]:
    """The links of a case: asked once a page."""
    kept: dict[UUID, dict[UUID, Made]] = g.setdefault("answer_links", {})
    if case_id not in kept:
        with rows() as db:
            kept[case_id] = answer_links(db, case_id)
    return kept[case_id]


def said_of(made: Made) -> str:
    """Who made it, and when."""
    name, on = made.by or gettext("Somebody of ours"), f"{local_day(made.at):%d-%m-%Y}"
    return str(gettext("by a link that %(name)s made on %(day)s", name=name, day=on))


blueprint.add_app_template_global(by_link)
blueprint.add_app_template_global(said_of, "said_of_link")
