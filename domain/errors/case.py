"""About the case as a whole, and its documents."""

from __future__ import annotations

from domain.errors.refused import Refused


class CaseIsClosed(Refused):
    """This case was closed on %(closed)s. Reopen it, or choose a day up to the closing."""

    field = "happened_on"


class CaseIsOpen(Refused):
    """This case is open."""


class CaseIsErased(Refused):
    """This case was erased."""


class SamePerson(Refused):
    """Destroying takes two people: whoever proposed it does not decide it."""

    field = "proposal"


class IsHeld(Refused):
    """Nothing of this client may be destroyed as long as this ground stands: %(ground)s."""

    field = "proposal"


class AllOfIt(Refused):
    """This proposal is about all that is kept of the client. Decide it on the page of erasures."""

    field = "proposal"


class OneEntryOnly(Refused):
    """This proposal is about one entry, not about all that is kept."""

    field = "proposal"


class AlreadyProposed(Refused):
    """This is proposed already, and nobody answered that yet."""


class AsksSomethingElse(Refused):
    """This request asks something else than to erase."""

    field = "request"


class ErasureStaysKnown(Refused):
    """What was proposed and decided about destroying stays known."""

    field = "entry"


class NoSuchCase(Refused):
    """This case does not exist."""


class NotWrittenYet(Refused):
    """A complaint that came in writing, came today or before. Look at the date again."""

    field = "in_writing_on"


class NotBornYet(Refused):
    """A date of birth lies in the past."""

    field = "birth_date"


class StillRunning(Refused):
    """This support still runs: %(support)s. End it, hand it over, or name it as going on elsewhere."""


class LaterEntries(Refused):
    """There are entries of days after this; the last is of %(last)s. Close on that day or later."""

    field = "happened_on"


class AlreadyTransferred(Refused):
    """This case went to %(to)s on %(day)s already."""

    field = "to"


class CareHasStarted(Refused):
    """Care started on %(started)s already. If that is not right, correct that entry."""

    field = "happened_on"


class SameCase(Refused):
    """This is this case itself. Name the other one."""

    field = "to"


class AlreadyLinked(Refused):
    """This case is linked already."""

    field = "to"


class AlreadyLifted(Refused):
    """This was lifted on %(lifted)s already."""

    field = "hold"


class NotThisFile(Refused):
    """The file did not come through as it was sent. Send it again."""

    field = "content"
