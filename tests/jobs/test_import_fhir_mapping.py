"""What becomes what: small stories of one client, and the case they become."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from domain.casework import Casework
from domain.days import Precision
from domain.entry import Decider, Decision, Initiative
from domain.kinds import GoalStatus, PartyKind, PersonKind, SupportStatus, Voice
from domain.say import Stance
from domain.source import Basis
from domain.store.database import Database, settings_for
from tests.jobs.fhir import NOON, Importing, about, by, care_plan, goal, patient, reasons, visit, worker


@pytest.fixture(scope="module")
def casework(database: Database) -> Iterator[Casework]:
    casework = Casework(settings_for(database), clock=lambda: NOON)
    yield casework
    casework.close()


@pytest.fixture
def there(casework: Casework, tmp_path: Path) -> Importing:
    """Another system."""
    return Importing(casework, tmp_path / "there")


def test_a_patient_alone_is_a_case_with_a_name(there: Importing) -> None:
    there.files(patient(birthDate="1950-03-01"))
    case, plan = there.case(), there.plan()
    assert (plan.client.name, plan.client.birth_date) == ("Anna de Boer", date(1950, 3, 1))
    opening = case.entries[0]
    assert isinstance(opening, Decision)
    assert (opening.precision, opening.say.stance) == (Precision.UNKNOWN, Stance.UNKNOWN)
    assert opening.initiative is Initiative.UNKNOWN
    assert opening.decided_by(opening.say, None) is Decider.UNKNOWN


def test_a_birth_year_is_not_a_birth_date(there: Importing) -> None:
    there.files(patient(birthDate="1950"))
    assert there.plan().client.birth_date is None


def test_every_entry_says_where_it_came_from(there: Importing) -> None:
    there.files(
        patient(),
        goal(meta={"versionId": "3", "lastUpdated": "2024-05-01T10:00:00Z"}),
        visit(participant=by("Practitioner/els")),
        worker(),
    )
    for entry in there.case().entries:
        assert entry.source
        assert (entry.source.system, entry.source.basis) == (there.system, Basis.SNAPSHOT)
        assert len(entry.source.sha256) == 64
    source = there.case().entries[-1].source
    told = [e.source for e in there.case().entries if e.source and e.source.type == "Goal"]
    assert told[0].version == "3"
    assert told[0].recorded
    assert source


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ("planned", GoalStatus.IN_PLAN),
        ("accepted", GoalStatus.IN_PLAN),
        ("active", GoalStatus.IN_PLAN),
        ("on-hold", GoalStatus.PAUSED),
        ("completed", GoalStatus.REACHED),
        ("cancelled", GoalStatus.DROPPED),
        ("proposed", GoalStatus.PROPOSED),
        ("rejected", GoalStatus.TURNED_DOWN),
    ],
)
def test_a_goal_stands_as_it_stood_there_and_nobody_knows_if_the_client_agreed(
    there: Importing, said: str, stands: GoalStatus
) -> None:
    there.files(patient(), goal(status=said, statusDate="2025-03-01"))
    plan = there.plan()
    ((goal_id, held),) = plan.goals.items()
    assert (held.status, held.words) == (stands, "Weer lopen")
    assert all(p.say.stance is Stance.UNKNOWN for p in plan.stances_on(goal_id).of())
    assert plan.opened_on == date(2025, 3, 1)
    assert not plan.loose


def test_a_missing_date_is_unknown_and_never_today(there: Importing) -> None:
    there.files(patient(), goal())
    assert {e.precision for e in there.case().entries} == {Precision.UNKNOWN}


def test_a_month_stays_a_month(there: Importing) -> None:
    there.files(patient(), goal(startDate="2024-05"))
    told = there.case().entries[1]
    assert (told.happened_on, told.precision) == (date(2024, 5, 1), Precision.MONTH)


def test_what_starts_later_has_not_happened(there: Importing) -> None:
    there.files(patient(), goal(startDate="2027-01-01"))
    told = there.case().entries[1]
    assert (told.happened_on, told.precision) == (NOON.date(), Precision.UNKNOWN)
    assert [held.since for held in there.plan().goals.values()] == [date(2027, 1, 1)]


@pytest.mark.parametrize(
    ("reference", "voice"),
    [("Patient/anna", Voice.CLIENT), ("Practitioner/els", Voice.WORKER), (None, Voice.UNKNOWN)],
)
def test_whose_words_a_goal_is_in_only_when_the_source_says_so(
    there: Importing, reference: str | None, voice: Voice
) -> None:
    said = {"reference": reference} if reference else None
    there.files(patient(), worker(), goal(expressedBy=said))
    (held,) = there.plan().goals.values()
    assert held.words_of is voice


def test_words_are_kept_as_they_were_written(there: Importing) -> None:
    words = "Ik wil «gewoon» weer   naar de markt, hè?\nMet m'n zus."
    there.files(patient(), goal(words=words))
    (held,) = there.plan().goals.values()
    assert held.words == words


def test_signs_that_turn_text_around_are_left_out(there: Importing) -> None:
    there.files(patient(name="Anna\u202e de Boer\u200b"))
    assert there.plan().client.name == "Anna de Boer"


def test_an_activity_of_a_plan_is_support_for_its_goal(there: Importing) -> None:
    activity = {
        "code": {"text": "Hulp bij het huishouden"},
        "status": "in-progress",
        "goal": [{"reference": "Goal/walking"}],
        "performer": [{"reference": "Organization/thuis"}],
    }
    there.files(
        patient(),
        goal(),
        care_plan(activity, period={"start": "2025-01-06", "end": "2027-01-06"}),
        {"resourceType": "Organization", "id": "thuis", "name": "Thuis Best"},
    )
    plan = there.plan()
    (support,) = plan.supports.values()
    assert (support.what, support.status, support.provider) == (
        "Hulp bij het huishouden",
        SupportStatus.RUNNING,
        "Thuis Best",
    )
    assert (support.started_on, support.ended_on) == (date(2025, 1, 6), date(2027, 1, 6))
    assert support.goal_id in plan.goals


def test_an_activity_that_goes_on_in_a_plan_that_is_over_stands_unknown(there: Importing) -> None:
    there.files(patient(), care_plan({"description": "Zwemmen", "status": "in-progress"}, status="completed"))
    (support,) = there.plan().supports.values()
    assert (support.status, support.said_elsewhere) == (SupportStatus.UNKNOWN, "completed/in-progress")


def test_a_care_team_brings_people_and_parties_and_never_the_client(there: Importing) -> None:
    there.files(
        patient(),
        worker(),
        {"resourceType": "Organization", "id": "thuis", "name": "Thuis Best"},
        {
            "resourceType": "RelatedPerson",
            "id": "zus",
            "patient": {"reference": "Patient/anna"},
            "name": [{"text": "Mia"}],
            "relationship": [{"text": "zus"}],
        },
        about(
            "CareTeam",
            "team",
            status="active",
            period={"start": "2025-02-01"},
            participant=[
                {"member": {"reference": reference}, "role": [{"text": "wijkteam"}]}
                for reference in (
                    "Patient/anna",
                    "Practitioner/els",
                    "Organization/thuis",
                    "RelatedPerson/zus",
                )
            ],
        ),
    )
    plan = there.plan()
    kinds = {person.name: person.kind for person in plan.people.values()}
    assert kinds == {"Els Bakker": PersonKind.WORKER, "Mia": PersonKind.RELATIVE}
    assert [(p.name, p.kind, p.purpose) for p in plan.parties.values()] == [
        ("Thuis Best", PartyKind.FORMAL, "wijkteam")
    ]
    assert {person.since for person in plan.people.values()} == {date(2025, 2, 1)}


def test_who_left_the_team_has_left(there: Importing) -> None:
    there.files(patient(), worker(), _team({"start": "2024-01-01", "end": "2024-06-30"}))
    (els,) = there.plan().people.values()
    assert (els.since, els.until) == (date(2024, 1, 1), date(2024, 6, 30))


def test_who_came_after_the_team_ended_has_not_left(there: Importing) -> None:
    ended = _team({"start": "2024-01-01", "end": "2024-06-30"})
    there.files(patient(), worker(), ended, visit(participant=by("Practitioner/els")))
    (els,) = there.plan().people.values()
    assert els.until is None


def test_nobody_has_left_while_something_about_the_client_is_held(there: Importing) -> None:
    ended = _team({"start": "2024-01-01", "end": "2024-06-30"})
    there.files(patient(), worker(), ended, visit("later", "2026-03-02"))
    (els,) = there.plan().people.values()
    assert els.until is None


def _team(period: dict[str, str]) -> dict[str, object]:
    inside = [{"member": {"reference": "Practitioner/els"}}]
    return about("CareTeam", "team", status="active", period=period, participant=inside)


def test_a_visit_is_a_contact_with_its_worker_hour_length_and_organisation(there: Importing) -> None:
    there.files(
        patient(),
        worker(),
        {"resourceType": "Organization", "id": "thuis", "name": "Thuis Best"},
        visit(
            period={"start": "2026-03-02T09:30:00+01:00", "end": "2026-03-02T10:15:00+01:00"},
            participant=by("Practitioner/els", "Patient/anna"),
            serviceProvider={"reference": "Organization/thuis"},
        ),
    )
    (contact,) = there.log().held
    ((els, person),) = there.plan().people.items()
    assert (contact.workers, contact.organisation, contact.minutes) == ((els,), "Thuis Best", 45)
    assert contact.started_at.isoformat() == "2026-03-02T09:30:00+01:00"
    assert (person.since, person.organisation) == (date(2026, 3, 2), "Thuis Best")


def test_a_visit_by_nobody_named_is_a_contact_without_a_worker(there: Importing) -> None:
    there.files(patient(), visit())
    assert [contact.workers for contact in there.log().held] == [()]


def test_two_records_with_one_number_are_one_worker(there: Importing) -> None:
    there.files(
        patient(),
        worker("els", number="42"),
        worker("e-bakker", name="E. Bakker", number="42"),
        visit("one", participant=by("Practitioner/els")),
        visit("two", participant=by("Practitioner/e-bakker")),
    )
    assert len(there.plan().people) == 1
    assert len({contact.workers for contact in there.log().held}) == 1


def test_two_workers_of_one_name_stay_two(there: Importing) -> None:
    there.files(
        patient(),
        worker("one", number="1"),
        worker("two", number="2"),
        visit("first", participant=by("Practitioner/one")),
        visit("second", participant=by("Practitioner/two")),
    )
    assert len(there.plan().people) == 2


@pytest.mark.parametrize(
    "reference",
    [
        {"reference": "Practitioner/els"},
        {"reference": "Practitioner/els/_history/2"},
        {"reference": "urn:uuid:6f1f6a6e-0000-4000-8000-000000000001"},
        {"reference": "http://fhir.there/r4/Practitioner/els"},
        {"reference": "Practitioner?identifier=http://agb|1"},
        {"identifier": {"system": "http://agb", "value": "1"}},
        {"reference": "#inside"},
        {"display": "Els Bakker"},
    ],
)
def test_every_way_to_point_at_a_worker_is_followed(there: Importing, reference: dict[str, object]) -> None:
    literal = str(reference.get("reference", ""))
    inside = [worker("inside")] if literal.startswith("#") else []
    contact = visit(participant=[{"individual": reference}], contained=inside)
    url = literal if literal.startswith(("urn", "http")) else ""
    there.folder.mkdir()
    entry = [{"resource": patient()}, {"resource": contact}, {"resource": worker(), "fullUrl": url}]
    (there.folder / "all.json").write_text(json.dumps({"resourceType": "Bundle", "entry": entry}))
    there.paths(there.folder)
    assert [person.name for person in there.plan().people.values()] == ["Els Bakker"]


@pytest.mark.parametrize(
    ("resource", "why"),
    [
        (goal(modifierExtension=[{"url": "http://x/ask-spouse"}]), "modifierExtension http://x/ask-spouse"),
        (goal(target=[{"modifierExtension": [{"url": "http://x/not"}]}]), "modifierExtension http://x/not"),
        (goal(implicitRules="http://x/rules"), "implicitRules"),
        (goal(expressedBy={"reference": "Practitioner/gone"}), "not in these files: Practitioner/…"),
        (goal(description={"coding": [{"code": "1"}]}), "no description in words"),
        (goal(status="unheard-of"), "lifecycleStatus"),
        (goal(startDate="soon"), "is not a date: startDate"),
        (goal(words="a" * 200_000), "longer than 128 kB"),
        (visit(period={"start": "2026-03-02"}), "without the hour"),
        (visit(period={"start": "2026-03-02T09:30:00"}), "time zone"),
        (visit(period={"start": "2024-02-30T10:00:00Z"}), "not a moment"),
        (visit(period={"start": "2027-03-02T09:30:00Z"}), "not begun yet"),
        (visit(status="planned"), "nobody came, or not yet: planned"),
        (visit(participant=by("Practitioner/gone")), "not in these files"),
        (care_plan(), "without activities"),
        (care_plan({"description": "Zwemmen"}, intent="proposal"), "this intent: proposal"),
        (care_plan({"description": "Zwemmen", "doNotPerform": True}), "doNotPerform"),
        (care_plan({}), "activity.reference"),
        (goal(subject={"reference": "Patient/gone"}), "its patient is not in these files"),
        (goal(subject={"display": "Anna"}), "its patient is not in these files"),
        (goal(id=""), "has no id"),
    ],
)
def test_what_is_not_understood_is_held_with_its_reason(
    there: Importing, resource: dict[str, object], why: str
) -> None:
    summary = there.files(patient(), resource)
    assert why in reasons(summary)[str(resource["id"])]
    assert not there.plan().goals
    assert not there.plan().supports
    assert not there.log().held


@pytest.mark.parametrize(
    "held",
    [
        {"modifierExtension": [{"url": "http://x/fictitious"}]},
        {"active": False},
        {"link": [{"type": "replaced-by", "other": {"reference": "Patient/other"}}]},
        {"name": []},
    ],
)
def test_a_patient_who_is_held_takes_everything_along(there: Importing, held: dict[str, object]) -> None:
    summary = there.files({**patient(), **held}, goal(), patient("ben", "Ben"))
    assert summary.cases == 1
    assert set(reasons(summary)) == {"anna", "walking"}
    assert "its patient is held" in reasons(summary)["walking"]


def test_what_has_no_place_here_is_skipped_and_kept(there: Importing) -> None:
    summary = there.files(patient(), about("Observation", "pulse"))
    assert [(one.type, one.reason) for one in summary.skipped] == [
        ("Observation", "Draad has no place for this kind: Observation")
    ]


def test_what_was_entered_in_error_is_not_told(there: Importing) -> None:
    summary = there.files(patient(), goal(status="entered-in-error"), visit(status="entered-in-error"))
    assert {one.reason for one in summary.skipped} == {"entered in error, and never imported"}
    assert not there.plan().goals
    assert not there.log().held


def test_a_server_that_names_itself_is_the_system(there: Importing) -> None:
    system = f"{there.system}/epd"
    there.files(patient(meta={"source": f"{system}#request-7"}), goal())
    named = Importing(there.casework, there.folder, system)
    (held,) = named.plan().goals.values()
    assert held.words == "Weer lopen"
