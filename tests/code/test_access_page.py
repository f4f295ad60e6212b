"""docs/access.md says who may do what: it is made from the rights and the routes, and is never out of date.

`python -m tests.code.test_access_page` writes it anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from flask import Flask

from domain.entry import Role
from domain.kinds import Part
from domain.permissions import COMMANDS, RIGHTS, WAYS_IN
from domain.sharing import NOT_SHARED, PART_OF, WITH_EVERY_PART, WITH_THEIR_SUBJECT
from web.app import PAGES

PAGE = Path(__file__).parents[2] / "docs/access.md"
ROLES = [role for role in Role if role is not Role.IMPORT]
ABOUT = f"""# Who may do what

Made from `domain/permissions.py`, `domain/sharing.py` and the routes, by
`python -m tests.code.test_access_page`; a test sees that it is current. A role is needed, and never enough:
which cases somebody sees is read from the case itself, at every request.

| Role | Sees a case |
|---|---|
| client | their own |
| representative | while they speak; a parent until 16, to 18 if the client, from 12 on, shares all of it |
| coordinator | those of their team, those of no team, and those they take part in |
| worker | those they take part in with their own account |
| partner | while they take part, and as far as the client allows them or their party today |
| manager | every case, after saying what for; that is kept with every look |
| reviewer | those of a mandate that holds at that moment |
| log manager, administrator | none |

In an emergency a coordinator or worker opens any case, with a reason: the client is told, and a signal is
raised. It lets them read and help, and let nobody in, nor themselves for longer. Not for them, then:
{", ".join(sorted(WAYS_IN)).replace("_", " ")}.

What is not there, and what is not theirs to see, is answered with one and the same 404 (something to
do without the right: 403).

Who speaks for the client reads the whole plan, also when it is about money alone: what is decided about money
stands among the goals, the help and the agreements, and in no part of its own. What they say counts only for
what they speak about, and every look of theirs is told to the client."""


def current() -> str:
    """The page as it has to be."""
    return "\n\n".join([ABOUT, *_addresses(), *_commands(), *_parts()]) + "\n"


def _addresses() -> Iterator[str]:
    asked = sorted((address.split()[1], address.split()[0], right) for address, right in routes())
    for title, is_api in (("Pages", False), ("API", True)):
        rows = (
            (f"`{method} {path}`", right.replace("_", " ") or "open to all", right)
            for path, method, right in asked
            if path.startswith("/api/") is is_api
        )
        yield f"## {title}"
        yield _table(("Address", "Right"), rows)


def _commands() -> Iterator[str]:
    yield "## Commands"
    yield "What is recorded in a case: on a page, by a program, or on Mijn plan."
    yield _table(("Command",), ((command.replace("_", " "), command) for command in COMMANDS))


def _parts() -> Iterator[str]:
    yield "## What a partner reads"
    yield "The entries of the parts that are shared. Of all others not even that they are there."
    told = {part.value: [topic for topic, of in PART_OF.items() if of is part] for part in Part}
    told |= {
        "with every part": WITH_EVERY_PART.split(),
        "where their subject goes": WITH_THEIR_SUBJECT.split(),
        "never, but for the consent given to them": NOT_SHARED.split(),
    }
    lines = [_row(part, ", ".join(topics).replace("_", " ")) for part, topics in told.items()]
    yield "\n".join([_row("Part", "Entries"), "|---|---|", *lines])


def _table(heads: tuple[str, ...], asked: Iterable[tuple[str, ...]]) -> str:
    """A row for each of these; the last of each is the right, and says who has it."""
    roles = [role.value.replace("_", " ") for role in ROLES]
    lines = [_row(*heads, *roles), "|---" * len([*heads, *roles]) + "|"]
    for *names, right in asked:
        lines.append(_row(*names, *("yes" if not right or role in RIGHTS[right] else "" for role in ROLES)))
    return "\n".join(lines)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def routes() -> Iterator[tuple[str, str]]:
    """Every address with its method, and the right that it asks."""
    app = Flask("web", static_folder=None)
    for page in PAGES:
        app.register_blueprint(page.blueprint)
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield f"{method} {rule.rule}", getattr(app.view_functions[rule.endpoint], "right")  # noqa: B009


def test_the_page_of_who_may_do_what_is_current() -> None:
    assert PAGE.read_text() == current(), "python -m tests.code.test_access_page"


def test_every_address_asks_a_right_that_exists() -> None:
    assert not [address for address, right in routes() if right and right not in RIGHTS]


if __name__ == "__main__":
    PAGE.write_text(current())
