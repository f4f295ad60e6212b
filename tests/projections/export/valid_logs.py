"""What others say of a log: the schemas of XES and of OCEL 2.0."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from lxml import etree

SCHEMAS = Path(__file__).parents[3].parent / "shared" / "data" / "schemas"


def wrong_by_xsd(log: bytes) -> list[str]:
    """What the schema of IEEE 1849 says."""
    schema = etree.XMLSchema(etree.parse(_here("xes.xsd")))
    schema.validate(etree.parse(BytesIO(log), etree.XMLParser(huge_tree=True)))
    return [f"{error.line}: {error.message}" for error in schema.error_log]


def wrong_by_ocel(log: bytes) -> Iterator[str]:
    """What the schema of OCEL 2.0 says."""
    for error in _ocel().iter_errors(json.loads(log)):
        yield f"{error.instance_path}: {error.message[:200]}"


@cache
def _ocel() -> Any:
    return jsonschema_rs.Draft7Validator(
        json.loads(_here("ocel2.schema.json").read_bytes()), validate_formats=True
    )


def _here(name: str) -> Path:
    if not SCHEMAS.exists():
        pytest.skip("the schemas are not here: ../shared/data/schemas")
    return SCHEMAS / name
