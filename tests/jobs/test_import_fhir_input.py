"""Files that others made: packed, broken, or built to do harm. What is not read says so; the rest is."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.casework import Casework
from domain.store.database import Database, settings_for
from jobs.imports.unpack import Limits
from tests.jobs.fhir import Importing, bundle, goal, patient

ALL = json.dumps(bundle(patient(), goal())).encode()
SMALL = Limits(text=200_000, total=600_000, members=20, nesting=2)


@pytest.fixture(scope="module")
def casework(database: Database) -> Iterator[Casework]:
    casework = Casework(settings_for(database))
    yield casework
    casework.close()


@pytest.fixture
def there(casework: Casework, tmp_path: Path) -> Importing:
    """Another system, read within small limits."""
    (tmp_path / "there").mkdir()
    return Importing(casework, tmp_path / "there", limits=SMALL)


def zipped(*members: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return packed.getvalue()


XML = b"""<Bundle xmlns="http://hl7.org/fhir">
<entry><resource><Patient><id value="anna"/>
<name><text value="Anna de Boer"/></name></Patient></resource></entry>
<entry><resource><Goal><id value="walking"/><lifecycleStatus value="active"/>
<description><text value="Weer lopen"/></description><subject><reference value="Patient/anna"/></subject>
</Goal></resource></entry></Bundle>"""
LINES = b"\n".join(json.dumps(one).encode() for one in (patient(), goal()))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("all.json", ALL),
        ("all.json", b"\xef\xbb\xbf" + ALL),
        ("all.json.gz", gzip.compress(ALL)),
        ("all.json.bz2", bz2.compress(ALL)),
        ("all.ndjson", LINES),
        ("all.ndjson.gz", gzip.compress(LINES)),
        ("all.xml", XML),
        ("all.zip", zipped(("deep/in/all.json", ALL), ("README.md", b"# read me"))),
        ("all.zip", zipped(("all.xml.gz", gzip.compress(XML)))),
        ("all.json", json.dumps(bundle(bundle(patient(), goal()))).encode()),
    ],
)
def test_however_it_is_packed_the_same_comes_out(there: Importing, name: str, content: bytes) -> None:
    (there.folder / name).write_bytes(content)
    summary = there.paths(there.folder)
    assert (summary.cases, summary.imported, summary.rejected) == (1, 2, [])
    assert [held.words for held in there.plan().goals.values()] == ["Weer lopen"]


def test_a_folder_in_a_folder_is_read_too_and_other_files_are_left(there: Importing) -> None:
    (there.folder / "deep" / "er").mkdir(parents=True)
    (there.folder / "deep" / "er" / "all.json").write_bytes(ALL)
    (there.folder / "SOURCE.md").write_text("# where this is from")
    assert there.paths(there.folder).imported == 2


def test_a_link_out_of_the_folder_is_not_followed(there: Importing, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.json").write_bytes(ALL)
    (there.folder / "link.json").symlink_to(tmp_path / "elsewhere.json")
    assert not there.paths(there.folder).resources


DEEP = b"[" * 100_000 + b"]" * 100_000
ENTITIES = (
    b'<!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b'<Patient xmlns="http://hl7.org/fhir"><id value="&b;"/></Patient>'
)
OUTSIDE = (
    b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    b'<Patient xmlns="http://hl7.org/fhir"><id value="x"/><text>&e;</text></Patient>'
)
NESTED = b"<a>" * 50 + b"</a>" * 50
ZEROS = b'{"resourceType": "Basic", "id": "' + b"0" * 1_000_000 + b'"}'


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("bad.json", b'{"resourceType": "Patient", ', "broken JSON"),
        ("bad.json", b"", "broken JSON"),
        ("bad.json", b"\xff\xfe\x00", "broken JSON"),
        ("bad.json", b'{"id": "no type"}', "not a FHIR resource"),
        ("bad.json", b'{"resourceType": "Observation", "id": "x", "value": NaN}', "broken JSON"),
        ("bad.json", b'{"resourceType": 7}', "broken JSON"),
        ("bad.json", b'{"resourceType": "Patient", "id": "\\ud800"}', "broken JSON"),
        ("bad.json", DEEP, "nested more than 40 deep"),
        ("bad.json", b'{"a":' * 41 + b"1" + b"}" * 41, "nested more than 40 deep"),
        ("bad.json", b'[{"a":"' + b'\\"' * 9 + b'"}]', "broken JSON"),
        ("bad.xml", b"<Patient", "broken XML"),
        ("bad.xml", b"<Patient/>", "not FHIR"),
        ("bad.xml", b'<Patient xmlns="http://hl7.org/fhir">' + NESTED + b"</Patient>", "nested more than 40"),
        ("bad.xml", ENTITIES, "DTDForbidden"),
        ("bad.xml", OUTSIDE, "DTDForbidden"),
        ("bad.json.gz", b"not gzip at all", "broken"),
        ("bad.json.gz", gzip.compress(ALL)[:-20], "broken"),
        ("bad.json.bz2", b"not bzip2", "broken"),
        ("bad.zip", b"not zip", "broken"),
        ("bad.zip", zipped(("all.json", ALL))[:60], "broken"),
        ("bomb.json", ZEROS, "more comes out of it"),
        ("bomb.json.gz", gzip.compress(ZEROS), "more comes out of it"),
        ("bomb.zip", zipped(("zeros.json", ZEROS)), "more comes out of it"),
        ("bomb.zip", zipped(*((f"{n}.json", b"{}") for n in range(21))), "more than 20 files"),
        (
            "bomb.zip",
            zipped(("a.zip", zipped(("b.zip", zipped(("c.json", ALL)))))),
            "packed more than 2 times",
        ),
    ],
    ids=lambda of: of if isinstance(of, str) else "",  # what is packed holds the time of day
)
def test_what_cannot_be_read_says_so_and_stops_nothing(
    there: Importing, name: str, content: bytes, why: str
) -> None:
    (there.folder / name).write_bytes(content)
    (there.folder / "good.json").write_bytes(ALL)
    summary = there.paths(there.folder)
    assert [why in sentence and sentence.startswith(name) for sentence in summary.rejected] == [True]
    assert summary.imported == 2


def test_a_run_stops_unpacking_when_all_together_is_too_much(there: Importing) -> None:
    for number in range(5):
        filler = json.dumps({"resourceType": "Basic", "id": f"{number}", "text": "x" * 140_000})
        (there.folder / f"{number}.json.gz").write_bytes(gzip.compress(filler.encode()))
    summary = there.paths(there.folder)
    assert (len(summary.rejected), sum(summary.resources.values())) == (1, 4)


def test_one_broken_resource_in_a_bundle_leaves_the_others(there: Importing) -> None:
    broken = bundle(patient(), goal())
    broken["entry"].insert(1, {"resource": {"id": "nothing"}})
    (there.folder / "all.json").write_text(json.dumps(broken))
    summary = there.paths(there.folder)
    assert (summary.imported, len(summary.rejected)) == (2, 1)
    assert summary.rejected[0].startswith("all.json#2")


def test_one_broken_line_leaves_the_others(there: Importing) -> None:
    (there.folder / "all.ndjson").write_bytes(LINES + b"\n{broken\n")
    summary = there.paths(there.folder)
    assert summary.imported == 2
    assert summary.rejected[0].startswith("all.ndjson line 3")


def test_one_broken_member_of_a_zip_leaves_the_others(there: Importing) -> None:
    packed = bytearray(zipped(("bad.json", ALL + b" " * 500), ("good.json", ALL)))
    packed[60:80] = bytes(20)
    (there.folder / "all.zip").write_bytes(bytes(packed))
    summary = there.paths(there.folder)
    assert (summary.imported, len(summary.rejected)) == (2, 1)


def test_a_file_that_is_not_there_is_named(there: Importing) -> None:
    summary = there.paths(there.folder / "gone.json")
    assert summary.rejected == ["gone.json: cannot be opened (No such file or directory)"]


def test_a_file_that_is_named_and_is_something_else_is_named(there: Importing) -> None:
    (there.folder / "letter.docx").write_bytes(b"Dear")
    assert there.paths(there.folder / "letter.docx").rejected == ["letter.docx: neither JSON nor XML"]


def test_what_is_told_has_the_shape_that_others_rely_on(there: Importing) -> None:
    (there.folder / "good.json").write_text(
        json.dumps(bundle(patient(), goal(status="x"), {"resourceType": "Claim", "id": "c"}))
    )
    (there.folder / "bad.json").write_text("{")
    summary = there.paths(there.folder)
    assert summary.as_json() == {
        "cases": 1,
        "entries": 2,
        "contacts": 0,
        "resources": {"Claim": 1, "Goal": 1, "Patient": 1},
        "imported": 1,
        "unchanged": 0,
        "held": [
            {
                "source": "good.json#2",
                "type": "Goal",
                "id": "walking",
                "reason": "has a lifecycleStatus that FHIR does not know",
            }
        ],
        "skipped": [
            {
                "source": "good.json#3",
                "type": "Claim",
                "id": "c",
                "reason": "Draad has no place for this kind: Claim",
            }
        ],
        "rejected": 1,
        "rejections": ["bad.json: broken JSON (Input data was truncated)"],
    }
    assert str(summary).splitlines()[:2] == [
        "3 resources read: 1 imported, 0 unchanged, 1 held, 1 skipped.",
        "1 new cases, 2 entries, 0 contacts.",
    ]
