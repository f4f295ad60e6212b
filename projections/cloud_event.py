"""An entry, or who came, as a CloudEvent 1.0, by the NL GOV profile for CloudEvents.

`time` is when it was recorded, as the profile asks; when it was so stands in the data. `subject` is the case
and `sequence` the number of the entry in it; who came has a subject of its own, beside the case. No attribute
holds anything of a person: words are in the data.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID, uuid5

import msgspec
from msgspec import Meta

from domain.store.secret import Secrets
from projections.contacts import Contact
from projections.entries import TimelineEntry
from projections.feed import News

SPEC = "1.0"
BATCH = "application/cloudevents-batch+json"
ONE = "application/cloudevents+json"
ORGANISATION = "DRAAD_ORGANISATION"  # oin:00000001823288444000 or kvknr:09220932
ONE_OF = {"oneOf": [{"$ref": f"#/components/schemas/{kind.__name__}"} for kind in (TimelineEntry, Contact)]}
NUMBERS = re.compile(r"(oin:\d{20}|kvknr:\d{8})", re.ASCII)


class WrongOrganisation(Exception):
    """DRAAD_ORGANISATION is oin: and 20 digits, or kvknr: and 8 digits."""


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """That something was recorded, and where it can be read. It says nothing of what it was about."""

    specversion: str
    id: UUID
    source: str
    type: str
    time: datetime
    subject: str
    sequence: str
    dataref: str


class CloudEvent(Notice, frozen=True, kw_only=True):
    """The same with what was recorded. `position` is where the feed goes on after it."""

    position: str
    datacontenttype: str
    data: Annotated[Any, Meta(extra_json_schema=ONE_OF)]  # TimelineEntry | Contact, which msgspec cannot say


def notice(news: News, source: str, root: str = "") -> Notice:
    """`root`: the address of the installation, where it is known."""
    stream, number = news.place.stream, news.place.number
    among = "contacts" if news.is_contact else "timeline"
    return Notice(
        specversion=SPEC,
        id=uuid5(stream, str(number)),
        source=source,
        type=f"nl.draad.{news.topic.replace('_', '-')}",
        time=news.recorded.astimezone(UTC),
        subject=f"{news.case_id}/contacts" if news.is_contact else str(news.case_id),
        sequence=f"{number:09}",
        dataref=f"{root}/api/v1/cases/{news.case_id}/{among}/{number}",
    )


def cloud_event(news: News, source: str, position: str, root: str = "") -> CloudEvent:
    """With its data, for who may read it."""
    told = msgspec.structs.asdict(notice(news, source, root))
    return CloudEvent(**told, position=position, datacontenttype="application/json", data=news.told)


def source_of(environ: Mapping[str, str], secrets: Secrets) -> str:
    """Which organisation and system it is from. Without a number it is known by an id of its own."""
    number = environ.get(ORGANISATION, "")
    if number and not NUMBERS.fullmatch(number):
        raise WrongOrganisation
    own = UUID(bytes=secrets.key("source of events")[:16], version=4)
    return f"urn:nld:{number}:systeem:draad" if number else f"urn:nld:draad:{own}"
