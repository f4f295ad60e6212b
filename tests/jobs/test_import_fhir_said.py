"""What was said, done and looked at elsewhere: Consent, ServiceRequest, Task, Provenance, AuditEvent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from domain.casework import Casework
from domain.consent import ConsentGiven, ConsentWithdrawn
from domain.imported import StateImported
from domain.kinds import ConsentPurpose, SupportStatus
from domain.refusals import SupportRefused
from domain.say import Means, Stance
from domain.source import Basis
from domain.store.database import Database, settings_for
from tests.jobs.fhir import NOON, Importing, about, goal, patient, reasons, visit, worker

ANNA = {"reference": "Patient/anna"}
ELS = {"reference": "Practitioner/els"}
SCOPE = {"coding": [{"code": "patient-privacy"}]}


@pytest.fixture
def casework(database: Database) -> Iterator[Casework]:
    casework = Casework(settings_for(database))
    yield casework
    casework.close()


@pytest.fixture
def there(casework: Casework, tmp_path: Path) -> Importing:
    """Another system."""
    return Importing(casework, tmp_path / "there")


def consent(rule: str = "permit", status: str = "active", **more: Any) -> dict[str, Any]:
    actor = [{"role": {"coding": [{"code": "PRCP"}]}, "reference": ELS}]
    provision = {"type": rule, "actor": actor, "code": [{"text": "Overleg met de huisarts"}]}
    told = {"status": status, "scope": SCOPE, "patient": ANNA, "provision": provision, **more}
    return {"resourceType": "Consent", "id": "yes", "dateTime": "2026-02-01", **told}


def order(**more: Any) -> dict[str, Any]:
    told = {"status": "active", "intent": "order", "doNotPerform": True, "code": {"text": "Nachtzorg"}}
    return about("ServiceRequest", "order", **{**told, **more})


def last(there: Importing, kind: type[Any]) -> Any:
    return next((e for e in reversed(there.case().entries) if isinstance(e, kind)), None)


def test_a_yes_there_is_a_yes_that_was_reported_and_shares_nothing_here(there: Importing) -> None:
    there.files(patient(), worker(), consent())
    given = last(there, ConsentGiven)
    (els,) = there.plan().people
    assert (given.purpose, given.to, given.parts) == (ConsentPurpose.OTHER, els, ())
    assert (given.what, given.say.stance, given.say.means) == (
        "Overleg met de huisarts",
        Stance.AGREES,
        Means.REPORTED,
    )
    assert (given.source.basis, str(given.happened_on)) == (Basis.STATED, "2026-02-01")


@pytest.mark.parametrize("no", [consent("deny"), consent(status="inactive"), consent(status="rejected")])
def test_a_yes_that_is_one_no_longer_was_taken_back(there: Importing, no: dict[str, Any]) -> None:
    there.files(patient(), worker(), consent())
    for _ in range(2):
        there.files(patient(), worker(), no)
    taken = [e for e in there.case().entries if isinstance(e, ConsentWithdrawn)]
    assert [e.consent for e in taken] == [last(there, ConsentGiven).number]
    assert not there.plan().refusals
    assert not there.plan().loose


def test_a_no_where_no_yes_is_known_is_a_refusal(there: Importing) -> None:
    there.files(patient(), consent("deny"))
    said = last(there, SupportRefused)
    (support,) = there.plan().supports.values()
    assert (said.say.stance, said.say.means) == (Stance.DISAGREES, Means.REPORTED)
    assert (support.what, support.status) == ("Overleg met de huisarts", SupportStatus.REFUSED)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"performer": [ELS]}, "somebody else than the client"),
        ({"status": "proposed"}, "this status: proposed"),
        ({"provision": {"type": "permit", "provision": [{"type": "deny"}]}}, "exceptions"),
        ({"provision": {"actor": []}}, "whether it allows or forbids"),
        ({"provision": {"type": "permit"}}, "the one person or organisation"),
        ({"provision": {"type": "deny"}, "scope": {}}, "in words"),
    ],
)
def test_a_consent_that_is_not_plain_is_held(there: Importing, changed: dict[str, Any], why: str) -> None:
    summary = there.files(patient(), worker(), consent(**changed))
    assert why in reasons(summary)["yes"]
    assert not there.plan().consents
    assert not there.plan().refusals


def test_a_yes_that_changed_is_held(there: Importing) -> None:
    there.files(patient(), worker(), consent())
    longer = {**consent()["provision"], "period": {"end": "2027-01-01"}}
    assert "changed since" in reasons(there.files(patient(), worker(), consent(provision=longer)))["yes"]
    there.files(patient(), worker(), consent("deny"))
    assert "changed since" in reasons(there.files(patient(), worker(), consent()))["yes"]


@pytest.mark.parametrize(("requester", "their_own"), [(None, False), (ELS, False), (ANNA, True)])
def test_what_is_not_to_be_done_is_the_clients_no_only_when_they_asked_for_it(
    there: Importing, requester: dict[str, str] | None, *, their_own: bool
) -> None:
    there.files(patient(), worker(), order(requester=requester))
    (support,) = there.plan().supports.values()
    assert (support.what, support.status) == ("Nachtzorg", SupportStatus.REFUSED)
    assert bool(support.refusals) is their_own


def test_another_version_of_a_no_adds_only_what_it_says_anew(there: Importing) -> None:
    for note, entries in (("eerst", 4), ("later", 0)):
        assert there.files(patient(), order(requester=ANNA, note=[{"text": note}])).entries == entries
    there.files(patient(), order(requester=ANNA, status="revoked"))
    (support,) = there.plan().supports.values()
    assert (support.status, len(support.refusals)) == (SupportStatus.UNKNOWN, 1)


def test_an_order_and_work_that_is_turned_down_are_no_refusal(there: Importing) -> None:
    summary = there.files(
        patient(),
        order(doNotPerform=False),
        {"resourceType": "Task", "id": "work", "for": ANNA, "status": "rejected", "owner": ELS},
        {"resourceType": "Task", "id": "mine", "for": ANNA, "status": "rejected", "owner": ANNA},
    )
    skipped = {one.id: one.reason for one in summary.skipped}
    assert "is an order" in skipped["order"]
    assert "not a no of the client" in skipped["work"]
    assert "has to be asked" in reasons(summary)["mine"]
    assert not there.plan().refusals
    assert not there.plan().supports


def vouching(id: str, recorded: str, *targets: str, **more: Any) -> dict[str, Any]:
    agent = [{"type": {"coding": [{"code": "author"}]}, "who": ELS, "onBehalfOf": {"display": "Thuis Best"}}]
    about = [{"reference": target} for target in targets]
    told = {"target": about, "recorded": recorded, "agent": agent, **more}
    return {"resourceType": "Provenance", "id": id, **told}


@pytest.mark.parametrize("first", [True, False])
def test_when_and_by_whom_it_was_written_there_is_known_here(there: Importing, *, first: bool) -> None:
    story = [patient(), worker(), goal(), visit()]
    vouched = [
        vouching("late", "2026-03-03T10:00:00Z", "Goal/walking", "Encounter/visit"),
        vouching("early", "2026-03-01T10:00:00Z", "Goal/walking"),
        vouching("other", "2026-03-09T10:00:00Z", "Goal/walking/_history/7"),
    ]
    summary = there.files(*(vouched + story if first else story + vouched))
    told, came = last(there, StateImported), there.log().held[-1]
    for one in (told, came):
        assert one.source
        assert one.source.recorded == datetime(2026, 3, 3, 10, tzinfo=UTC)
        assert (one.by.name, one.by.organisation) == ("Els Bakker", "Thuis Best")
    assert (summary.held, summary.imported) == ([], 7)


def test_two_authors_are_none(there: Importing) -> None:
    agents = [{"who": ELS}, {"who": {"display": "Tom"}}]
    there.files(
        patient(), worker(), goal(), vouching("both", "2026-03-03T10:00:00Z", "Goal/walking", agent=agents)
    )
    assert last(there, StateImported).by.name == "import"


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (vouching("p", "2026-03-03", "Goal/walking"), "when it was recorded"),
        (vouching("p", "2099-03-03T10:00:00Z", "Goal/walking"), "when it was recorded"),
        (vouching("p", "2026-03-03T10:00:00Z", "Goal/walking", "Goal/gone"), "not in these files: Goal/…"),
        (vouching("p", "2026-03-03T10:00:00Z", "Goal/gone"), "its patient is not in these files"),
    ],
)
def test_who_wrote_it_is_held_when_it_is_not_sure(there: Importing, one: dict[str, Any], why: str) -> None:
    assert why in reasons(there.files(patient(), worker(), goal(), one))["p"]
    assert last(there, StateImported).source.recorded is None


def look(id: str = "look", **more: Any) -> dict[str, Any]:
    agent = [{"requestor": True, "who": ELS}, {"requestor": False, "name": "EPD"}]
    told = {"action": "R", "recorded": "2026-03-03T10:00:00Z", "outcome": "0", "agent": agent}
    entity = [{"what": {"reference": "Patient/anna/_history/1"}}]
    return {"resourceType": "AuditEvent", "id": id, "entity": entity, **told, **more}


def test_who_looked_there_stands_in_the_log_once_and_marked(there: Importing) -> None:
    story = [patient(), worker(), look(), look("refused", outcome="8", recorded="2026-03-04T10:00:00Z")]
    there.files(*story)
    there.files(*story)
    there.files(*story, goal())
    first, second = there.looks()
    assert first == {
        "event_code": "read",
        "action": "R",
        "user_name": "Els Bakker",
        "user_role": "import",
        "authorisation_protocol": "elsewhere",
        "source_id": there.system,
        "outcome": "ok",
        "occurred_at": datetime(2026, 3, 3, 10, tzinfo=UTC),
    }
    assert second["outcome"] == "not_shown"


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"recorded": NOON.replace(year=2099).isoformat()}, "when somebody looked"),
        ({"agent": [{"requestor": True, "who": {"identifier": {"value": "95"}}}]}, "the one who looked"),
        ({"entity": []}, "its patient is not in these files"),
    ],
)
def test_a_look_that_is_not_plain_is_held(there: Importing, changed: dict[str, Any], why: str) -> None:
    assert why in reasons(there.files(patient(), worker(), look(**changed)))["look"]
    assert not there.looks()


def test_a_look_that_changed_there_stays_as_it_stands(there: Importing) -> None:
    there.files(patient(), worker(), look())
    assert "changed since" in reasons(there.files(patient(), worker(), look(action="E")))["look"]
    assert [line["event_code"] for line in there.looks()] == ["read"]
