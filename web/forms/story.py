"""Forms for the client's story: wishes, what matters, strengths, and the people around them."""

from __future__ import annotations

from domain.case import Case
from domain.kinds import Doing, LifeArea, Matter, Voice, WishForm
from web.forms.asking import DecisionForm, EntryForm
from web.forms.fields import Choice, Line, Words, YesNo
from web.forms.ties import EACH_ROW, Ties


class HoldIntroduction(EntryForm):
    """Getting to know each other: what the client told about themselves."""

    strengths = Words("What is the client good at?")
    what_matters = Words("What matters to the client?")
    role_of_care = Words("What is support for in this life, according to the client?")


class VoiceWish(EntryForm):
    """What the client wishes for. A wish is never deleted."""

    OFTEN = 4
    words = Words("The wish, as it was told", required=True)
    form = Choice("How was it told?", WishForm, required=True)
    voiced_by = Choice("Who told it?", Voice, required=True)
    heard_by = Line("Who heard it?", hint="Leave empty when it was you.")
    life_area = Choice("Part of life", LifeArea)


class SayWhatMatters(EntryForm):
    """What matters in the client's life."""

    words = Words("What matters, as it was said", required=True)
    subject = Choice("What is it about?", Matter, required=True)


class NameStrength(EntryForm):
    """What the client is good at."""

    words = Words("What is the client good at?", required=True)
    named_by = Choice("Who says so?", Voice, required=True)
    life_area = Choice("Part of life", LifeArea)


class MarkSuccess(EntryForm):
    """Something went well: write it down."""

    words = Words("What went well?", required=True)
    named_by = Choice("Who says so?", Voice, required=True)


class DescribeAbility(EntryForm):
    """What the client does alone, with help, or leaves to somebody else."""

    task = Line("Which task?", required=True, hint="One at a time: cooking, shopping, the post.")
    doing = Choice("How does it go now?", Doing, required=True)
    words = Words("Explanation")


class DrawCircle(EntryForm):
    """The people in the client's life, and how close they are."""

    ties = Ties("Who are in the client's life?", required=True, hint="Empty rows are left out.")
    with_client = YesNo("Did you do this together with the client?", required=True)

    def known(self, case: Case) -> dict[str, str]:
        """The last circle, to go on from."""
        last = case.plan.circles[-1].ties if case.plan.circles else ()
        return {
            f"ties.{row}.{part}": str(getattr(tie, part)) for row, tie in enumerate(last) for part in EACH_ROW
        }


class ReleaseStory(DecisionForm):
    """The client lets a story of theirs be told. They can take that back."""

    words = Words("The story, as the client wants it told", required=True)
    purpose = Words("What for?", required=True)
