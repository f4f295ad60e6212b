"""Who works at the invented organisation De Linde, and who else has an account there."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import NAMESPACE_OID, UUID, uuid5

from domain.entry import Actor, Role

ORGANISATION = "De Linde"
NORTH, SOUTH = "Noord", "Zuid"


@dataclass(frozen=True)
class Colleague:
    """Somebody with an account at De Linde. `of`: where they work, when that is elsewhere."""

    login: str
    name: str
    role: Role
    team: str = ""
    of: str = ORGANISATION

    @property
    def user(self) -> UUID:
        """The same at every load: nobody is real here, so it may follow from the login."""
        return uuid5(NAMESPACE_OID, f"demo {self.login}")

    @property
    def actor(self) -> Actor:
        """As they stand in the entries they write."""
        return Actor(self.user, self.role, self.name, self.of, self.team)


ILSE = Colleague("ilse", "Ilse Kramer", Role.COORDINATOR, NORTH)
RUBEN = Colleague("ruben", "Ruben Aziz", Role.COORDINATOR, SOUTH)
NOOR = Colleague("noor", "Noor Bakker", Role.WORKER, NORTH)
SAMIR = Colleague("samir", "Samir El Idrissi", Role.WORKER, NORTH)
DAAN = Colleague("daan", "Daan Visser", Role.WORKER, NORTH)
PETRA = Colleague("petra", "Petra Mulder", Role.WORKER, NORTH)
FEMKE = Colleague("femke", "Femke Hoekstra", Role.WORKER, SOUTH)
JURRE = Colleague("jurre", "Jurre van den Berg", Role.WORKER, SOUTH)
HANNEKE = Colleague("hanneke", "Hanneke Tromp", Role.MANAGER)
SANNE = Colleague("sanne", "Sanne de Graaf", Role.CLIENT, of="")  # her account has the id of the client
MARIJKE = Colleague("marijke", "Marijke Wolters", Role.REPRESENTATIVE, of="")  # of Greet, her mother
PARTNER = Colleague("partner", "Bas Kuiper", Role.PARTNER, of="Houtwerkplaats Zuiderkade")  # with Sanne
HANNA = Colleague("hanna", "Hanna Veldkamp", Role.REVIEWER, of="Toezicht Wmo")
LOG_MANAGER = Colleague("logboek", "Loes Bakker", Role.LOG_MANAGER)
ADMINISTRATOR = Colleague("beheer", "Bert Hendriks", Role.ADMINISTRATOR)

STAFF = (ILSE, RUBEN, NOOR, SAMIR, DAAN, PETRA, FEMKE, JURRE, HANNEKE)
AROUND = (SANNE, MARIJKE, PARTNER, HANNA, LOG_MANAGER, ADMINISTRATOR)
WORKERS = {NORTH: (NOOR, SAMIR, DAAN, PETRA), SOUTH: (FEMKE, JURRE)}
COORDINATOR = {NORTH: ILSE, SOUTH: RUBEN}
