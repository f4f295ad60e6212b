"""What a page says to its reader exists in Dutch for each: `jij`, `u`, and who speaks for the client."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterable, Iterator

import pytest
from jinja2 import Environment, nodes

from tests.code.reading import REPO, listed
from tests.web.test_english import texts
from web.mine import answers as my_answers
from web.mine import doing as my_doing
from web.mine import looker
from web.mine import reader as my_reader
from web.mine.forms import FORMS
from web.mine.wording import FOR

COUNTS = {  # the sentences that one function chooses from
    back.value.value
    for back in ast.walk(ast.parse(inspect.getsource(my_answers.counts)))
    if isinstance(back, ast.Return) and isinstance(back.value, ast.Constant)
    if isinstance(back.value.value, str)
}
CHOSEN: dict[str, Iterable[str]] = {  # texts that stand elsewhere than where they are said
    "CHANGED": [my_reader.CHANGED],
    "NOT_YOURS": [my_reader.NOT_YOURS],
    "said": [*my_doing.THANKS.values(), my_doing.NO, my_doing.NO_NOW, my_doing.NO_AGAIN, my_doing.YES_TOO],
    "counts(me.case, asked, me.person, today())": COUNTS,
    "counts(me.case, asked, person, today())": COUNTS,
    "GROUNDS[ground]": looker.GROUNDS.values(),
    "BEFORE[ground]": looker.BEFORE.values(),
    "ROLES.get(role, 'looks after our computers')": [*looker.ROLES.values(), "looks after our computers"],
    "form.DONE": [form.DONE for form in FORMS.values()],
    "TITLE": [form.TITLE for form in FORMS.values()],
    "INTRO": [form.INTRO for form in FORMS.values() if form.INTRO],
    "SEND": [form.SEND for form in FORMS.values()],
    "you": ["you", "You"],  # the client among others, in a line of names
    "label": [asked.label for form in FORMS.values() for asked in form().questions.values() if asked.label],
}


def in_code(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=one, orelse=other):
            yield from (*in_code(one), *in_code(other))
        case _:
            yield from CHOSEN[ast.unparse(node)]


def in_page(node: nodes.Node) -> Iterator[str]:
    match node:
        case nodes.Const(value=str(text)):
            yield text
        case nodes.CondExpr(expr1=one, expr2=nodes.Node() as other):
            yield from (*in_page(one), *in_page(other))
        case nodes.Getattr(attr=name):
            yield from CHOSEN[name]
        case _:
            raise KeyError(node)


def said() -> Iterator[tuple[str, str]]:
    """Every text that is said to a reader, and where."""
    for path in sorted((REPO / "web").rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call) and call.args and ast.unparse(call.func).split(".")[-1] == "you":
                yield from ((path.name, text) for text in in_code(call.args[0]))
    for path in sorted((REPO / "web/templates").rglob("*.html")):
        for one in Environment().parse(path.read_text()).find_all(nodes.Call):  # noqa: S701 - nothing is rendered
            if isinstance(one.node, nodes.Name) and one.node.name == "you":
                yield from ((path.name, text) for text in in_page(one.args[0]))


@pytest.mark.parametrize("reader", ["jij", "u", FOR])
def test_every_text_is_there_for_every_reader(reader: str) -> None:
    dutch = texts("nl")
    complaints = {f"{where}: “{text}”" for where, text in said() if not dutch.get((reader, text))}
    assert not complaints, listed(sorted(complaints))


def test_texts_are_found_in_code_and_on_pages() -> None:
    found = {text for _, text in said()}
    assert {"Hello %(client)s, this is your plan", my_doing.NO, "speaks for you", "our organisation"} <= found
