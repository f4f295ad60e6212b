"""What other systems say about clients, told as entries with their source."""

from uuid import UUID

from domain.entry import Actor, Role

IMPORTER = Actor(UUID(int=0), Role.IMPORT, "Import")  # of no team: every coordinator sees what came in
