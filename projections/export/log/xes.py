"""A log as XES (IEEE 1849-2016): a trace for every case, in it an event for all that happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from html import escape
from typing import IO

from projections.export.log.happening import CaseLog, Fact, Happening

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849.2016" xes.features="">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<extension name="Draad" prefix="draad" uri="https://draad.example/xes"/>
<global scope="trace"><string key="concept:name" value=""/></global>
<global scope="event"><string key="concept:name" value=""/>\
<date key="time:timestamp" value="1970-01-01T00:00:00+00:00"/></global>
<classifier name="Activity" scope="event" keys="concept:name"/>
"""


def write(out: IO[bytes], logs: Iterable[CaseLog]) -> None:
    """Write it as the cases come."""
    out.write(HEAD.encode())
    out.writelines("\n".join(_trace(log)).encode() for log in logs)
    out.write(b"</log>\n")


def _trace(log: CaseLog) -> Iterator[str]:
    facts = "".join(_fact(f"draad:{name}", value) for name, value in log.case.facts.items())
    yield f"<trace>{_fact('concept:name', log.case.id)}{facts}"
    yield from map(_event, log.happenings)
    yield "</trace>\n"


def _event(one: Happening) -> str:
    facts = [
        _fact("concept:name", one.activity),
        _date("time:timestamp", one.at),
        _fact("org:resource", " + ".join(person.id for person in one.who)),
        _fact("org:role", one.role),
        _fact("org:group", one.group),
        _date("draad:recorded", one.recorded),
        *(_fact(f"draad:{name}", value) for name, value in one.facts.items()),
    ]
    return f"<event>{''.join(facts)}</event>"


def _fact(key: str, value: Fact) -> str:
    """An attribute; what says nothing is not there."""
    kind = "int" if isinstance(value, int) else "string"
    return f'<{kind} key="{key}" value="{escape(str(value))}"/>' if value != "" else ""


def _date(key: str, moment: datetime) -> str:
    return f'<date key="{key}" value="{moment.isoformat()}"/>'
