"""The description of the API as a page, for people: from the same document, in their language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import render_template

from web.access import open_to_all
from web.api.document import COMMAND, document
from web.api.reads import blueprint

Node = dict[str, Any]


@dataclass(frozen=True)
class Field:
    """One field of a command: its name, what it asks, how it is sent, and what can be chosen."""

    name: str
    title: str
    hint: str
    how: str
    choices: tuple[str, ...]
    required: bool


@dataclass(frozen=True)
class Operation:
    """One address, what it is for, and what it takes."""

    method: str
    path: str
    about: str
    group: str
    fields: tuple[Field, ...]
    parameters: tuple[str, ...]

    @property
    def command(self) -> str:
        """The command, as it stands in the address."""
        return self.path.removeprefix(COMMAND)


@blueprint.get("/")
@open_to_all
def page() -> str:
    """What there is to read and to record."""
    found = list(_operations(document()))
    groups: dict[str, list[Operation]] = {}
    for one in found:
        if one.path.startswith(COMMAND):
            groups.setdefault(one.group, []).append(one)
    resources = [one for one in found if not one.path.startswith(COMMAND)]
    return render_template("api.html", resources=resources, groups=groups, about=document()["info"])


def _operations(whole: Node) -> Iterator[Operation]:
    for path, methods in whole["paths"].items():
        for method, told in methods.items():
            body = told.get("requestBody", {}).get("content", {}).get("application/json", {})
            yield Operation(
                method.upper(),
                path,
                told["summary"],
                told["tags"][0],
                tuple(_fields(whole, body.get("schema", {}))),
                tuple(one["name"] for one in told.get("parameters", ()) if one["in"] == "query"),
            )


def _fields(whole: Node, schema: Node) -> Iterator[Field]:
    schema = whole["components"]["schemas"].get(schema.get("$ref", "").rpartition("/")[2], {})
    for name, asked in schema.get("properties", {}).items():
        one = asked.get("items", asked)
        yield Field(
            name,
            asked.get("title", ""),
            asked.get("description", ""),
            _how(asked),
            tuple(one.get("enum", ())),
            name in schema.get("required", ()),
        )


def _how(asked: Node) -> str:
    """The type in one word, or a few."""
    if "anyOf" in asked:
        return " | ".join(map(_how, asked["anyOf"]))
    if asked.get("type") == "array":
        return f"[{_how(asked['items'])}]"
    if asked.get("type") == "object":
        return "{" + ", ".join(asked["properties"]) + "}"
    return str(asked.get("format") or asked.get("type", "any"))
