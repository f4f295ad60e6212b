"""About people, consent and contacts."""

from __future__ import annotations

from domain.errors.refused import Refused


class AlreadyHere(Refused):
    """This person or party takes part already."""

    field = "name"


class NoLongerHere(Refused):
    """This person or party did not take part any more on that day."""


class NotLeading(Refused):
    """This person did not have the lead on that day."""

    field = "person"


class OtherOrganisation(Refused):
    """These two work for different organisations: the usual worker changes within one."""

    field = "after"


class SpeaksAlready(Refused):
    """On that day this person spoke for the client about this already."""

    field = "scope"


class CaresForThem(Refused):
    """Who works in the care of the client cannot speak for the client as well."""

    field = "person"


class OtherScope(Refused):
    """Who speaks for the client on this ground does so about: %(fits)s."""

    field = "scope"


class SpeaksForNobody(Refused):
    """On that day this person did not speak for the client."""

    field = "person"


class NotTheirConsent(Refused):
    """The client decides this, or who decides for them; under 16 a parent too. A gesture is seen by two."""

    field = "stance"


class NotAlone(Refused):
    """The client does not decide this alone: %(names)s has to say yes too. Write that down beside it."""

    field = "representative"


class NobodyDecides(Refused):
    """The client does not decide this alone, and nobody speaks for them about this. Name who does first."""

    field = "representative"


class NothingToShare(Refused):
    """Choose what may be shared."""

    field = "parts"


class AlreadyWithdrawn(Refused):
    """This consent was withdrawn on %(withdrawn)s already."""

    field = "consent"


class StillToCome(Refused):
    """This moment has not come yet."""

    field = "started_at"


class NoSuchContact(Refused):
    """There is no such contact."""

    field = "contact_id"


class AlreadyCancelled(Refused):
    """This contact was cancelled already."""

    field = "contact_id"


class OtherFacts(Refused):
    """This form was recorded before, with other facts. Open the form anew to record another contact."""
