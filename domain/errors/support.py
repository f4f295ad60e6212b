"""About support, choices and restrictions."""

from __future__ import annotations

from domain.errors.refused import Refused


class NotLess(Refused):
    """Scaling down means less than the %(amount)s of now."""

    field = "to"


class NotMore(Refused):
    """Scaling up means more than the %(amount)s of now."""

    field = "to"


class NotOnOffer(Refused):
    """This support is not on offer any more."""

    field = "support_id"


class NotRunning(Refused):
    """This support is not running."""

    field = "support_id"


class AlreadyRefused(Refused):
    """The client already said no to this, or it has stopped."""

    field = "support_id"


class StillQuiet(Refused):
    """The client said no to this on %(said)s and is left in peace until %(until)s. Why offer it now?"""

    field = "again_because"


class LeftInPeace(Refused):
    """The client said no to this and is left in peace: there is no day to ask again. Why offer it now?"""

    field = "again_because"


class QuietEndsTooSoon(Refused):
    """The client said no on %(said)s. Leave them in peace from that day on."""

    field = "quiet_until"


class OneAlternativeAtATime(Refused):
    """Another alternative for this is still open. One at a time."""

    field = "alternative_to"


class AlreadyPaused(Refused):
    """This support is paused already."""

    field = "support_id"


class NotPaused(Refused):
    """This support is not paused."""

    field = "support_id"


class NothingToChoose(Refused):
    """There is something to choose from two options on. Write each on a line of its own."""

    field = "options"


class AlreadyLookedBack(Refused):
    """What came of this tryout is recorded already."""

    field = "tryout"


class RestrictionEnded(Refused):
    """This restriction ended on %(ended)s. If it is needed, impose it anew, with its grounds."""

    field = "restriction"


class AlreadyRespected(Refused):
    """What was done with this refusal is recorded already."""

    field = "refusal"
