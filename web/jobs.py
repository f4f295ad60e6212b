"""What happens by itself: when each job ran, how it went, and when it runs next."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_babel import pgettext

from projections.condition import standings
from web.access import may
from web.desk import casework, rows

blueprint = Blueprint("jobs", __name__)


@blueprint.get("/jobs")
@may("read_jobs")
def overview() -> str:
    """All jobs."""
    now = casework().clock()
    with rows() as db:
        return render_template("jobs.html", standings=standings(db, now), now=now)


def called(name: str) -> str:
    """What a job is called."""
    return str(pgettext("job", name.replace("_", " ")))


def counted(name: str) -> str:
    """What a job counted."""
    return str(pgettext("job count", name.replace("_", " ")))


for speak in (called, counted):
    blueprint.add_app_template_global(speak, f"job_{speak.__name__}")
