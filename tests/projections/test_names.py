"""Dutch names sort by surname, without what stands before it."""

from __future__ import annotations

import pytest

from projections.names import folded, sort_name


@pytest.mark.parametrize(
    ("name", "sorts_as"),
    [
        ("Sanne de Graaf", "graaf, sanne"),
        ("Cor van Dijk", "dijk, cor"),
        ("Anna Maria van der Berg-Jansen", "berg-jansen, anna maria"),
        ("Samir El Idrissi", "idrissi, samir"),
        ("Youssef el-Amrani", "amrani, youssef"),
        ("Piet in 't Veld", "veld, piet"),
        ("Piet in ’t Veld", "veld, piet"),
        ("Fatma Kaya", "kaya, fatma"),
        ("Zoë Çelik", "celik, zoe"),
        ("Søren Łukasz", "lukasz, soren"),
        ("de Vries, Jan", "vries, jan"),
        ("Vries, Jan de", "vries, jan"),
        ("van den Heuvel", "heuvel"),
        ("Madonna", "madonna"),
        ("Ama de", "de, ama"),
        ("", ""),
    ],
)
def test_a_name_sorts_by_its_surname(name: str, sorts_as: str) -> None:
    assert sort_name(name) == sorts_as


def test_a_list_of_names_reads_as_dutch_lists_do() -> None:
    names = ["Jan de Vries", "Ánna Zwart", "Bert van Dijk", "anne Dijk", "Cor Vos", "Els van 't Hof"]
    assert sorted(names, key=sort_name) == [
        "anne Dijk",
        "Bert van Dijk",
        "Els van 't Hof",
        "Cor Vos",
        "Jan de Vries",
        "Ánna Zwart",
    ]


def test_searching_knows_no_accents_capitals_or_double_spaces() -> None:
    assert folded("  ZOË  Straße ") == "zoe strasse"
