"""The form for a file: what it is, and what it belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError

from domain.entry import Actor, Facts
from domain.kinds import DocumentKind
from web.forms import pickers
from web.forms.asking import EntryForm
from web.forms.fields import FILL_IN, Choice, Line
from web.forms.files import File, Upload, ending_of
from web.forms.picks import Pick, subject

OTHER_KIND = "By its name this is another kind of file than it is. Give it another name."


class Checksum(Line):
    """Sent along by programs: the SHA-256 of the file, to be sure that it came through whole."""

    kind = "hidden"


class AddDocument(EntryForm):
    """A letter, a drawing, a signed sheet: a file that belongs to this case."""

    content = File("File", required=True)
    name = Line("Name", hint="Leave empty to use the name of the file.")
    kind = Choice("What is it?", DocumentKind, required=True)
    subject = Pick("What does it belong to?", pickers.subjects, key=subject)
    sha256 = Checksum("SHA-256")

    def facts(self, values: Mapping[str, Any], by: Actor) -> Facts:
        facts = super().facts(values, by)
        upload: Upload = facts["content"]
        name = " ".join(facts.get("name", "").split()) or upload.name
        if not name:
            raise ValidationError({"name": [FILL_IN]})
        if ending_of(name) not in ("", *upload.type.endings):
            raise ValidationError({"name": [OTHER_KIND]})
        sha256 = facts.get("sha256", upload.sha256)
        return {**facts, "name": name, "content": upload.content, "sha256": sha256}
