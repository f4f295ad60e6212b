"""PDF for pages, as for files that go out. Where it cannot be made, `missing` says what is needed."""

from __future__ import annotations

from projections.export.pdf import LibrariesMissing, missing, pdf

__all__ = ["LibrariesMissing", "missing", "pdf"]
