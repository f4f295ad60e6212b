"""The API: the same reads and the same commands as the pages, for programs that hold a token."""

from web.api import commands, events, fhir, page
from web.api.reads import blueprint

__all__ = ["blueprint", "commands", "events", "fhir", "page"]
