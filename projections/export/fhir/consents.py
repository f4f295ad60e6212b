"""Consent: what the client allows, to whom, for which parts, until when; and when it was taken back."""

from __future__ import annotations

from collections.abc import Iterator

from domain.nouns import Consent
from projections.export.fhir.pieces import TERMINOLOGY, Node, coded, compound, node, period, resource
from projections.export.fhir.say import stances
from projections.export.fhir.then import CaseThen

SCOPE = coded(f"{TERMINOLOGY}/consentscope", "patient-privacy")
OPT_IN = coded(f"{TERMINOLOGY}/v3-ActCode", "OPTIN")
WHO_RECEIVES = coded(f"{TERMINOLOGY}/v3-ParticipationType", "IRCP")


def consents(then: CaseThen) -> Iterator[Node]:
    """Every consent, also what has ended."""
    for number, consent in then.plan.consents.items():
        yield _consent(then, number, consent)


def _consent(then: CaseThen, number: int, consent: Consent) -> Node:
    to = then.who(consent.to) if consent.to else None
    last = min((day for day in (consent.until, consent.withdrawn_on) if day), default=None)
    return resource(
        "Consent",
        then.its(f"consent {number}"),
        then.updated([number, *(e.number for e in then.told if e.concerns == number)]),
        extension=[
            *stances(then, number),
            *compound("consent-withdrawn", on=consent.withdrawn_on),
            *compound("consent-given", words=consent.words, what=consent.what),
        ],
        status="active" if consent.live(then.moment.on) else "inactive",
        scope=SCOPE,
        category=[coded("consent-purpose", consent.purpose)],
        patient=then.patient,
        dateTime=consent.since,
        policyRule=OPT_IN,
        provision=node(
            type="permit",
            period=period(consent.since, last),
            actor=[{"role": WHO_RECEIVES, "reference": to}] if to else [],
            code=[coded("part", part) for part in consent.parts],
        ),
    )
