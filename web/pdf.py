"""PDF for pages, as for files that go out. Where it cannot be made, `missing` says what is needed."""

from __future__ import annotations

from markupsafe import Markup

from projections.export.dossier.pages import HERE
from projections.export.pdf import LibrariesMissing, missing, pdf

STYLE = Markup((HERE / "pdf.css").read_text(encoding="utf-8"))  # noqa: S704 - our own file

__all__ = ["STYLE", "LibrariesMissing", "missing", "pdf"]
