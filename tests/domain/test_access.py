"""Who may see a case, and on what ground: read from the case itself, on the day it is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from domain.access import Ground, Purpose, ground_of, parts_shared, purpose_said
from domain.case import Case
from domain.entry import Actor, Role
from domain.kinds import ConsentPurpose, LegalKind, Part, PartyKind, PersonKind, Scope
from tests import given

JOINED, SHARED, TODAY = date(2026, 2, 9), date(2026, 2, 16), given.TODAY
NOT_THEIRS = Actor(uuid4(), Role.CLIENT, "Karim")


def with_partner(organisation: str = given.PARTNER.organisation) -> tuple[Case, UUID]:
    """Joris of the neighbourhood team takes part; nothing is shared yet."""
    case = given.sanne()
    person = case.join_person(
        name=given.PARTNER.name,
        kind=PersonKind.WORKER,
        organisation=organisation,
        user=given.PARTNER.user,
        **given.telling(JOINED),
    )
    return case, person


def share(case: Case, to: UUID, *parts: Part, **more: object) -> int:
    facts = given.deciding(SHARED) | more
    return case.give_consent(ConsentPurpose.SHARING, to, parts or (Part.GOALS,), **facts)


def test_a_client_sees_their_own_case_and_no_other() -> None:
    case = given.sanne()
    client = replace(given.CLIENT, user=case.client_id)
    assert ground_of(client, case, TODAY) is Ground.OWN
    assert ground_of(NOT_THEIRS, case, TODAY) is None


def test_the_id_of_a_client_opens_nothing_in_another_role() -> None:
    case = given.sanne()
    assert ground_of(replace(given.WORKER, user=case.client_id), case, TODAY) is None


def test_a_representative_sees_it_for_as_long_as_they_speak_for_the_client() -> None:
    case = given.sanne()
    person = given.a_representative(case)
    account = replace(given.REPRESENTATIVE, user=person)
    assert ground_of(account, case, TODAY) is None  # takes part, and was not named
    case.name_representative(
        person, LegalKind.MENTOR, Scope.CARE, until=date(2026, 12, 1), **given.telling(SHARED)
    )
    assert ground_of(account, case, TODAY) is Ground.REPRESENTS
    assert ground_of(account, case, date(2026, 12, 1)) is Ground.REPRESENTS
    assert ground_of(account, case, date(2026, 12, 2)) is None
    case.end_representation(person, "Op eigen verzoek.", **given.telling(TODAY))
    assert ground_of(account, case, TODAY) is None


def test_a_representative_can_be_known_by_the_account_of_the_person() -> None:
    case = given.an_opened_case()
    person = case.join_person(
        name="Henk",
        kind=PersonKind.REPRESENTATIVE,
        user=given.REPRESENTATIVE.user,
        **given.telling(JOINED),
    )
    case.name_representative(person, LegalKind.MENTOR, Scope.CARE, **given.telling(SHARED))
    assert ground_of(given.REPRESENTATIVE, case, TODAY) is Ground.REPRESENTS


def test_a_parent_sees_it_until_16_then_as_the_young_person_allows_and_at_18_no_more() -> None:
    case = given.sanne()
    case.describe_client(name="Sanne Mulder", birth_date=date(2010, 11, 22), **given.telling(JOINED))
    person = given.a_representative(case)
    case.name_representative(person, LegalKind.PARENT, Scope.ALL, **given.telling(SHARED))
    parent = replace(given.REPRESENTATIVE, user=person)
    assert ground_of(parent, case, TODAY - timedelta(days=1)) is Ground.REPRESENTS
    assert ground_of(parent, case, TODAY) is None
    share(case, person, Part.GOALS, happened_on=TODAY)
    assert ground_of(parent, case, TODAY) is None  # a part is not all that is on Mijn plan
    share(case, person, *Part, happened_on=TODAY)
    assert ground_of(parent, case, TODAY) is Ground.REPRESENTS
    assert ground_of(parent, case, date(2028, 11, 21)) is Ground.REPRESENTS
    assert ground_of(parent, case, date(2028, 11, 22)) is None


def test_what_a_parent_allowed_a_parent_before_12_opens_nothing_from_16_on() -> None:
    case = given.sanne()
    case.describe_client(name="Sanne Mulder", birth_date=date(2014, 3, 1), **given.telling(JOINED))
    mother = given.a_representative(case)
    father = case.join_person(name="Vader", kind=PersonKind.REPRESENTATIVE, **given.telling(JOINED))
    for parent in (mother, father):
        case.name_representative(parent, LegalKind.PARENT, Scope.ALL, **given.telling(SHARED))
    yes = {"representative_say": given.yes(person=mother)}
    share(case, father, *Part, happened_on=date(2026, 2, 20), say=given.not_asked(), **yes)
    who, sixteen = replace(given.REPRESENTATIVE, user=father), date(2030, 3, 1)
    assert ground_of(who, case, sixteen - timedelta(days=1)) is Ground.REPRESENTS
    assert ground_of(who, case, sixteen) is None
    share(case, father, *Part, happened_on=TODAY, **yes)  # at 12 it takes the yes of both
    assert ground_of(who, case, sixteen) is Ground.REPRESENTS


def test_a_partner_who_only_takes_part_sees_nothing() -> None:
    case, _ = with_partner()
    assert ground_of(given.PARTNER, case, TODAY) is None


def test_consent_opens_the_parts_it_names_to_a_partner_at_once() -> None:
    case, person = with_partner()
    share(case, person, Part.GOALS, Part.SUPPORT)
    assert ground_of(given.PARTNER, case, SHARED) is Ground.CONSENT
    assert parts_shared(given.PARTNER, case, TODAY) == {Part.GOALS, Part.SUPPORT}


def test_consent_to_the_party_is_consent_to_who_works_there() -> None:
    case, _ = with_partner("buurtteam OOST ")
    party = case.join_party("Buurtteam Oost", PartyKind.FORMAL, "Hulp thuis.", **given.deciding(JOINED))
    share(case, party, Part.STORY)
    assert parts_shared(given.PARTNER, case, TODAY) == {Part.STORY}
    case.leave_party(party, "Klaar.", **given.telling(TODAY))
    assert ground_of(given.PARTNER, case, TODAY) is None


def test_consent_to_another_party_or_person_opens_nothing() -> None:
    case, _ = with_partner()
    other = case.join_party("Schuldhulp", PartyKind.FORMAL, "Geld.", **given.deciding(JOINED))
    share(case, other)
    share(case, given.person_called(case, "Henk Mulder"))
    assert ground_of(given.PARTNER, case, TODAY) is None


def test_consent_without_taking_part_opens_nothing() -> None:
    case = given.sanne()
    party = case.join_party("Buurtteam Oost", PartyKind.FORMAL, "Hulp thuis.", **given.deciding(JOINED))
    share(case, party)
    assert ground_of(given.PARTNER, case, TODAY) is None


def test_consent_taken_back_closes_it_the_same_day() -> None:
    case, person = with_partner()
    consent = share(case, person)
    case.withdraw_consent(consent, **given.deciding(TODAY, given.no()))
    assert ground_of(given.PARTNER, case, TODAY) is None


def test_consent_ends_after_its_last_day() -> None:
    case, person = with_partner()
    share(case, person, until=TODAY)
    assert ground_of(given.PARTNER, case, TODAY) is Ground.CONSENT
    assert ground_of(given.PARTNER, case, TODAY + timedelta(days=1)) is None


def test_consent_that_counts_later_opens_nothing_yet() -> None:
    case, person = with_partner()
    share(case, person, happened_on=TODAY, from_on=TODAY + timedelta(days=7))
    assert ground_of(given.PARTNER, case, TODAY) is None
    assert ground_of(given.PARTNER, case, TODAY + timedelta(days=7)) is Ground.CONSENT


def test_a_partner_who_left_sees_it_no_more() -> None:
    case, person = with_partner()
    share(case, person)
    case.leave_person(person, "Ander werk.", **given.telling(TODAY))
    assert ground_of(given.PARTNER, case, TODAY) is None


def test_consent_to_ask_is_no_consent_to_share() -> None:
    case, person = with_partner()
    case.give_consent(ConsentPurpose.ASKING, person, (Part.GOALS,), **given.deciding(SHARED))
    assert ground_of(given.PARTNER, case, TODAY) is None


def test_a_manager_sees_it_with_a_purpose() -> None:
    assert ground_of(given.MANAGER, given.sanne(), TODAY) is Ground.PURPOSE


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.LOG_MANAGER, Role.ADMINISTRATOR, Role.IMPORT])
def test_other_roles_have_no_ground_in_the_case(role: Role) -> None:
    assert ground_of(replace(given.COORDINATOR, role=role), given.sanne(), TODAY) is None


@pytest.mark.parametrize(
    ("kind", "words", "said"),
    [
        ("quality", "", "quality"),
        ("incident", " the  fall ", "incident: the fall"),
        ("other", "", ""),
        ("other", "Wissel", "other: Wissel"),
        ("curious", "zomaar", ""),
        ("", "", ""),
    ],
)
def test_a_purpose_is_one_of_the_list_and_other_needs_words(kind: str, words: str, said: str) -> None:
    assert purpose_said(kind, words) == said
    assert len(purpose_said(Purpose.OTHER, "a" * 999)) == 300
