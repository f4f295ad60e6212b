"""What more can be told about a say, folded away: how it came, and what a representative said beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from domain.entry import Facts
from domain.kinds import PersonKind
from domain.representation import spoken_for_by
from domain.say import Say, Stance, means_of
from web.forms.pickers import called
from web.forms.picks import Pick, number
from web.forms.situation import Option, Situation

HOW = ("was_present", "shown_version", "read_alike_by")
BESIDE = ("representative", "representative_stance", "representative_words")


class ShownVersion(Pick):
    """Ticked: the text was shown, as it stood in the case that the writer saw. Sent as that version."""

    kind = "tick"

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(label, lambda _: (), key=number, **more)

    def ticked(self, at: Situation) -> str:
        return str(at.case.version)


def representatives(at: Situation) -> Iterator[Option]:
    """Who speaks for the client on that day: takes part as one, or was named."""
    for key, person in at.plan.people.items():
        takes_part = person.until is None and person.kind is PersonKind.REPRESENTATIVE
        if takes_part or spoken_for_by(at.plan, key, at.on):
            yield Option(str(key), called(person))


def take_more(facts: Facts) -> Facts:
    """Takes how the say came out of the facts."""
    present, shown, read_alike_by = (facts.pop(name, None) for name in HOW)
    return {"present": present, "shown_version": shown, "read_alike_by": read_alike_by}


def take_representative(facts: Facts) -> Facts:
    """Takes what a representative said out of the facts, and makes it their say."""
    person, stance, words = (facts.pop(name, None) for name in BESIDE)
    if person is None:
        return {}
    words = words or ""
    return {"representative_say": Say(Stance(stance), means_of(stance, words), words, person=person)}


def half_said(facts: Facts) -> tuple[str, str] | None:
    """The sentence and the field, when what was said is told by half."""
    who, stance, words = (facts.get(name) for name in BESIDE)
    if (stance or words) and not who:
        return "Choose who said this.", "representative"
    if who and not stance:
        return "Choose what they said.", "representative_stance"
    if facts.get("read_alike_by") and not facts.get("seen"):
        return "This is about a gesture. Then tick that the client showed it.", "read_alike_by"
    return None
