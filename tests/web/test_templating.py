"""How templates say their texts: in the reader's language, and never as markup that somebody typed."""

from __future__ import annotations

from flask import Flask, render_template_string
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from web.serve import compile_all
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


def test_what_a_macro_makes_is_escaped_once(pages: Flask) -> None:
    macro = "{% macro bold(what) %}<b>{{ what }}</b>{{ caller() }}{% endmacro %}"
    page = macro + "{% call bold('<i>') %}<hr>{% endcall %}"
    with pages.test_request_context():
        assert render_template_string(page) == "<b>&lt;i&gt;</b><hr>"


def test_a_macro_makes_plain_text_where_nothing_is_escaped(pages: Flask) -> None:
    macro = "{% macro name() %}Sanne{% endmacro %}"
    page = macro + "{% autoescape false %}{{ name() is escaped }}{% endautoescape %}"
    with pages.test_request_context():
        assert render_template_string(page) == "False"


def test_what_wants_the_context_gets_it_with_what_was_set_on_the_way(pages: Flask) -> None:
    @pass_context
    def whose(context: Context) -> str:
        return f"{context['name']}."

    page = "{% block main %}{% set name = 'Sanne' %}{{ whose() }}{% endblock %}"
    with pages.test_request_context():
        assert render_template_string(page, whose=whose) == "Sanne."


def test_what_is_called_gets_what_it_is_given_and_no_more(pages: Flask) -> None:
    def told(*args: object, **facts: object) -> str:
        return f"{args} {facts}"

    loop = "{% for day in [1] %}{{ told(day, called=2) | safe }}{% endfor %}"
    page = "{% block main %}" + loop + "{{ told() | safe }}{% endblock %}"
    with pages.test_request_context():
        assert render_template_string(page, told=told) == "(1,) {'called': 2}() {}"


def test_what_every_template_knows_lies_in_one_dictionary(pages: Flask) -> None:
    assert type(pages.jinja_env.get_template("_icons.html").globals) is dict


def test_every_template_is_compiled_before_somebody_asks_for_it(pages: Flask) -> None:
    compile_all(pages.jinja_env)
    assert pages.jinja_env.cache is not None
    assert {name for _, name in pages.jinja_env.cache} == set(pages.jinja_env.list_templates())


def test_a_page_goes_without_the_indentation_of_its_template(pages: Flask) -> None:
    with pages.test_request_context():
        assert (
            render_template_string("<ul>\n    <li>\n      a  b\n    </li>\n</ul>")
            == "<ul>\n<li>\na  b\n</li>\n</ul>"
        )
