"""The mail of the morning: how much is new for a coordinator, and where to look. No names and no words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from domain.days import HERE
from domain.store.digests import Reader
from jobs.mail import sender
from projections.digest import Digest, Kind, Waits

ADDRESS = "DRAAD_ADDRESS"
LINKS = 10  # of one kind: who has more opens the list
PATHS = {
    Kind.SIGNAL: "/signals",
    Kind.REVIEW: "/reviews",
}  # below the case; all else stands on its first page
WAIT = {
    Kind.PROPOSAL: ("1 voorstel van een cliënt wacht", "{} voorstellen van cliënten wachten", "op antwoord"),
    Kind.REQUEST: ("1 verzoek van een cliënt wacht", "{} verzoeken van cliënten wachten", "op antwoord"),
    Kind.COMPLAINT: ("1 klacht van een cliënt wacht", "{} klachten van cliënten wachten", "op antwoord"),
    Kind.TALK: ("1 cliënt wil eerst praten en wacht", "{} keer wil een cliënt eerst praten: dat wacht", ""),
    Kind.YES: ("1 cliënt zei ja en wacht", "{} keer zei een cliënt ja: dat wacht", "op wat ervan komt"),
    Kind.REVIEW: ("1 vraag van een toetser wacht", "{} vragen van toetsers wachten", "op antwoord"),
}  # one, several, on what
MAIL = """\
Goedemorgen,

Er is iets nieuws voor u in Draad.

{parts}
In deze mail staan geen namen. U leest alles in Draad: {address}
Er komt vandaag geen tweede mail. Is er morgen niets nieuws, dan komt er morgen geen mail.
"""


def letter(reader: Reader, news: Digest, now: datetime, environ: Mapping[str, str]) -> EmailMessage:
    """The mail as it is sent. Its subject is a count: subjects are read on locked screens."""
    here, address = now.astimezone(HERE), environ.get(ADDRESS, "http://127.0.0.1:8000").rstrip("/")
    count = sum(one.count for one in news.waits)
    mail = EmailMessage()
    mail["From"], mail["To"] = sender(environ), reader.email
    mail["Subject"] = _counted(count, "Draad: 1 ding wacht op u", "Draad: {} dingen wachten op u")
    mail["Date"] = format_datetime(here)
    mail["Message-ID"] = make_msgid(domain=sender(environ).rpartition("@")[2].strip("<> "))
    mail["Auto-Submitted"] = "auto-generated"  # no answers of machines
    parts = "\n".join(_parts(news, here.date(), address))
    mail.set_content(MAIL.format(parts=parts, address=address))
    return mail


def _parts(news: Digest, today: date, address: str) -> Iterator[str]:
    for kind in Kind:
        if waits := news.of(kind):
            yield _head(kind, waits, today)
            cases = list(dict.fromkeys(one.case_id for one in waits))
            yield from (f"  {address}/cases/{case}{PATHS.get(kind, '')}" for case in cases[:LINKS])
            if len(cases) > LINKS:
                yield f"  en nog {len(cases) - LINKS} in Draad"
            yield ""


def _head(kind: Kind, waits: list[Waits], today: date) -> str:
    count, first = sum(one.count for one in waits), waits[0].since
    match kind:
        case Kind.SIGNAL:
            return _counted(count, "1 nieuw signaal:", "{} nieuwe signalen:")
        case Kind.EVALUATION:
            return f"{count} keer samen terugkijken, gepland in de komende zeven dagen:"
        case _:
            one, more, for_what = WAIT[kind]
            days = _counted((today - first).days, "1 dag", "{} dagen")
            return f"{' '.join(filter(None, (_counted(count, one, more), for_what)))}, het oudste {days}:"


def _counted(count: int, one: str, more: str) -> str:
    return one if count == 1 else more.format(count)
