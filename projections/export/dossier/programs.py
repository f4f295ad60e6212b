"""The entries of a dossier in the forms that programs of others read: FHIR, and a log of what happened."""

from __future__ import annotations

import io
from collections.abc import Iterator

from domain.case import Case
from domain.gaps import EntryGone
from projections.export.dossier.asked import Length
from projections.export.dossier.contents import Dossier
from projections.export.dossier.pack import Part, as_json
from projections.export.fhir.bundle import bundle
from projections.export.fhir.then import CaseThen
from projections.export.log import ocel
from projections.export.log.asked import Period
from projections.export.log.happening import log_of_entries
from projections.export.log.names import Names
from projections.then import Moment

FHIR, LOG = "fhir.json", "log.jsonocel"


def for_programs(made: Dossier, case: Case) -> Iterator[Part]:
    """Made from the entries that the dossier holds, so that what it leaves out stands in none of them."""
    if made.asked.length is Length.FULL:
        yield Part(FHIR, _fhir(made), "the same for other records, as FHIR R4: see docs/fhir.md")
        yield Part(LOG, _log(made, case), "what happened, as OCEL 2.0: no words, and names of this file only")


def _fhir(made: Dossier) -> bytes:
    asked = made.asked
    read = [entry for entry in made.told if not isinstance(entry, EntryGone)]
    looks = [look for look, _ in made.beside.looks]  # none when they were not asked for
    return as_json(bundle(CaseThen(made.case_id, read, Moment(asked.on, asked.known), looks=looks)))


def _log(made: Dossier, case: Case) -> bytes:
    period = Period(last=made.asked.on)
    ocel.write(out := io.BytesIO(), [log_of_entries(case, made.told, period, Names())])
    return out.getvalue()
