"""Who came is in the feed, to whom may read it, as it stands now."""

from __future__ import annotations

import pytest
from flask import Flask

from domain.entry import Role
from domain.kinds import ConsentPurpose, Part
from tests import given
from tests.web.api.conftest import Program, Programs, is_a_problem
from tests.web.api.feeding import a_case, cancel, comes, told
from tests.web.filling import kept
from tests.web.following import joins

pytestmark = pytest.mark.usefixtures("noon")


def test_who_came_is_told_as_it_stands_now(app: Flask, ilse: Program) -> None:
    case = a_case("Mia")
    joins(case, ilse.account)
    kept(app, case)
    again = told(ilse)[1]
    contact = comes(app, case)
    (came,), again = told(ilse, again)
    assert (came["type"], came["subject"]) == ("nl.draad.contact-held", f"{case.id}/contacts")
    assert came["data"] == ilse.get(came["dataref"].removeprefix("/api/v1")).json
    assert (came["data"]["contact_id"], came["data"]["cancelled"]) == (str(contact), None)
    cancel(app, case, contact)
    (gone,), _ = told(ilse, again)
    assert gone["type"] == "nl.draad.contact-cancelled"
    assert gone["data"] == ilse.get(gone["dataref"].removeprefix("/api/v1")).json
    assert gone["data"]["contact_id"] == str(contact)
    assert gone["data"]["cancelled"]
    assert len({came["id"], gone["id"]}) == 2
    is_a_problem(ilse.get(f"/cases/{case.id}/contacts/99"), 404)


@pytest.mark.parametrize("parts", [(Part.GOALS,), (Part.GOALS, Part.PEOPLE)])
def test_who_came_is_told_to_a_partner_who_reads_of_people(
    app: Flask, program: Programs, parts: tuple[Part, ...]
) -> None:
    joris, case = program("joris", Role.PARTNER, "Oost"), a_case("Mia")
    person = joins(case, joris.account, given.TODAY)
    case.give_consent(ConsentPurpose.SHARING, person, parts, **given.deciding())
    kept(app, case)
    comes(app, case)
    came = [one for one in told(joris)[0] if one["subject"].endswith("/contacts")]
    assert len(came) == (Part.PEOPLE in parts)
