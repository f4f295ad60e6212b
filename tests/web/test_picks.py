"""An id that a form sends is that of something the case, or a list of ours, holds: no other is taken."""

from __future__ import annotations

from uuid import uuid4

import pytest
from flask import Flask
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from domain.case import Case
from domain.errors import Refused
from tests import given
from tests.web.filling import TODAY, a_full_case, speaking
from tests.web.test_record import BESIDE, STORY, with_choices
from web.forms import forms
from web.forms.picks import Pick, number
from web.forms.situation import Situation
from web.saving import values_of

ALONG = {  # what else is sent with it
    "representative": {"representative_stance": "agrees"},
    "read_alike_by": {"seen": "yes"},
}
PICKS = [
    (command, name)
    for command, form in forms().items()
    for name, asked in form().fields.items()
    if isinstance(asked, Pick) and command not in BESIDE and name != "conversation_id"  # of no case yet
]


def tell(app: Flask, case: Case, command: str, **sent: str) -> None:
    """Record it, with the rest filled in as it should be."""
    form, typed = forms()[command](), with_choices(app, case, command)
    typed = MultiDict({"happened_on": f"{TODAY:%d-%m-%Y}"} | typed | sent)
    form.suit(Situation(case, TODAY), typed)
    with speaking(app):
        form.tell(case, form.facts(values_of(form, typed), given.COORDINATOR))


@pytest.mark.parametrize(("command", "name"), PICKS)
def test_what_is_not_there_is_not_taken(app: Flask, command: str, name: str) -> None:
    case = STORY.get(command, a_full_case)()
    unknown = "9999" if forms()[command]().fields[name].key is number else str(uuid4())  # type: ignore[attr-defined]
    before = case.version
    with pytest.raises((Refused, ValidationError)):
        tell(app, case, command, **ALONG.get(name, {}), **{name: unknown})
    assert case.version == before
    tell(app, case, command)  # it is not refused for something else
    assert case.version > before
