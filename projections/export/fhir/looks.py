"""AuditEvent: who looked at the record. The looks of one person on one day, on one ground, are one."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from projections.access import Looks, Period, of_client
from projections.export.fhir.pieces import BASE, TERMINOLOGY, Node, coded, node, period, resource
from projections.export.fhir.then import CaseThen
from projections.read_model import Db
from projections.then import Moment

REST = {"system": f"{TERMINOLOGY}/audit-event-type", "code": "rest", "display": "RESTful Operation"}


def who_looked(db: Db, case_id: UUID, moment: Moment) -> Iterator[Looks]:
    """Everybody who looked until that day, as far as was known by then; what stood on a list comes after."""
    period = Period(until=moment.on, known=moment.known)
    for in_list in (False, True):
        number = 1
        while found := of_client(db, case_id, period, number, in_list=in_list):
            yield from found
            number += 1


def audit_events(then: CaseThen) -> Iterator[Node]:
    """Everybody who looked, when this reader may know that."""
    for look in then.looks or ():
        yield _look(then, look)


def _look(then: CaseThen, look: Looks) -> Node:
    way = node(type="in a list" if look.in_list else "opened", valueString=str(look.times))
    return resource(
        "AuditEvent",
        then.its(f"look {look.id}"),
        type_=REST,
        action="R",
        period=period(look.first, look.last),
        recorded=look.last,
        outcome="0",
        purposeOfEvent=[coded("ground", look.ground)],
        agent=[
            node(
                role=[coded("role", look.user_role)],
                who=node(display=look.user_name or look.user_role),
                requestor=True,
            )
        ],
        source={"observer": {"display": "Draad"}, "site": BASE},
        entity=[node(what=then.patient, detail=[way])],
    )
