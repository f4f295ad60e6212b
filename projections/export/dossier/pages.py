"""A dossier as a page to read: HTML with its own style sheet, from which the PDF is made."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from domain.entry import Actor
from projections.export.dossier.contents import Dossier
from projections.export.words import in_language

HERE = Path(__file__).parent


def page(dossier: Dossier, by: Actor, made_at: datetime) -> str:
    """The readable part: who made it and what for stands on top."""
    asked, words = dossier.asked, dossier.words
    template = _templates(asked.language).get_template(f"{asked.length}.html")
    style = Markup((HERE / "pdf.css").read_text(encoding="utf-8"))  # noqa: S704 - our own file
    return template.render(
        d=dossier, plan=dossier.plan, asked=asked, w=words, by=by, made_at=made_at, style=style
    )


@cache
def _templates(language: str) -> Environment:
    """Everything is escaped; what a template does not know is a mistake."""
    known = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    texts = in_language(language).texts
    known.install_gettext_translations(texts, newstyle=True)  # type: ignore[attr-defined]  # i18n adds it
    return known
