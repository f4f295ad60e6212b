"""What goes into a log of what happened: the days, the choices, the say; and nobody's words or names."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from domain.case import Case
from domain.contacts import ContactLog
from domain.kinds import ByWhom, Voice, WhyRestricted, WhyWithdrawn
from projections.export.log import ocel, xes
from projections.export.log.asked import Period
from projections.export.log.happening import CaseLog, Happening, case_log
from projections.export.log.names import Names
from tests import given

NOW = given.a_clock()()
ALWAYS = Period()


def told(case: Case, contacts: ContactLog | None = None, **how: Any) -> CaseLog:
    log = contacts or ContactLog.open(case.id, case.client_id, NOW)
    asked: dict[str, Any] = {"known": NOW + timedelta(days=1), "period": ALWAYS, "names": Names()} | how
    return case_log(case, log, **asked)


def a_visit(case: Case, *workers: UUID, day: int = 2) -> ContactLog:
    log = ContactLog.open(case.id, case.client_id, NOW)
    log.hold_contact(
        by=given.WORKER,
        workers=workers,
        organisation="De Brug",
        started_at=datetime(2026, 3, day, 9, tzinfo=UTC),
        minutes=45,
        recorded=NOW,
    )
    return log


def the(log: CaseLog, activity: str) -> Happening:
    return next(one for one in log.happenings if one.activity == activity)


def as_xes(*logs: CaseLog) -> Element:
    xes.write(out := io.BytesIO(), logs)
    return fromstring(out.getvalue())


def as_ocel(*logs: CaseLog) -> dict[str, Any]:
    ocel.write(out := io.BytesIO(), logs)
    read: dict[str, Any] = json.loads(out.getvalue())
    return read


def test_every_entry_and_contact_that_stands_is_there_in_the_order_of_its_day() -> None:
    case = given.sanne()
    log = told(case, a_visit(case, UUID(int=7)))
    assert len(log.happenings) == len(case.entries) + 1
    days = [one.at for one in log.happenings]
    assert days == sorted(days)
    assert {one.activity for one in log.happenings} >= {"case opened", "support scaled down", "contact held"}


def test_a_decision_says_what_the_client_said_whose_idea_it_was_and_who_decided() -> None:
    facts = the(told(given.karim()), "support refused").facts
    assert (facts["stance"], facts["means"], facts["decided_by"]) == ("disagrees", "spoken", "client")
    assert facts["initiative"] == "client"


def test_who_was_not_asked_has_the_reason_beside_it() -> None:
    case = given.with_goal()
    case.agree_goal(given.the(case.plan.goals), **given.deciding(say=given.not_asked()))
    facts = the(told(case), "goal agreed").facts
    assert (facts["stance"], facts["why_not_asked"]) == ("not_asked", "was_not_there")


def test_what_was_read_back_counts_as_it_was_read_back() -> None:
    case = given.karim()
    refusal = next(e for e in case.entries if e.TOPIC == "support_refused")
    case.read_back(refusal.number, right=False, words="Zo zei ik dat niet.", **given.telling())
    assert the(told(case), "support refused").facts["stance"] == "wants_to_talk"


def test_both_clocks_are_there_and_a_day_has_no_hour() -> None:
    case = given.with_goal()
    one = the(told(case), "goal proposed")
    entry = case.entries[one.facts["entry"] - 1]  # type: ignore[operator]
    assert one.at == datetime.combine(entry.happened_on, datetime.min.time(), UTC)
    assert one.recorded == entry.timestamp


def test_a_contact_has_its_hour_and_all_who_came() -> None:
    case = given.an_opened_case()
    one = the(told(case, a_visit(case, UUID(int=7), UUID(int=8))), "contact held")
    assert (one.at, one.facts["minutes"], len(one.who)) == (datetime(2026, 3, 2, 9, tzinfo=UTC), 45, 2)


def test_what_was_cancelled_withdrawn_or_may_not_be_used_now_is_not_there() -> None:
    case = given.with_goal()
    visit = a_visit(case, UUID(int=7))
    visit.cancel_contact(
        by=given.WORKER, contact_id=visit.held[0].contact_id, by_whom=ByWhom.CLIENT, recorded=NOW
    )
    case.take_action("Samen gewandeld.", **given.telling())
    wrong = len(case.entries)
    case.withdraw_entry(wrong, WhyWithdrawn.WRONG_CLIENT, **given.telling())
    case.mark_success("Zelf gekookt.", Voice.CLIENT, **given.telling())
    case.restrict_entry(len(case.entries), WhyRestricted.OBJECTION, **given.telling())
    activities = {one.activity for one in told(case, visit).happenings}
    assert activities.isdisjoint({"contact held", "action taken", "success marked"})


def test_what_was_recorded_after_the_export_began_is_not_half_there() -> None:
    case = given.sanne()
    known = case.entries[5].timestamp
    assert all(one.recorded <= known for one in told(case, a_visit(case), known=known).happenings)


def test_a_period_holds_its_first_and_its_last_day() -> None:
    case = given.an_opened_case()
    visits = a_visit(case, UUID(int=7), day=2)
    first, second, third = (date(2026, 3, day) for day in (1, 2, 3))
    for since, until, there in [
        (second, second, True),
        (first, first, False),
        (third, None, False),
        (None, second, True),
        (second, None, True),
    ]:
        period = Period(since, until)
        found = told(case, visits, period=period).happenings
        assert ("contact held" in {one.activity for one in found}) is there


def test_one_name_in_one_file_and_another_in_the_next() -> None:
    case, names = given.sanne(), Names()
    first, again, other = told(case, names=names), told(case, names=names), told(case)
    assert first.case == again.case
    assert [one.who for one in first.happenings] == [one.who for one in again.happenings]
    assert first.case != other.case
    assert not {one.id for one in first.happenings} & {one.id for one in other.happenings}


def test_a_worker_with_an_account_has_one_name_in_every_case() -> None:
    names, sanne, karim = Names(), given.sanne(), given.karim()
    thomas = given.person_called(sanne, "Thomas Visser")
    came = the(told(sanne, a_visit(sanne, thomas), names=names), "contact held").who
    wrote = the(told(given.sanne(), names=names), "support started").who
    assert came == wrote
    assert (
        the(told(karim, names=names), "case opened").who == the(told(sanne, names=names), "case opened").who
    )


def test_what_a_client_did_with_own_hand_the_client_did() -> None:
    log = told(given.lena())
    assert the(log, "stance taken").who == (log.client,)
    assert the(log, "stance taken").role == "client"


def test_a_thing_is_named_wherever_something_is_about_it() -> None:
    log = told(given.with_support())
    about = {thing.kind: how for thing, how in the(log, "support offered").about.items()}
    assert about == {"case": "case", "client": "client", "support": "support", "goal": "goal"}
    (started,) = (thing for thing in the(log, "support started").about if thing.kind == "support")
    assert started in the(log, "support accepted").about


def test_who_comes_in_two_cases_is_one_object_and_all_that_is_named_is_there_once() -> None:
    names = Names()
    read = as_ocel(*(told(case, names=names) for case in (given.sanne(), given.karim(), given.lena())))
    ids = [thing["id"] for thing in read["objects"]]
    named = {one["objectId"] for what in read["events"] + read["objects"] for one in what["relationships"]}
    assert len(ids) == len(set(ids))
    assert named == set(ids)


def test_without_names_there_is_nobody_in_it() -> None:
    case = given.sanne()
    log = told(case, a_visit(case, UUID(int=7)), names=Names(people=False))
    assert not any(one.who for one in log.happenings)
    assert "person" not in {thing["type"] for thing in as_ocel(log)["objects"]}
    assert not [e for e in as_xes(log).iter() if e.get("key") == "org:resource"]
