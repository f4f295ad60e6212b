"""How templates say their texts: in the reader's language, and never as markup that somebody typed."""

from __future__ import annotations

from flask import Flask, render_template_string
from markupsafe import Markup

from web.templating import text


def test_what_stands_in_a_sentence_is_escaped(pages: Flask) -> None:
    with pages.test_request_context():
        said = text("%(name)s agrees", name="<b>Sanne</b>")
        assert "&lt;b&gt;Sanne&lt;/b&gt;" in said
        assert "<b>" not in said
        assert "<b>" in text("%(name)s agrees", name=Markup("<b>Sanne</b>"))
        page = render_template_string("{{ _('%(name)s agrees', name=name) }}", name="<i>")
        assert "&lt;i&gt;" in page


def test_a_sentence_is_in_the_language_of_its_request(pages: Flask) -> None:
    found = []
    for language in ("nl", "en", "nl"):
        with pages.test_request_context(f"/api/v1/?lang={language}"):
            found.append(str(text("Timeline")))
    assert found == ["Tijdlijn", "Timeline", "Tijdlijn"]


def test_a_percent_sign_is_one_with_facts_and_without(pages: Flask) -> None:
    with pages.test_request_context():
        assert text("100%% of %(whose)s", whose="all") == "100% of all"
        assert text("100%%") == "100%"


def test_what_every_template_knows_lies_in_one_dictionary(pages: Flask) -> None:
    assert type(pages.jinja_env.get_template("_icons.html").globals) is dict
