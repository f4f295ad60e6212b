"""About looking back together."""

from __future__ import annotations

from domain.errors.refused import Refused


class PlannedInThePast(Refused):
    """An evaluation is planned on the day of the entry or later."""

    field = "on"


class AlreadyHeld(Refused):
    """This planned evaluation was held already."""

    field = "planned"


class NoJudgement(Refused):
    """Write down whether the help fits: according to the client, the worker, or both."""

    field = "client_judgement"


class AlreadySettled(Refused):
    """This disagreement is settled already."""

    field = "disagreement"


class AlreadyInvolved(Refused):
    """A mediator is involved already."""

    field = "offered"


class NoMediation(Refused):
    """No mediator was involved on that day, or their work had ended."""

    field = "mediation"
