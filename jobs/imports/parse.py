"""From a text to its resources: bundles, single resources and lines, in JSON or XML."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import accumulate

import msgspec

from jobs.imports import fhir_xml
from jobs.imports.resource import Head, Resource, fingerprint
from jobs.imports.unpack import Text, Unreadable

DEPTH = 40
_ESCAPED, _IN_QUOTES = re.compile(rb"\\.", re.DOTALL), re.compile(rb'(?:"[^"]*+")++')
_BUT_QUOTES_AND_BRACKETS = bytes(set(range(256)) - set(b'"{}[]'))
_OPENS_XML = re.compile(rb"\s*<")
_SERVER = re.compile(r"(https?://.+)/([A-Za-z]+)/[A-Za-z0-9.-]+$")


class InBundle(msgspec.Struct):
    """One place in a bundle; the resource not looked into yet."""

    fullUrl: str = ""  # noqa: N815  # FHIR's name
    resource: msgspec.Raw = msgspec.Raw(b"")


class Bundle(msgspec.Struct):
    """A bundle, or a single resource: then it has no entries."""

    resourceType: str = ""  # noqa: N815
    entry: list[InBundle] = []


def resources(text: Text, system: str | None = None) -> Iterator[Resource | Unreadable]:
    """The resources in a text. What cannot be read says so, and the rest is read all the same.

    `system` is the name of the system they come from, for those that do not say it themselves.
    """
    if text.in_lines:
        for number, line in enumerate(text.content.splitlines(), 1):
            if line.strip():
                yield from _whole(Text(f"{text.place} line {number}", text.folder, line), system)
    else:
        yield from _whole(text, system)


class Broken(ValueError):
    """Not the text of a resource, or of a bundle of them."""


def _whole(text: Text, system: str | None) -> Iterator[Resource | Unreadable]:
    content = text.content.removeprefix(b"\xef\xbb\xbf")
    if _depth(content) > DEPTH:
        yield Unreadable(f"{text.place}: nested more than {DEPTH} deep")
    else:
        yield from _from(text, "", content, system)


def _depth(content: bytes) -> int:
    """How deep JSON is nested. Counted before it is read: what reads it goes as deep itself."""
    signs = _ESCAPED.sub(b"", content).translate(None, _BUT_QUOTES_AND_BRACKETS)
    brackets = _IN_QUOTES.sub(b"", signs)
    return max(accumulate(1 if bracket in b"{[" else -1 for bracket in brackets), default=0)


def _from(text: Text, url: str, content: bytes, system: str | None) -> Iterator[Resource | Unreadable]:
    is_xml = _OPENS_XML.match(content) is not None
    try:
        inside = _bundled_xml(content) if is_xml else _bundled_json(content)
        if inside is None:
            yield _resource(text, url, content, system, is_xml=is_xml)
            return
    except Broken as error:
        yield Unreadable(f"{text.place}: {error}")
        return
    for number, (full_url, one) in enumerate(inside, 1):
        yield from _from(Text(f"{text.place}#{number}", text.folder, b""), full_url, one, system)


def _bundled_json(content: bytes) -> Iterable[tuple[str, bytes]] | None:
    """The resources of a bundle; None when it is a resource of its own."""
    try:
        bundle = msgspec.json.decode(content, type=Bundle)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Broken(f"broken JSON ({error})") from error
    if bundle.resourceType != "Bundle":
        return None
    return ((held.fullUrl, one) for held in bundle.entry if (one := bytes(held.resource)))


def _bundled_xml(content: bytes) -> Iterable[tuple[str, bytes]] | None:
    try:
        root = fhir_xml.parsed(content)
    except fhir_xml.NotFhir as error:
        raise Broken(str(error)) from error
    return fhir_xml.entries(root) if root.tag == f"{fhir_xml.FHIR}Bundle" else None


def _resource(text: Text, url: str, content: bytes, system: str | None, *, is_xml: bool) -> Resource:
    head = _head(content, is_xml=is_xml)
    return Resource(
        place=text.place,
        folder=text.folder,
        system=_system(head, url) or system or text.folder,
        type=head.resourceType,
        id=head.id or url.removeprefix("urn:uuid:"),
        version=head.meta.versionId,
        url=url,
        sha256=fingerprint(content),
        packed=zlib.compress(content, 1),
        size=len(content),
        is_xml=is_xml,
        recorded=_moment(head.meta.lastUpdated),
        head=head,
    )


def _head(content: bytes, *, is_xml: bool) -> Head:
    try:
        if is_xml:
            return msgspec.convert(fhir_xml.from_xml(content), Head)
        return msgspec.json.decode(content, type=Head)
    except (msgspec.MsgspecError, fhir_xml.NotFhir) as error:
        raise Broken(f"not a FHIR resource ({error})") from error


def _system(head: Head, url: str) -> str:
    """What it says itself: meta.source without its fragment, else the server in its full address."""
    stated = head.meta.source.partition("#")[0]
    server = _SERVER.match(url)
    return stated or (server.group(1) if server and server.group(2) == head.resourceType else "")


def _moment(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None
