"""FHIR in XML, read as FHIR's JSON. Without a schema: what is repeated is a list, and every value is text."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element, ParseError, tostring

from defusedxml import DefusedXmlException, ElementTree

FHIR, XHTML = "{http://hl7.org/fhir}", "{http://www.w3.org/1999/xhtml}"
DEPTH = 40


class NotFhir(ValueError):
    """XML that is broken, dangerous, or about something else."""


def parsed(text: bytes) -> Element:
    """The outer element. Without DTD, so without entities and without fetching anything."""
    try:
        root: Element = ElementTree.fromstring(text, forbid_dtd=True)
    except DefusedXmlException as error:
        raise NotFhir(f"XML that is not read: {type(error).__name__}") from error
    except (ParseError, ValueError, LookupError) as error:
        raise NotFhir(f"broken XML ({error})") from error
    if not root.tag.startswith(FHIR):
        raise NotFhir("XML, but not FHIR")
    _check_depth(root)
    return root


def _check_depth(root: Element) -> None:
    level, depth = [root], 0
    while level:
        level, depth = [c for e in level for c in e if c.tag.startswith(FHIR)], depth + 1
        if depth > DEPTH:
            raise NotFhir(f"nested more than {DEPTH} deep")


def from_xml(text: bytes) -> dict[str, Any]:
    """One resource."""
    return resource(parsed(text))


def entries(bundle: Element) -> list[tuple[str, bytes]]:
    """The resources in a bundle: each one's full address, and its own text."""
    found = []
    for entry in bundle.findall(f"{FHIR}entry"):
        url = entry.find(f"{FHIR}fullUrl")
        address = url.get("value", "") if url is not None else ""
        found += [(address, tostring(held)) for held in entry.findall(f"{FHIR}resource/*")]
    return found


def resource(element: Element) -> dict[str, Any]:
    """A resource element as a JSON object."""
    return {"resourceType": _name(element), **_object(element)}


def _object(element: Element) -> dict[str, Any]:
    node: dict[str, Any] = {k: v for k, v in element.attrib.items() if k in ("url", "id")}
    for child in element:
        if child.tag.startswith(FHIR):
            _add(node, _name(child), _value(child))
    return node


def _value(element: Element) -> Any:
    inner = element[0] if len(element) else None
    if inner is not None and _name(inner)[:1].isupper():
        return resource(inner)
    return element.attrib["value"] if "value" in element.attrib else _object(element)


def _add(node: dict[str, Any], name: str, value: Any) -> None:
    if name not in node:
        node[name] = value
    elif isinstance(node[name], list):
        node[name].append(value)
    else:
        node[name] = [node[name], value]


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]
