"""What the organisation chooses for itself: when each signal speaks up. What was chosen before stays."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from domain.errors import Refused
from domain.store import settings
from domain.store.settings import Setting
from projections.signals import looking
from projections.signals.signal import Signal, signals
from web.access import actor, may
from web.desk import casework, rows
from web.noticed import title
from web.saving import sentence

blueprint = Blueprint("settings", __name__)


@blueprint.get("/settings")
@may("change_settings")
def overview() -> str:
    """Every signal with its limits."""
    with rows() as db:
        now, limits = current(settings.history(db)), looking.limits(db)
    ordered = sorted(signals().values(), key=lambda one: title(one.name))
    return render_template("settings.html", signals=ordered, now=now, limits=limits)


@blueprint.get("/settings/<signal:of>")
@may("change_settings")
def signal(of: Signal) -> str:
    """One signal: its limits, and who chose them."""
    return _page(of)


@blueprint.post("/settings/<signal:of>")
@may("change_settings")
def choose(of: Signal) -> Any:
    """Choose a limit. From now on every case is looked at with it."""
    typed = request.form
    limit = next((one for one in of.thresholds if one.name == typed.get("threshold")), None)
    if limit is None:
        return _page(of), 404
    try:
        with rows() as db, db.transaction():
            settings.choose(
                db,
                of.name,
                limit.name,
                _number(typed.get("value", "")),
                seen=_number(typed.get("version", "")),
                by=actor(),
                why=typed.get("why", "").replace("\0", "").strip(),
                now=casework().clock(),
            )
            looking.put_all(db)
    except Refused as error:
        return _page(of, limit.name, {error.field: sentence(error)}), 422
    flash(gettext("Chosen. Every case is looked at again with it."))
    return redirect(url_for("settings.signal", of=of), 303)


def current(history: list[Setting]) -> dict[tuple[str, str], Setting]:
    """The last choice of each limit."""
    return {(one.signal, one.threshold): one for one in sorted(history, key=lambda one: one.version)}


def _page(of: Signal, threshold: str = "", wrong: dict[str, str] | None = None) -> str:
    with rows() as db:
        history = [one for one in settings.history(db) if one.signal == of.name]
        limits = looking.limits(db).get(of.name, {})
    return render_template(
        "settings-signal.html",
        signal=of,
        now=current(history),
        limits=limits,
        history=history,
        threshold=threshold,
        wrong=wrong or {},
        least=settings.LEAST,
        most=settings.MOST,
    )


def _number(typed: str) -> int:
    """A whole number; what is none is out of bounds."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else -1  # noqa: PLR2004 - any bound
