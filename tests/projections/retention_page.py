"""docs/retention.md out of the data; `python -m tests.projections.retention_page` writes it again."""

from __future__ import annotations

from projections.retention.rules import ABOUT_KEEPING, ADMINISTRATIVE, RULES, Kinds, Rule
from tests.code.reading import REPO

PAGE = REPO / "docs/retention.md"
HEAD = """# How long records are kept

What `projections/retention/rules.toml` holds, and nothing else: a test keeps this page equal to it. The
job `retention` works out every night what the law lets go of, with the version of each rule that holds on
that day, and puts it on the page `/retention` for managers. It destroys nothing: somebody proposes it
there, somebody else decides, and a hold blocks both. Of several laws the one that keeps a record longest
counts; of several cases of a client the one that is kept longest, and a hold on any, for they go together.

**Checked** means that the term was read in the source that is named; where it says **no** the screen says
"not checked yet". Before anybody destroys anything, somebody reads the law itself.

"""
COLUMNS = (
    "id",
    "version",
    "law",
    "article",
    "the clock starts with",
    "how long",
    "in cases under",
    "holds from",
    "checked",
    "source",
    "nothing is proposed by it",
)
TAIL = """
These kinds of entry start no clock, for they are about keeping itself: {about_keeping}.

These do not change what the record says of the client, and do not start the clock of a law that counts
from the last change: {administrative}. Whether such an entry does, is an open question in the literature
too. Every other kind does.

The contacts count too: the last time that somebody came is a change. Under the Wmo each entry has a term
of its own; what is proposed is the whole, when the last entry is old enough.

Not proposed: lines of who looked. They are on the signed log, and taking some out would read as
tampering; the law gives a least term (five years), not a longest.
"""


def page() -> str:
    """The whole page."""
    names = {"about_keeping": _names(ABOUT_KEEPING), "administrative": _names(ADMINISTRATIVE)}
    rows = [COLUMNS, ["---"] * len(COLUMNS), *map(_cells, RULES)]
    return HEAD + "".join(f"| {' | '.join(map(str, row))} |\n" for row in rows) + TAIL.format(**names)


def _cells(rule: Rule) -> tuple[object, ...]:
    return (
        rule.id,
        rule.version,
        rule.law,
        rule.article,
        (rule.starts or "–").replace("_", " "),
        rule.term or "–",
        ", ".join(rule.basis) or "all",
        rule.valid_from,
        "yes" if rule.verified else "**no**",
        rule.source,
        rule.outside or (f"instead of `{rule.instead_of}`" if rule.instead_of else "–"),
    )


def _names(kinds: Kinds) -> str:
    return ", ".join(f"`{kind.__name__}`" for kind in kinds)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
