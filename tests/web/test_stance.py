"""What a person thinks, in one plain sentence: whatever was said, and about which text."""

from __future__ import annotations

import pytest
from flask import Flask, render_template_string
from flask_babel import force_locale

from domain.say import Say, Stance, WhyNotAsked
from tests import given


def sentence(app: Flask, say: Say, *, earlier: bool = False) -> str:
    source = '{% import "_stance.html" as st %}{{ st.sentence("Sanne", say, earlier) }}'
    with app.test_request_context(), force_locale("nl"):
        return " ".join(render_template_string(source, say=say, earlier=earlier).split())


@pytest.mark.parametrize(
    ("stance", "now", "before"),
    [
        (
            "agrees",
            "Sanne is het eens",
            "Sanne was het eens met de vorige tekst, en is nog niet gevraagd over deze",
        ),
        (
            "agrees_in_part",
            "Sanne is het voor een deel eens",
            "Sanne was het voor een deel eens met de vorige tekst, en is nog niet gevraagd over deze",
        ),
        ("disagrees", "Sanne is het niet eens", "Sanne is het niet eens (over de vorige tekst)"),
        ("not_now", "Sanne wil dit nu niet", "Sanne wil dit nu niet (over de vorige tekst)"),
        (
            "wants_to_talk",
            "Sanne wil hier eerst over praten",
            "Sanne wil hier eerst over praten (over de vorige tekst)",
        ),
        (
            "could_not_answer",
            "Sanne kon geen antwoord geven",
            "Sanne kon geen antwoord geven (over de vorige tekst)",
        ),
        (
            "did_not_want_to_answer",
            "Sanne wilde hier niets over zeggen",
            "Sanne wilde hier niets over zeggen (over de vorige tekst)",
        ),
        (
            "unknown",
            "De mening van Sanne is onbekend",
            "De mening van Sanne is onbekend (over de vorige tekst)",
        ),
    ],
)
def test_a_stance_is_one_plain_sentence(pages: Flask, stance: str, now: str, before: str) -> None:
    say = given.a_say(Stance(stance))
    assert sentence(pages, say) == now
    assert sentence(pages, say, earlier=True) == before


@pytest.mark.parametrize(
    ("reason", "why", "text"),
    [
        (WhyNotAsked.WAS_NOT_THERE, "", "Sanne is niet gevraagd, omdat Sanne er niet bij was"),
        (WhyNotAsked.COULD_NOT_WAIT, "Brand.", "Sanne is niet gevraagd, omdat het niet kon wachten. Brand."),
        (WhyNotAsked.NO_INFLUENCE, "", "Sanne is niet gevraagd, omdat Sanne hier geen invloed op heeft"),
        (WhyNotAsked.DANGER, "Brand.", "Sanne is niet gevraagd, omdat er gevaar was. Brand."),
        (WhyNotAsked.COURT, "Rb. 3", "Sanne is niet gevraagd, omdat een rechter dit besliste. Rb. 3"),
        (WhyNotAsked.LAW, "Wzd 3", "Sanne is niet gevraagd, omdat een wet dit vraagt. Wzd 3"),
        (WhyNotAsked.OTHER, "de bel was stuk", "Sanne is niet gevraagd, omdat: de bel was stuk"),
        (WhyNotAsked.OTHER, "", "Sanne is niet gevraagd, om een andere reden"),
        (None, "", "Sanne is niet gevraagd; waarom is niet vastgelegd"),
    ],
)
def test_not_having_asked_says_why(pages: Flask, reason: WhyNotAsked | None, why: str, text: str) -> None:
    assert sentence(pages, given.not_asked(reason, why)) == text
