"""`tell()` is total: it never raises, reads no clock and makes no ids, so that any history can be read."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.code.reading import Module, listed, product

CLOCKS = {"now", "today", "utcnow", "time", "time_ns", "monotonic", "localtime"}
IDS = {"uuid1", "uuid3", "uuid4", "uuid5", "uuid6", "uuid7", "uuid8", "urandom", "token_hex", "token_bytes"}
MISSING = {"pop": 2, "next": 2, "remove": None, "index": None}  # how many arguments make it safe; None: never


def tells(module: Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    for owner in module.classes():
        for node in owner.body:
            if isinstance(node, ast.FunctionDef) and node.name == "tell":
                yield owner.name, node


def told(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """Every node of the body, but for annotations: `list[int]` reads nothing."""
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        yield node
        left_out = node.annotation if isinstance(node, ast.AnnAssign | ast.arg) else None
        waiting += [child for child in ast.iter_child_nodes(node) if child is not left_out]


def reproach(node: ast.AST) -> str | None:
    """Why this node does not belong in `tell()`."""
    match node:
        case ast.Raise():
            return "raises: a command refuses, tell() never does"
        case ast.Assert():
            return "asserts: check it in the command"
        case ast.Subscript(ctx=ast.Load() | ast.Del()) | ast.AugAssign(target=ast.Subscript()):
            return "subscripts: ask plan.found(plan.goals, Goal, self, id), which never fails"
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return reproach_to_call(name, len(node.args))
    return None


def reproach_to_call(name: str, arguments: int) -> str | None:
    if name in CLOCKS:
        return f"reads a clock ({name}): the entry has happened_on and timestamp"
    if name in IDS:
        return f"makes an id ({name}): the command makes it, the event carries it"
    if name in MISSING and (MISSING[name] is None or arguments < (MISSING[name] or 0)):
        return f"{name} fails on what is not there: give a default, or ask the plan"
    return None


def wrong_tells(module: Module) -> Iterator[str]:
    for owner, function in tells(module):
        for node in told(function):
            if why := reproach(node):
                yield f"{module.path}:{getattr(node, 'lineno', 0)} {owner}.tell() {why}."


def test_tell_is_total() -> None:
    domain = [module for module in product() if module.path.startswith("domain/")]
    complaints = [complaint for module in domain for complaint in wrong_tells(module)]
    assert not complaints, listed(complaints)


@pytest.mark.parametrize(
    "line",
    [
        "raise NoSuchGoal",
        "assert self.words",
        "goal = plan.goals[self.goal_id]",
        "plan.goals[self.goal_id].agreed = True",
        "plan.hours[self.id] += 1",
        "del plan.goals[self.goal_id]",
        "today = date.today()",
        "when = datetime.now(UTC)",
        "id = uuid4()",
        "id = uuid.uuid5(self.id, 'contacts')",
        "plan.goals.pop(self.goal_id)",
        "plan.order.remove(self.goal_id)",
        "first = next(iter(plan.goals))",
        "words = lambda: plan.words[0]",
    ],
)
def test_a_tell_that_may_fail_is_found(line: str) -> None:
    assert len(list(wrong_tells(an_event(line)))) == 1


@pytest.mark.parametrize(
    "line",
    [
        "plan.goals[self.goal_id] = Goal(self.words)",
        "plan.found(plan.goals, Goal, self, self.goal_id).agreed = True",
        "plan.goals.pop(self.goal_id, None)",
        "open: list[int] = []",
        "first = next(iter(plan.goals), None)",
    ],
)
def test_a_tell_that_cannot_fail_is_left_alone(line: str) -> None:
    assert not list(wrong_tells(an_event(line)))


def an_event(line: str) -> Module:
    return Module("domain/goals.py", f"class GoalAgreed:\n    def tell(self, plan):\n        {line}\n")
