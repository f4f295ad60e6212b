"""Who looked, in words that a client knows: what somebody does here, why they could look, what they saw."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext
from markupsafe import Markup

from domain.access import Ground, Purpose
from domain.case import Case
from domain.days import local_day
from domain.emergency import EmergencyAccessUsed
from domain.entry import Role
from domain.store.access_log import ELSEWHERE, words_of
from projections.access import Looks
from web.desk import casework
from web.mine.wording import You
from web.words import word

ROLES: dict[str, str] = {
    Role.WORKER: "helps you",
    Role.COORDINATOR: "arranges the work of the team",
    Role.MANAGER: "is in charge at %(organisation)s",
    Role.PARTNER: "works at %(organisation)s",
    Role.REVIEWER: "checks whether we do our work well",
    Role.REPRESENTATIVE: "speaks for you",
    Role.LOG_MANAGER: "checks who looked in the records",
    Role.IMPORT: "works with another record",
}
GROUNDS: dict[str, str] = {
    Ground.REPRESENTS: "Because this person speaks for you.",
    Ground.TEAM: "Because this team helps you.",
    Ground.JOINED: "Because this person helps you.",
    Ground.CONSENT: "Because you said that this is all right.",
    Ground.PURPOSE: "With a reason.",
    Ground.MANDATE: "Because this person was asked to check our work.",
    Ground.EMERGENCY: "It was an emergency.",
    ELSEWHERE: "That was in another record. It told us so.",
}
BEFORE: dict[str, str] = {  # of a look before today: it may be otherwise by now
    Ground.REPRESENTS: "Because this person spoke for you.",
    Ground.TEAM: "Because this team helped you.",
    Ground.JOINED: "Because this person helped you.",
    Ground.CONSENT: "Because you had said that this is all right.",
    Ground.MANDATE: "Because this person had been asked to check our work.",
}
PARTS = {  # the pages, as one calls them to a client; what is not here is a part of the record
    "case": "everything in short",
    "plan": "the plan",
    "look_back": "how it was before",
    "questions.of_case": "questions about how this went",
    "evidence": "questions about how this went",
    "my_plan": "the plan",
    "about": "the plan",
    "whole_timeline": "all that was written down",
    "in_timeline": "all that was written down",
    "timeline": "all that was written down",
    "people": "the people who help",
    "story": "the story",
    "chain": "from wish to help",
    "documents": "the documents",
    "download": "a document",
    "signals": "what stands out",
    "who_came": "who came when",
    "contacts": "who came when",
    "entry": "one thing that was written down",
    "looks_in_case": "who looked",
    "looks": "who looked",
}
WRITING = {"ask", "record", "overview", "say_sheet", "said_no", "talking", "use", "mine", "open_case"}


def role_in_words(role: str, organisation: str, you: You) -> Markup:
    """What somebody does, for the client or beside them."""
    return you(
        ROLES.get(role, "looks after our computers"), organisation=organisation or gettext("our office")
    )


def ground_in_words(ground: str, you: You, *, before_today: bool) -> Markup:
    """Why they could, in one sentence. To stand on a list needs none."""
    if before_today and ground in BEFORE:
        return you(BEFORE[ground])
    return you(GROUNDS[ground]) if ground in GROUNDS else Markup()


def why_in_words(said: str) -> str:
    """What it was for: a choice with words after it reads as both, anything else as it was written."""
    choice, _, words = said.partition(":")
    if choice not in set(Purpose):
        return said
    return ": ".join(filter(None, (word(Purpose(choice)), words.strip())))


def reasons(case: Case, looks: Looks) -> list[str]:
    """What they said it was for: a manager before they looked, somebody in an emergency when they came in."""
    if looks.ground == Ground.EMERGENCY:
        used = (e for e in case.entries if isinstance(e, EmergencyAccessUsed))
        said = [e.reason for e in used if e.by.user == looks.user_id and local_day(e.timestamp) <= looks.day]
        return [str(said[-1])] if said else []
    sealed = zip(looks.whys, looks.requests, strict=True)
    words = (words_of(casework().vault, case.id, request_id, why) for why, request_id in sealed)
    return [why_in_words(one) for one in dict.fromkeys(words) if one]


def parts_in_words(details: Iterable[str]) -> str:
    """What they saw: each part once, in the order of the pages."""
    parts = {detail if detail in PARTS else detail.rpartition(".")[2] for detail in details}
    named = list(dict.fromkeys(gettext(words) for part, words in PARTS.items() if part in parts))
    if parts & WRITING:
        named.append(gettext("a page to write something down"))
    if parts - PARTS.keys() - WRITING:
        named.append(gettext("a part of the record"))
    return ", ".join(map(str, named))
