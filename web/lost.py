"""What somebody was writing, on the page that could not keep it: in the words of the form it was typed in."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from flask import request
from flask_babel import gettext

from web.forms import forms
from web.forms.asking import DecisionForm
from web.forms.facts import label
from web.forms.fields import Answer, Choice, Question, YesNo
from web.forms.picks import Pick
from web.words import word

TALK = "conversation"  # its page asks for many commands, each with a number
NOT_SHOWN = {"csrf_token", "passphrase", "version", "posted", "next", "block", "conversation_id", "about"}
NOT_SHOWN |= {"add", "more", "take_out", "as_draft"}  # buttons, not words


def typed() -> Iterator[tuple[str, str]]:
    """Each answer with what was asked. Never a pass phrase; what was picked from a plan has no name here."""
    for name, text in request.form.items(multi=True):
        question = _question(name)
        if name not in NOT_SHOWN and text.strip() and not isinstance(question, Pick):
            yield _asked(name, question), _said(text, question)


def own_words() -> list[str]:
    """What a client wrote on a page of their own plan, without what was chosen there."""
    return [text for name in ("then", "words") if (text := request.form.get(name, "").strip())]


def _question(name: str) -> Question | None:
    """What is asked under this name of the page: `words`, `to.number` or, of a talk, `3:words`."""
    number, _, field = name.rpartition(":")
    named = (form() for form in [forms().get(_command(number).replace("-", "_"))] if form)
    field = field.partition(".")[0]
    return next((f.questions[field] for f in chain(named, [DecisionForm()]) if field in f.questions), None)


def _command(number: str) -> str:
    if number:
        blocks = dict(block.split(":", 1) for block in request.form.getlist("block") if ":" in block)
        return blocks.get(number, "")
    talk = "hold-conversation" if request.blueprint == TALK else ""
    return str((request.view_args or {}).get("command", talk))


def _asked(name: str, question: Question | None) -> str:
    if question and question.label:
        return str(gettext(question.label))
    return label(name.rpartition(":")[2].partition(".")[0])


def _said(text: str, question: Question | None) -> str:
    """A choice as it reads, any other text as it was typed."""
    choices = (
        question.choices if isinstance(question, Choice) else Answer if isinstance(question, YesNo) else ()
    )
    return next((word(choice) for choice in choices if choice == text), text)
