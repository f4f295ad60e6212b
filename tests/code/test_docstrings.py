"""Modules, events and errors say what they are; an error's docstring is the message on screen."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.code.reading import Module, listed, of_tests, product


def is_event(node: ast.ClassDef) -> bool:
    """Whether it has a TOPIC of its own."""
    given = [line for line in node.body if isinstance(line, ast.Assign | ast.AnnAssign)]
    return any(ast.unparse(line).startswith(("TOPIC =", "TOPIC:")) for line in given)


def is_error(module: Module, node: ast.ClassDef) -> bool:
    bases = [ast.unparse(base) for base in node.bases]
    return module.path.startswith("domain/errors/") or any(
        b.endswith(("Exception", "Error", "Refused")) for b in bases
    )


def silent(module: Module) -> Iterator[str]:
    if not ast.get_docstring(module.tree):
        yield f"{module.path}: a module starts with a sentence that says what it is for."
    for node in module.classes():
        if (is_event(node) or is_error(module, node)) and not ast.get_docstring(node):
            yield f"{module.path}:{node.lineno} {node.name}: an event or error says what it means."


def test_modules_events_and_errors_say_what_they_are() -> None:
    complaints = [complaint for module in product() + of_tests() for complaint in silent(module)]
    assert not complaints, listed(complaints)


def test_a_silent_module_event_and_error_are_found() -> None:
    event, error, noun = 'class A:\n    TOPIC = "a"\n', "class NoSay(Refused): ...\n", "class Goal: ...\n"
    assert len(list(silent(Module("domain/goals.py", event + error + noun)))) == 3  # with the module itself
    assert (
        len(list(silent(Module("domain/errors/goals.py", '"""Why not."""\nclass NoGoal:\n    pass\n')))) == 1
    )
