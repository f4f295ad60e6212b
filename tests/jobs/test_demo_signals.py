"""For every signal there is a client of the demo who deserves it, and one beside them who does not."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction
from statistics import median

import pytest

from domain.days import local_day
from jobs.demo import organisation
from jobs.demo.teller import Teller
from projections.contacts import Contact
from projections.signals.rows import observed
from projections.signals.signal import Noticed, Observed, signals
from projections.signals.state import State, raised

TODAY = date(2026, 11, 22)
PER_CONTACT = "entries_per_contact"
Seen = dict[str, Observed]

# The signal, who shows it today, who does not, and why.
TWINS = {
    "agreed_to_something_else": ("Piet ’t Hart", "Gerda Dekker", "the roster made it less after his yes"),
    "agreement_unchecked": ("Sjoerd de Jong", "Greet Wolters", "nobody asked how it went with the key"),
    "chain_broken": ("Sanne de Graaf", "Noa Verbeek", "her goal about new faces came from no wish"),
    "decided_against": ("Ahmed Haddad", "Fleur Dijkstra", "he said no to another face, and it came"),
    "decided_without_say": ("Piet ’t Hart", "Gerda Dekker", "the roster decided, and nobody asked him"),
    "door_not_left_open": ("Zahra Karimi", "Olga Mets", "after a no nothing says how to come back"),
    "emergency_access": ("Bram Hoogland", "Greet Wolters", "in the night somebody else opened his file"),
    "evaluation_overdue": ("Truus de Wit", "Greet Wolters", "planned, and nothing says it was held"),
    "legal_clock": ("Anja Maas", "Greet Wolters", "a complaint of seven weeks ago has no answer"),
    "many_faces": ("Roel van Vliet", "Noa Verbeek", "who is free comes: seven people of a pool"),
    "need_not_confirmed": ("Els Hofman", "Jamila Amrani", "we say what is needed; nobody asked her"),
    "no_attention": ("Jeroen van den Heuvel", "Noa Verbeek", "for weeks nobody came"),
    "no_longer_fits": ("Corrie in ’t Veld", "Fatma Kaya", "a brother died, and the help goes on as it was"),
    "nobody_leads": ("Soraya Jansen", "Greet Wolters", "the lead is on leave, and nobody took over"),
    "not_the_clients_goals": ("Nadia Bos", "Noa Verbeek", "most of the goals are ours, in our words"),
    "nothing_started": ("Jamila Amrani", "Frits Lammers", "what is needed is known, and nothing began"),
    "only_grows": ("Ingrid Schouten", "Sanne de Graaf", "in a year it became more, and never less"),
    "only_problems": ("Frits Lammers", "Jamila Amrani", "three conversations, and only what is wrong"),
    "open_disagreement": ("Tineke Brouwer", "Gerda Dekker", "the family sees it otherwise; no mediator"),
    "own_plan_not_offered": ("Dirk van Beek", "Noa Verbeek", "nobody told him of a plan of his own"),
    "plan_takes_long": ("Hans Oosterhuis", "Noa Verbeek", "his place at the workshop does not come"),
    "question_with_client": ("Fleur Dijkstra", "Sanne de Graaf", "our question lies with her for weeks"),
    "recording_load": ("Max Groen", "Noa Verbeek", "everything is written three times"),
    "refusal_under_pressure": ("Joke Peeters", "Olga Mets", "two weeks after a no the same once more"),
    "right_ends": ("Noa Verbeek", "Greet Wolters", "she is almost sixteen"),
    "smothering_safety": ("Wilma Visscher", "Greet Wolters", "cycling was called unsafe, nothing was tried"),
    "spoken_not_read_back": ("Max Groen", "Greet Wolters", "a goal by word of mouth only"),
    "stuck_goal": ("Kees de Haan", "Greet Wolters", "for three months nothing was told"),
    "supply_led": ("Olga Mets", "Jamila Amrani", "we began with a place that we had"),
    "taken_over": ("Lina Bouzid", "Noa Verbeek", "five decisions in a row were our idea"),
    "talked_about_not_with": ("Mehmet Yılmaz", "Noa Verbeek", "a meeting at the office without him"),
    "time_to_scale_down": ("Bas van Leeuwen", "Cor van Dijk", "it goes better, and the help is the same"),
    "too_many_parties": ("Lina Bouzid", "Sanne de Graaf", "five parties came at once"),
    "unanswered_proposal": ("Gerda Dekker", "Sanne de Graaf", "she proposed something and waits"),
    "worker_keeps_changing": ("Cor van Dijk", "Greet Wolters", "two new faces in a year"),
}


@pytest.fixture(scope="module")
def clients() -> Seen:
    """Every client of the demo as the signals see them today."""
    return {t.client.name: observed(t.case.entries, _contacts(t), TODAY) for t in organisation.stories(TODAY)}


@pytest.fixture(scope="module")
def limits(clients: Seen) -> dict[str, dict[str, int]]:
    """The load of recording is compared with what is usual here: twice the median."""
    load = signals()["recording_load"]
    told = [load.look(seen, {PER_CONTACT: 1}) for seen in clients.values()]
    usual = median(_per_contact(n) for n in told if n)
    return {load.name: {PER_CONTACT: int(200 * usual)}}


def _per_contact(noticed: Noticed) -> Fraction:
    entries, contacts = noticed.facts["entries"], noticed.facts["contacts"]
    assert isinstance(entries, int)
    assert isinstance(contacts, int)
    return Fraction(entries, contacts)


def _contacts(t: Teller) -> list[Contact]:
    return [
        Contact(
            t.case.id,
            held.originator_version,
            held.contact_id,
            list(held.workers),
            held.organisation,
            held.started_at,
            held.minutes,
            held.kind,
            held.timestamp,
            None,
        )
        for held in organisation.visits(t).held
    ]


def test_every_signal_has_a_client_who_shows_it() -> None:
    assert set(TWINS) == set(signals()), "who of the demo deserves the new signal? Add a turn in jobs/demo"


@pytest.mark.parametrize("name", sorted(TWINS))
def test_one_client_deserves_it_and_another_does_not(
    clients: Seen, limits: dict[str, dict[str, int]], name: str
) -> None:
    deserves, does_not, why = TWINS[name]
    one, chosen = signals()[name], limits.get(name)
    noticed = one.look(clients[deserves], chosen)
    assert noticed, f"{deserves} should show {name}: {why}"
    assert noticed.since <= TODAY
    assert not one.look(clients[does_not], chosen), f"{does_not} should not show {name}"


def test_most_clients_have_few_signals_or_none(clients: Seen) -> None:
    many = Counter(
        sum(one.state is State.NEW for one in raised(seen))
        for seen in clients.values()
        if seen.plan.closed_on is None
    )
    open_cases = sum(many.values())
    assert many[0] >= open_cases / 5
    assert many[0] + many[1] >= open_cases * 3 / 4
    assert max(many) <= 3


def test_nobody_comes_after_today(clients: Seen) -> None:
    assert all(local_day(c.started_at) <= TODAY for seen in clients.values() for c in seen.contacts)
