"""docs/deadlines.md out of the data; `python -m tests.projections.signals.deadlines_page` writes it again."""

from __future__ import annotations

from collections.abc import Iterator

from projections.signals.deadlines import DEADLINES, Deadline, Events
from tests.code.reading import REPO

PAGE = REPO / "docs/deadlines.md"
COLUMNS = (
    "id",
    "law",
    "article",
    "what the law asks",
    "starts with",
    "ends with",
    "term",
    "holds from",
    "checked",
    "source",
    "watched by",
)
HEAD = """# Terms that laws set

What `projections/signals/deadlines.toml` holds, and nothing else: a test keeps this page equal to it. A term
is counted in local days; one that ends in a weekend is not moved on. A day that is known only by its month or
year starts and ends no term: it stands as unknown.

**Checked** means that the term was read in the source that is named, as far as it could be reached; where it
says **no**, the screens say "not checked yet". Before anybody leans on a term, somebody reads the law itself.
The article numbers of the Wzd (but 13), the Wkkgz and the Awb, and every day from which a row holds, are from
general knowledge.

"""


def page() -> str:
    """The whole page."""
    rows = [COLUMNS, ["---"] * len(COLUMNS), *map(_cells, DEADLINES.values())]
    return HEAD + "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _cells(row: Deadline) -> Iterator[str]:
    yield from (row.id, row.law, row.article or "–", row.what)
    yield from (_names(row.starts), _names(row.ends))
    more = f", once {row.more} more" if row.more else ""
    yield f"{row.term}{more}" if row.term else "–"
    yield row.valid_from.isoformat()
    yield "yes" if row.verified else "**no**"
    yield row.source
    yield f"`{row.watched_by}`" if row.watched_by else f"outside the product: {row.outside}"


def _names(events: Events) -> str:
    return ", ".join(f"`{event.__name__}`" for event in events) or "–"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
