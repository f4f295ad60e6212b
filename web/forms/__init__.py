"""One form for each command of a case: named after it, and found here without a list."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from web.forms.asking import EntryForm

FIRST = [  # as a case is built up: strengths and wishes before needs and problems
    "story",
    "conversation",
    "own_plan",
    "needs",
    "goals",
    "support",
    "measures",
    "choices",
    "safety",
    "progress",
    "noticed",
    "experience",
    "people",
    "representation",
    "consent",
    "contacts",
    "evaluation",
    "disagreement",
    "complaint",
    "case",
    "documents",
    "rights",
    "erasing",
    "emergency",
    "signals",
    "record",
]


@cache
def forms() -> dict[str, type[EntryForm]]:
    """Every form by its command."""
    return {form.command(): form for of in nouns_with_forms().values() for form in of}


@cache
def nouns_with_forms() -> dict[str, list[type[EntryForm]]]:
    """The nouns, each with its forms: the most used first."""
    found = {module.name: _forms_in(module.name) for module in iter_modules(__path__)}
    order = [*FIRST, *sorted(found.keys() - set(FIRST))]
    return {noun: sorted(found[noun], key=lambda form: -form.OFTEN) for noun in order if found.get(noun)}


def _forms_in(noun: str) -> list[type[EntryForm]]:
    module = import_module(f"{__name__}.{noun}")
    mine = (thing for thing in vars(module).values() if getattr(thing, "__module__", "") == module.__name__)
    return [thing for thing in mine if _is_form(thing)]


def _is_form(thing: object) -> bool:
    """What begins with an underscore is what some forms share."""
    if not isinstance(thing, type) or thing.__name__.startswith("_"):
        return False
    return issubclass(thing, EntryForm) and thing.__module__ != EntryForm.__module__
