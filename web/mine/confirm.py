"""What a worker wrote down of what the client said: the client says whether it is right, with own hand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from marshmallow import RAISE, Schema

from domain.case import Case
from domain.entry import Facts
from domain.say import Means, Say
from projections.noted import Noted, noted, noted_in
from web.access import may
from web.desk import today
from web.forms.fields import Words, YesNo
from web.mine.reader import Reader
from web.saving import Sent, Shown, Typed, keep, taken, values_of

blueprint = Blueprint("my_confirm", __name__)


class Confirm(Schema):
    """Whether it is right; and if it is not, how it is."""

    class Meta:
        """What is not asked is not taken."""

        unknown = RAISE

    right = YesNo("Is this right?", required=True)
    words = Words("How is it then?", otherwise="")


@dataclass(frozen=True)
class Confirmed:
    """What they said to it, of the text up to an entry. `person`: None is the client."""

    right: bool
    words: str
    version: int
    person: UUID | None = None

    @classmethod
    def of(cls, typed: Typed, version: int, person: UUID | None) -> Confirmed:
        """ValidationError."""
        facts = Confirm().load(values_of(Confirm(), typed))
        return cls(facts["right"], facts["words"], version, person)

    def record(self, case: Case, one: Noted, how: Facts) -> None:
        """Words are read back. A click gave no words to confirm: then they say it themselves."""
        if self.right and one.means is Means.REPORTED:
            own = Say(one.stance, Means.OWN_HAND, person=self.person, shown_version=self.version)
            case.take_stance(one.subject, own, about=one.entry, **how)
        else:
            case.read_back(one.entry, right=self.right, words=self.words, person=self.person, **how)


@blueprint.get("/my-plan/<uuid:case_id>/confirm/<int:number>")
@may("read_own_plan")
def ask(case_id: UUID, number: int) -> str:
    """One thing that was written down, on a page of its own: nothing else sent loses what is typed."""
    me = Reader.of(case_id)
    return _page(me, number, Shown(me.opened_draft()))


@blueprint.post("/my-plan/<uuid:case_id>/confirm/<int:number>")
@may("read_own_plan")
def confirm(case_id: UUID, number: int) -> Any:
    """Yes, this is right; or no, this is how it is."""
    me = Reader.of(case_id)
    return taken(
        Confirm(),
        lambda shown: _page(Reader.of(case_id), number, shown),
        partial(_record, me, number),
        me.why,
    )


def _record(me: Reader, number: int, sent: Sent) -> Any:
    if not me.case.posted(sent.posted):
        one = _one(me, number)
        said, how = Confirmed.of(request.form, sent.version, me.person), me.how(sent.posted)
        keep(me.case.id, sent, {number}, lambda case: said.record(case, one, how))
        flash(_thanks(said))
    return redirect(url_for("my_plan.plan", case_id=me.case.id), 303)


def _one(me: Reader, number: int) -> Noted:
    """404 when it was read back, or does not stand any more."""
    return noted_in(me.case.entries, today(), number, me.person) or abort(404)


def to_confirm(me: Reader) -> list[Noted]:
    """For the block on Mijn plan."""
    return noted(me.case.entries, today(), me.person)


def _thanks(said: Confirmed) -> str:
    """What happens next."""
    if said.right:
        return str(gettext("Thank you. It is written down that this is right."))
    return str(gettext("Thank you. Your own words are written down. Somebody comes back to you about it."))


def _page(me: Reader, number: int, shown: Shown) -> str:
    """The one that is asked, or was not right yet, with what was typed."""
    return render_template(
        "my-confirm.html", one=_one(me, number), case_id=me.case.id, you=me.you, **shown.on(me.case)
    )


blueprint.add_app_template_global(to_confirm)
