"""docs/scale.md says what its script says."""

from __future__ import annotations

from random import Random

import pytest

from tests.bench import scale
from tests.code.reading import REPO

PAGE = " ".join((REPO / "docs/scale.md").read_text().split())


def test_the_table_on_the_page_is_what_the_script_prints() -> None:
    assert " ".join(scale.table().split()) in PAGE, "run `python -m tests.bench.scale`"


@pytest.mark.parametrize("place", scale.PLACES[:3], ids=lambda place: place.name)
def test_what_lies_there_in_the_end_is_on_the_page(place: scale.Place) -> None:
    assert f"{place.name} {scale.after(place)}" in PAGE


def test_the_page_says_what_was_assumed_and_measured() -> None:
    said = (
        f"{scale.ENTRIES} entries written down, {scale.CONTACTS} contacts and {scale.PAGES} pages",
        f"{scale.DAYS} working days of {scale.HOURS} hours",
        f"{scale.SAVES:,} saves a second",
        f"{scale.FOLLOWED:,} entries a second followed",
        f"{scale.BYTES:,} bytes for an entry",
        f"{scale.LOOK} bytes for a line",
        f"{scale.JOURNAL:,} bytes of write-ahead log",
        f"{scale.PAGE * 1000:.0f} ms of a core for a page",
        f"at most {scale.WEB} connections and a worker {scale.WORKER}",
        f"carries {scale.carried():,} clients",
    )
    assert [words for words in said if words not in PAGE] == []


def test_the_busiest_second_is_the_same_in_every_run() -> None:
    place = scale.PLACES[1]
    assert scale.simulated(place) == scale.simulated(place)
    assert scale.simulated(place).most > place.a_second


def test_chance_keeps_to_the_mean() -> None:
    chance = Random(1)
    came = [scale._came(chance, 4.0) for _ in range(5000)]
    assert 3.9 < sum(came) / len(came) < 4.1
