"""Forms for what was done with a signal."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError

from projections.signals.signal import signals
from web.forms.asking import EntryForm
from web.forms.fields import CHOOSE, Day, Question, Words, YesNo
from web.forms.picks import Numbers
from web.forms.situation import Option, Situation
from web.noticed import title

EVIDENCE = "The numbers of the entries, with a comma between them."


class WhichSignal(Question):
    """A signal, by what it is called."""

    kind = "select"
    when_empty = CHOOSE

    def options(self, at: Situation) -> list[Option]:  # noqa: ARG002
        return sorted((Option(name, title(name)) for name in signals()), key=lambda option: option.text)

    def read(self, value: Any) -> str:
        if not isinstance(value, str) or value not in signals():
            raise ValidationError(CHOOSE)
        return value


class HandleSignal(EntryForm):
    """A signal was looked into: write down what was done."""

    signal = WhichSignal("Which signal?", required=True)
    evidence = Numbers("Which entries showed it?", hint=EVIDENCE, otherwise=())
    done = Words("What was done?", required=True)
    discussed_with_client = YesNo("Was it discussed with the client?")


class PostponeSignal(EntryForm):
    """A signal can wait until a day."""

    signal = WhichSignal("Which signal?", required=True)
    evidence = Numbers("Which entries showed it?", hint=EVIDENCE, otherwise=())
    until = Day("Until", required=True)
    reason = Words("Why?", required=True)
