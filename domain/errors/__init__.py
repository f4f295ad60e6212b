"""Why something may not be done. The docstring is the message; `field` says beside which field."""

# A refusal is named where it is written, and once: here they come under one roof.
from domain.errors.any import *  # noqa: F403
from domain.errors.case import *  # noqa: F403
from domain.errors.evaluation import *  # noqa: F403
from domain.errors.goals import *  # noqa: F403
from domain.errors.people import *  # noqa: F403
from domain.errors.record import *  # noqa: F403
from domain.errors.refused import Refused as Refused
from domain.errors.review import *  # noqa: F403
from domain.errors.say import *  # noqa: F403
from domain.errors.story import *  # noqa: F403
from domain.errors.support import *  # noqa: F403


def refusals() -> list[str]:
    """The names of all of them."""
    return sorted(n for n, of in globals().items() if isinstance(of, type) and Refused in of.__mro__[1:])
