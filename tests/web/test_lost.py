"""What could not be kept is given back in the words of the form it was typed in."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from domain.entry import Role
from tests import given
from tests.web.conftest import Visitor
from tests.web.filling import address, kept

WISH = {"words": "Ik wil <b>weer</b> zwemmen.", "form": "said", "happened_on": "22-11-2026"}


def test_what_was_typed_reads_as_on_the_form(app: Flask, as_: Callable[..., Visitor]) -> None:
    browser, case_id = as_("ilse", Role.COORDINATOR), kept(app, given.sanne())
    answer = browser.post(address(case_id, "voice_wish"), data=WISH | {"csrf_token": "too old"})
    assert answer.status_code == 400
    page = answer.text
    assert "<dd>Ik wil &lt;b&gt;weer&lt;/b&gt; zwemmen.</dd>" in page
    assert "said" not in page
    assert "<dt>Datum</dt><dd>22-11-2026</dd>" in page


def test_a_talk_is_given_back_part_by_part(app: Flask, as_: Callable[..., Visitor]) -> None:
    browser, case_id = as_("ilse", Role.COORDINATOR), kept(app, given.sanne())
    sent = {"block": "3:voice-wish", "3:form": "said", "3:words": "Zwemmen.", "add": "voice-wish"}
    page = browser.post(f"/cases/{case_id}/conversation", data=sent | {"csrf_token": "too old"}).text
    assert "<dd>Zwemmen.</dd>" in page
    assert "voice-wish" not in page
    assert "<dd>said</dd>" not in page


def test_who_is_signed_out_is_led_to_the_sign_in_page(app: Flask, visitor: Visitor) -> None:
    form = address(kept(app, given.sanne()), "voice_wish")
    page = visitor.post(form, data=WISH).text
    assert f'<a class="btn primary" href="/sign-in?next={form}">Inloggen</a>' in page, "and back to the form"
