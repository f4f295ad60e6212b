"""The invented clients: name, birth date, law, address, and what happens to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.kinds import Address, LegalBasis
from jobs.demo import staff

# fmt: off
FIRST = (
    "Johan", "Fatma", "Bram", "Yara", "Cor", "Lina", "Mehmet", "Truus", "Willem", "Aïcha", "Hendrik",
    "Soraya", "Piet", "Gerda", "Jeroen", "Nadia", "Kees", "Rosa", "Theo", "Marjan", "Ahmed", "Joke",
    "Bas", "Ingrid", "Sjoerd", "Latifa", "Arie", "Wilma", "Tom", "Els", "Youssef", "Corrie", "Max",
    "Anja", "Dirk", "Esther", "Henk", "Zahra", "Jan", "Tineke", "Roel", "Fleur", "Gijs", "Maria",
)
LAST = (
    "Prins", "Kaya", "Hoogland", "Smeets", "van Dijk", "Bouzid", "Yılmaz", "de Wit", "van der Meer",
    "El Amrani", "Postma", "Jansen", "’t Hart", "Dekker", "van den Heuvel", "Bos", "de Haan",
    "Vermeulen", "Kuipers", "ter Horst", "Haddad", "Peeters", "van Leeuwen", "Schouten", "de Jong",
    "Benali", "Kok", "Visscher", "van Rijn", "Hofman", "Bakkali", "in ’t Veld", "Groen", "Maas",
    "van Beek", "Verhoeven", "de Boer", "Karimi", "Willems", "Brouwer", "van Vliet", "Dijkstra",
    "Op den Camp", "Silva",
)
# fmt: on


@dataclass(frozen=True)
class Invented:
    """A client who does not exist."""

    name: str
    called: str
    number: str
    born: date
    law: LegalBasis
    address: Address
    id: UUID | None = None  # of who has an account


SANNE = Invented(
    "Sanne de Graaf", "Sanne", "2024-0317", date(1992, 5, 14), LegalBasis.WMO, Address.JIJ, staff.SANNE.user
)


def invent(nr: int, opened: date) -> Invented:
    """Client number `nr` (from 0), whose case was opened on a day."""
    first, last = FIRST[nr % len(FIRST)], LAST[nr % len(LAST)]
    born = date(1938 + (nr * 17) % 62, 1 + (nr * 5) % 12, 1 + (nr * 7) % 28)
    law = (LegalBasis.WMO, LegalBasis.WLZ, LegalBasis.WMO, LegalBasis.ZVW)[nr % 4]
    number = f"{opened.year}-{100 + nr * 7:04}"
    return Invented(
        f"{first} {last}", first, number, born, law, Address.JIJ if born.year > 1985 else Address.U
    )
