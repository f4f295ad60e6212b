"""A case as FHIR R4, for programs of others: as this reader may read it, on any day, as known by then."""

from __future__ import annotations

from domain.case import Case
from domain.kinds import Part
from projections.export.fhir.bundle import MEDIA, Bundle, bundle_of
from projections.export.fhir.then import readable
from projections.then import Moment
from web.access import can, reads_for, shows
from web.api.asked import Asked
from web.api.reads import BOTH_CLOCKS, of_case
from web.desk import casework, rows, today


@of_case("/fhir", Bundle, *BOTH_CLOCKS, beside=True, media=MEDIA)
def fhir(case: Case, asked: Asked) -> Bundle:
    """The case as a FHIR R4 Bundle: docs/fhir.md says what stands where. Who looked, to who may know that."""
    moment = Moment(asked.on, asked.known or casework().clock())
    entries = readable(case.entries, reads_for(), today())
    with rows() as db:
        return bundle_of(db, case.id, entries, moment, visits=shows(Part.PEOPLE), looks=can("read_review"))
