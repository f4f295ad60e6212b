"""No case is read for somebody without a line in the log of who looked."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.code.reading import Module, listed, product

READS = {"history", "changing", "opening", "contacts"}  # of domain/casework.py
NOTES = {"saw", "case_or_404"}  # of web/logs/looks.py and web/access.py
# Where a case is read and no line is made: who it is shown to noted it before, or it is shown to nobody.
WITHOUT = {
    "web/saving.py keep_once": "what was recorded is noted after it, which asks that a look was noted before",
    "web/saving.py _once": "as keep_once",
    "web/asking/answer.py _case": "what the link opens is noted in _open, before anything is shown",
    "web/purpose.py _check_it_exists": "before anything is shown: what for is asked first",
    "web/erasures.py _is_erased": "whether there is nothing left to show",
    "web/terms.py _asked_in": "until when an answer is in time; who stands on that list is noted",
    "web/reviewing/mandates_page.py _give_once": "the cases a mandate is given for; nothing of them goes out",
    "web/reviewing/under_mandate.py note_finding": "its route noted the look at the review of this case",
    "web/reviewing/under_mandate.py ask_question": "as note_finding",
    "web/reviewing/under_mandate.py tell": "inside these two",
    "web/access.py is_theirs": "which cases stand on a list: its route notes those",
    "web/api/commands.py _made": "which entries an own key made before; nothing of the case goes out",
    "web/api/commands.py _contact_recorded": "its route asked case_or_404",
    "web/api/commands.py _new_noun": "its route asked case_or_404",
    "web/opening.py _is_there": "whether the form was recorded before; its route asks case_or_404",
    "web/emergency.py _read": "finds the one file that is meant; who opens it is noted in _enter",
    "web/rescue.py rescued": "whether a draft may be kept; nothing of the case goes out",
}

LISTS = {
    "caseload.page",
    "caseload.every",
    "caseload.after",
    "reviews.named",
    "due.on_the_list",
    "which_case",
}  # names of clients
LISTED = {"listed", "_look", "mandate_or_404"}  # these note each
# Where names are read and not noted.
NOT_LISTED = {
    "web/reviewing/under_mandate.py mandate_page": "every case of the mandate was noted in mandate_or_404",
    "web/reviewing/mandates_page.py _meant": "what comes near is noted in _unclear, where it goes out",
}


def functions(module: Module) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef))


def reads_a_case(function: ast.FunctionDef) -> bool:
    """Whether it asks casework() for one."""
    return any(
        isinstance(node, ast.Attribute)
        and node.attr in READS
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and node.value.func.id == "casework"
        for node in ast.walk(function)
    )


def notes_it(function: ast.FunctionDef) -> bool:
    called = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
    return any(isinstance(name, ast.Name) and name.id in NOTES for name in called)


def lists_clients(function: ast.FunctionDef) -> bool:
    """Whether it reads the names of clients from the followed lists."""
    calls = (node for node in ast.walk(function) if isinstance(node, ast.Call))
    return any(ast.unparse(call.func) in LISTS for call in calls)


def unlisted(module: Module) -> Iterator[str]:
    """Where names of clients are read, and not noted."""
    for function in functions(module):
        called = {ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}
        if lists_clients(function) and not called & LISTED:
            yield f"{module.path} {function.name}"


def unnoted(module: Module) -> Iterator[str]:
    for function in functions(module):
        if reads_a_case(function) and not notes_it(function):
            yield f"{module.path} {function.name}"


def streams(module: Module) -> Iterator[str]:
    """What would go on sending after the lines are written."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Name | ast.alias) and "stream_with_context" in ast.dump(node):
            yield f"{module.path}: an answer that streams reads cases after the lines were written."


def of_web() -> list[Module]:
    return [module for module in product() if module.path.startswith("web/")]


def test_every_case_that_a_page_reads_is_noted() -> None:
    found = {place for module in of_web() for place in unnoted(module)}
    complaints = [
        f"{place}: ask case_or_404, or say here why not." for place in sorted(found - WITHOUT.keys())
    ]
    complaints += [
        f"{place} reads no case any more: take it off." for place in sorted(WITHOUT.keys() - found)
    ]
    assert not complaints, listed(complaints)


def test_every_name_on_a_list_is_noted() -> None:
    found = {place for module in of_web() for place in unlisted(module)}
    assert found == NOT_LISTED.keys()


def test_no_answer_streams() -> None:
    complaints = [complaint for module in of_web() for complaint in streams(module)]
    assert not complaints, listed(complaints)


def test_a_page_that_reads_a_case_unseen_is_found() -> None:
    text = "def page(id):\n    case = casework().history(id)\n    return case\n"
    assert list(unnoted(Module("web/pages.py", text))) == ["web/pages.py page"]
    noted = text.replace("    return", "    saw(id, ground)\n    return")
    assert not list(unnoted(Module("web/pages.py", noted)))
    search = "def page(typed):\n    return which_case(db, typed)\n"
    assert list(unlisted(Module("web/pages.py", search))) == ["web/pages.py page"]
    assert list(streams(Module("web/pages.py", "from flask import stream_with_context")))
