"""Looking back, complaints, mediators and restricted entries as they read on the pages of a case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from domain.case import Case
from domain.entry import Role
from domain.kinds import CheckResult, ComplaintLaw, Fit, Voice, WhyRestricted
from tests import given
from tests.given import deciding, telling
from tests.web.conftest import Visitor, says_what_for
from tests.web.filling import address, entries, kept, opened, send

Enter = Callable[..., Visitor]


@pytest.fixture
def look(app: Flask, as_: Enter) -> Callable[..., str]:
    """Keeps a case and shows one of its pages."""

    def at(case: Case, path: str = "/timeline", role: Role = Role.COORDINATOR) -> str:
        if case.pending_events:
            kept(app, case)
        answer = as_("ilse", role).get(f"/cases/{case.id}{path}")
        assert answer.status_code == 200, path
        return " ".join(answer.text.split())

    return at


def with_a_secret() -> Case:
    """A note in entry 3, corrected, with a statement beside it; then it is restricted in entry 6."""
    case = given.with_goal()
    case.take_action("Het geheim van Jansen.", **telling())
    case.correct_entry(3, "done_by", "Jansen", "Jansen", **telling())
    case.add_statement(3, "Jansen was er niet.", **telling())
    case.restrict_entry(3, WhyRestricted.ACCURACY_CONTESTED, **telling())
    return case


PAGES = ("", "/plan", "/timeline", "/people", *(f"/entries/{number}" for number in range(1, 7)))


def test_what_is_restricted_cannot_be_read_on_any_page_and_says_why(look: Callable[..., str]) -> None:
    case = with_a_secret()
    for path in PAGES:
        assert "Jansen" not in look(case, path)
    assert "Deze gebeurtenis is bewaard en niet in gebruik (AVG art. 18)" in look(case, "/entries/3")
    assert "er wordt betwist of het klopt" in look(case, "/entries/3")


def test_its_page_leads_to_lifting_and_nothing_else(look: Callable[..., str]) -> None:
    page = look(with_a_secret(), "/entries/3")
    assert "/record/lift-restriction-of-entry?entry=3" in page
    for other in ("correct-entry", "withdraw-entry", "read-back", "restrict-entry"):
        assert f"/record/{other}" not in page


def test_lifted_it_reads_as_before(app: Flask, look: Callable[..., str], as_: Enter) -> None:
    case_id = kept(app, case := with_a_secret())
    where = address(case_id, "lift_restriction_of_entry")
    assert send(as_("ilse"), where, entry="3", told_on="20-11-2026").status_code == 303
    assert "Het geheim van Jansen." in look(case, "/entries/3")
    assert "Jansen was er niet." in look(case, "/entries/3")


def test_a_manager_records_what_is_for_managers_and_nothing_else(app: Flask, as_: Enter) -> None:
    case_id, bas = kept(app, given.with_goal()), as_("bas", Role.MANAGER)
    says_what_for(bas, case_id)
    page = bas.get(f"/cases/{case_id}/record").text
    for command in ("handle-signal", "postpone-signal", "restrict-entry"):
        assert f"/record/{command}" in page
    assert "/record/take-action" not in page
    assert "say-sheet" not in page
    where = address(case_id, "handle_signal")
    facts = {"signal": "nobody_leads", "evidence": "1, 2", "done": "Regie gevraagd."}
    assert bas.post(where, data=opened(bas, where) | facts).status_code == 303
    assert getattr(entries(app, case_id)[-1], "evidence") == (1, 2)  # noqa: B009  # of this kind only


def test_a_worker_does_not_restrict(app: Flask, look: Callable[..., str], as_: Enter) -> None:
    case = given.with_goal()
    case_id = kept(app, case)
    assert as_("ilse", Role.WORKER).get(address(case_id, "restrict_entry")).status_code in (403, 404)


@pytest.mark.parametrize("typed", ["twaalf", "1;x", "-1", "1.5"])
def test_evidence_is_typed_as_numbers(app: Flask, as_: Enter, typed: str) -> None:
    case_id = kept(app, given.with_goal())
    facts = {"signal": "nobody_leads", "evidence": typed, "done": "Bekeken."}
    assert send(as_("ilse"), address(case_id, "handle_signal"), **facts).status_code == 422


def test_the_client_and_the_worker_are_read_side_by_side(look: Callable[..., str]) -> None:
    case = given.sanne()
    apart = {"client_judgement": Fit.TOO_LIGHT, "worker_judgement": Fit.FITS}
    case.hold_evaluation(conclusions="Verder praten.", client_score=5, **apart, **deciding())  # type: ignore[arg-type]
    page = look(case)
    assert "<b>Sanne</b>: te weinig hulp, een 5" in page
    assert "<b>De medewerker</b>: past" in page


def test_without_the_clients_judgement_the_page_says_so(look: Callable[..., str]) -> None:
    case = given.sanne()
    case.hold_evaluation(conclusions="Past.", worker_judgement=Fit.FITS, **deciding())
    assert "Wat Sanne van de hulp vindt, staat hier niet." in look(case)


def test_each_line_says_what_happened_and_whose_words_they_are(look: Callable[..., str]) -> None:
    case = given.sanne()
    agreement = given.the(case.plan.agreements)
    case.check_agreement(agreement, CheckResult.NOT_KEPT, "Hij belde niet.", Voice.CLIENT, **telling())
    complaint = case.voice_complaint("Er kwam niemand.", ComplaintLaw.WKKGZ, **telling())
    case.answer_complaint(complaint, "Wij zoeken het uit.", date(2026, 12, 1), **telling())
    page = look(case)
    for line in (
        "Afspraak nagekeken: niet nagekomen",
        "De afspraak: <b>“Thomas belt als hij later komt.”</b>",
        "Woorden van Sanne",
        "Wet: Wkkgz. Alleen gezegd, niet geschreven.",
        "Meer tijd om een klacht te beantwoorden: tot",
    ):
        assert line in page
