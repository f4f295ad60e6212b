"""What another Draad tells is told again, entry by entry; and what it must not bring with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from domain.access import used_in_emergency
from domain.case import Case
from domain.casework import Casework
from domain.days import local_day
from domain.entry import Role
from domain.kinds import ConsentPurpose, Part, PersonKind, Voice, WhyRestricted, WhyWithdrawn, WishForm
from domain.say import Means, Stance
from domain.store.database import Database, settings_for
from domain.store.imports import raw_of
from domain.store.pool import connect
from jobs.imports.summary import Summary
from projections.masked import shared
from tests import given
from tests.forgetting import destroyed, swept
from tests.jobs.fhir import IMPORTER, NOON, Importing, about, goal, patient, reasons
from tests.projections.export.fhir_bundles import Node, all_of, of


@pytest.fixture(scope="module")
def casework(database: Database) -> Iterator[Casework]:
    with closing(Casework(settings_for(database), clock=lambda: NOON)) as casework:
        yield casework


@pytest.fixture
def there(casework: Casework, tmp_path: Path) -> Importing:
    """Another Draad: a system of its own for each test, as the tests tell the same stories."""
    return Importing(casework, tmp_path)


def told(there: Importing, bundle: Node) -> Summary:
    """Import this bundle of a Draad."""
    for entry in bundle["entry"]:
        entry["resource"]["meta"]["source"] = there.system
    (there.folder / "bundle.json").write_text(json.dumps(bundle))
    return there.paths(there.folder)


def here(there: Importing) -> Case:
    (case,) = there.cases()
    return case


def entry_of(bundle: Node, topic: str) -> Any:
    """The Provenance of the last entry of a kind."""
    found = all_of(bundle, "Provenance")
    return [p for p in found if p["activity"]["coding"][0]["code"] == topic][-1]


def part(provenance: Any, name: str) -> Any:
    """A part of the extension that holds the whole entry."""
    return next(one for one in provenance["extension"][0]["extension"] if one["url"] == name)


def test_a_no_a_yes_and_an_open_question_stand_here_as_they_stood_there(there: Importing) -> None:
    there_, summary = given.lena(), told(there, of(given.lena()))
    assert not [one for one in summary.held if one.type == "Provenance"]
    case = here(there)
    assert [type(e) for e in case.entries] == [type(e) for e in there_.entries]
    (position,) = case.plan.stances_on(given.the(case.plan.goals)).of()
    assert (position.say.stance, position.say.means) == (Stance.DISAGREES, Means.OWN_HAND)
    assert case.plan.open_question(given.the(case.plan.goals))


def test_a_later_bundle_adds_what_is_new_and_nothing_else(there: Importing) -> None:
    case = given.sanne()
    told(there, of(case, known=case.entries[9].timestamp))
    before = [e.TOPIC for e in here(there).entries]
    told(there, of(case))
    assert [e.TOPIC for e in here(there).entries] == [e.TOPIC for e in case.entries]
    assert before == [e.TOPIC for e in case.entries][: len(before)]
    assert told(there, of(case)).as_json()["entries"] == 0


def test_entries_that_are_left_out_move_the_numbers_of_the_others(there: Importing) -> None:
    case, refusal = given.karim(), given.the(given.karim().plan.refusals)
    case.voice_wish("Van een ander.", WishForm.SAID, Voice.CLIENT, **given.telling(date(2026, 2, 1)))
    wish = len(case.entries)
    case.add_statement(refusal, "Zo was het.", **given.telling(by=given.CLIENT))
    case.withdraw_entry(wish + 1, WhyWithdrawn.DOUBLE, **given.telling(by=given.CLIENT))
    case.withdraw_entry(wish, WhyWithdrawn.WRONG_CLIENT, **given.telling())
    told(there, of(case))
    *_, statement, withdrawal = here(there).entries
    assert [statement.concerns, statement.number] == [refusal, wish]
    assert withdrawal.withdraws == statement.number


def test_what_speaks_of_an_entry_that_is_not_there_is_held(there: Importing) -> None:
    bundle = of(given.karim())
    gone = entry_of(bundle, "support_refused")
    bundle["entry"] = [e for e in bundle["entry"] if e["resource"] is not gone]
    held = reasons(told(there, bundle))
    assert "speaks of an entry that is not in these files" in held.values()
    assert not here(there).plan.refusals


def test_what_may_not_be_used_there_is_not_brought_here(there: Importing) -> None:
    case = given.sanne()
    wish = next(e.number for e in case.entries if e.TOPIC == "wish_voiced")
    case.restrict_entry(wish, WhyRestricted.OBJECTION, **given.telling())
    assert not told(there, of(case)).held
    assert not here(there).plan.wishes


def test_an_entry_that_was_destroyed_there_takes_none_of_ours_away(there: Importing) -> None:
    bundle = of(given.karim())
    last = entry_of(bundle, "refusal_respected")
    last["activity"]["coding"][0]["code"] = "entry_destroyed"
    assert "tells that an entry was destroyed there" in reasons(told(there, bundle)).values()


@pytest.mark.parametrize("topic", ["erased", "no_such_event", "contact_held"])
def test_an_event_that_is_none_of_a_case_is_held(there: Importing, topic: str) -> None:
    bundle = of(given.karim())
    entry_of(bundle, "refusal_respected")["activity"]["coding"][0]["code"] = topic
    assert "is an event that this Draad does not know" in reasons(told(there, bundle)).values()


@pytest.mark.parametrize("day", ["soon", "2026-12-24"])
def test_of_a_case_that_cannot_be_opened_as_it_says_all_is_held(there: Importing, day: str) -> None:
    bundle = of(given.karim())
    part(entry_of(bundle, "case_opened"), "happened-on")["valueDate"] = day
    summary = told(there, bundle)
    assert summary.as_json()["cases"] == 0
    assert {one.reason.partition(":")[0] for one in summary.held} == {"its case cannot be opened as it says"}


def test_what_another_system_says_of_the_same_client_is_read_as_ever(there: Importing) -> None:
    bundle = of(given.sanne())
    patient = all_of(bundle, "Patient")[0]["id"]
    other = about("Goal", "other", lifecycleStatus="active", description={"text": "Weer lopen"})
    other |= {"meta": {"source": "http://else"}, "subject": {"reference": f"urn:uuid:{patient}"}}
    for entry in bundle["entry"]:
        entry["resource"]["meta"]["source"] = there.system
    (there.folder / "bundle.json").write_text(
        json.dumps({**bundle, "entry": [*bundle["entry"], {"resource": other}]})
    )
    there.paths(there.folder)
    goals = [goal.words for goal in here(there).plan.goals.values()]
    assert goals == ["Ik kook drie keer per week zelf.", "Weer lopen"]


def test_a_broken_extension_is_held(there: Importing) -> None:
    bundle = of(given.karim())
    part(entry_of(bundle, "refusal_respected"), "happened-on")["valueDate"] = "soon"
    assert "has an own extension that is not as it should be" in reasons(told(there, bundle)).values()


def test_a_say_that_misses_how_it_came_is_held(there: Importing) -> None:
    bundle = of(given.sanne())
    say = part(entry_of(bundle, "support_scaled_down"), "say")
    say["extension"] = [one for one in say["extension"] if one["url"] != "means"]
    assert "has an own extension that misses something" in reasons(told(there, bundle)).values()


def test_a_file_says_neither_whose_account_it_is_nor_when_it_was_recorded_here(there: Importing) -> None:
    bundle = of(given.sanne())
    inside = entry_of(bundle, "person_joined")["extension"][0]["extension"]
    inside += [
        {"url": "user", "valueUri": f"urn:uuid:{given.WORKER.user}"},
        {"url": "timestamp", "valueInstant": "2020-01-01T00:00:00Z"},
        {"url": "originator-version", "valueInteger": 1},
    ]
    told(there, bundle)
    case = here(there)
    assert {person.user for person in case.plan.people.values()} == {None}
    assert {entry.timestamp for entry in case.entries} == {NOON}


def test_what_changes_its_meaning_is_held_here_too(there: Importing) -> None:
    bundle = of(given.karim())
    last = entry_of(bundle, "refusal_respected")
    last["modifierExtension"] = [{"url": "http://else", "valueBoolean": True}]
    held = reasons(told(there, bundle)).values()
    assert "holds what is not understood: modifierExtension http://else" in held


def test_what_a_rule_refuses_is_held_with_the_rule(there: Importing) -> None:
    bundle = of(given.karim())
    part(entry_of(bundle, "refusal_respected"), "happened-on")["valueDate"] = "2026-12-24"
    assert any(one.type == "Provenance" and one.reason for one in told(there, bundle).held)


def test_the_import_opens_the_case_and_lets_nobody_in(there: Importing) -> None:
    case = given.sanne(clock=given.a_clock())
    given.clock_of(case).to(given.TODAY)
    case.use_emergency_access("Zij valt.", **given.telling(by=given.WORKER))
    told(there, of(case))
    ours, today = here(there), local_day(NOON)
    assert used_in_emergency(given.WORKER, case, today)
    assert ours.entries[-1].TOPIC == "emergency_access_used"
    assert not used_in_emergency(given.WORKER, ours, today)
    assert ours.entries[0].by == IMPORTER


def test_the_clients_own_hand_stays_theirs(there: Importing) -> None:
    case = given.lena()
    told(there, of(case))
    own = [e for e in here(there).entries if e.by.role is Role.CLIENT]
    assert [e.TOPIC for e in own] == ["stance_taken", "disagreement_voiced"]
    assert {e.by.team for e in here(there).entries} == {""}


def test_a_partner_reads_out_and_in_what_was_shared(there: Importing) -> None:
    case = given.sanne()
    person = case.join_person(
        name="Joris", kind=PersonKind.WORKER, user=given.PARTNER.user, **given.telling()
    )
    case.give_consent(ConsentPurpose.SHARING, person, (Part.GOALS,), **given.deciding())
    read = case.read_as(shared(given.PARTNER, case.entries, (Part.GOALS,), given.TODAY))
    told(there, of(read, team=given.PARTNER.team))
    plan = here(there).plan
    assert [goal.words for goal in plan.goals.values()] == ["Ik kook drie keer per week zelf."]
    assert (plan.question, plan.supports) == ("", {})


def left_of(database: Database, there: Importing, case: Case, id: str) -> set[str]:
    """The ids of what is kept as it came, once the entry that was read from this resource was destroyed."""
    entry = next(e for e in case.entries if e.source and e.source.id == id)
    destroyed(there.casework, case, entry.number)
    swept(database, there.casework)
    assert there.paths(there.folder).entries == 0, "the same file does not bring it back"
    with connect(database) as db:
        return {raw.id for raw in raw_of(db, there.casework.vault, case.id)}


def test_what_a_destroyed_entry_was_read_from_goes_too(there: Importing, database: Database) -> None:
    there.files(patient(), goal(), goal("singing"))
    assert left_of(database, there, here(there), "walking") == {"anna", "singing"}


def test_of_another_draad_all_goes_that_shows_the_same_words(there: Importing, database: Database) -> None:
    told(there, of(given.lena()))
    case = here(there)
    second = case.entries[1].source
    assert second
    assert not left_of(database, there, case, second.id)
