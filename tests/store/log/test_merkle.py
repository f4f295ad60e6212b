"""The tree gives the published roots and proofs, and no altered proof holds."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.store.log.merkle import (
    EMPTY,
    Growing,
    Hash,
    Range,
    consistency,
    continues,
    includes,
    inclusion,
    leaf_hash,
    root_of,
)

# The entries, roots and proofs that the Certificate Transparency projects test with.
ENTRIES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = [  # (place, size, path)
    (0, 1, []),
    (
        0,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        5,
        8,
        [
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (
        1,
        5,
        [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
]
CONSISTENCY = [  # (before, size, path)
    (1, 1, []),
    (
        1,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        6,
        8,
        [
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (
        2,
        5,
        [
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
]
LEAVES = [leaf_hash(entry) for entry in ENTRIES]


def over(leaves: Sequence[Hash]) -> Range:
    return lambda first, end: root_of(leaves[first:end])


def test_the_empty_list_has_the_published_root() -> None:
    assert root_of([]) == EMPTY
    assert EMPTY.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_the_roots_are_the_published_ones_while_the_list_grows() -> None:
    tree = Growing()
    grown = []
    for leaf in LEAVES:
        tree.add(leaf)
        grown.append(tree.root.hex())
    assert grown == ROOTS


@pytest.mark.parametrize(("at", "size", "path"), INCLUSION)
def test_the_proofs_of_inclusion_are_the_published_ones(at: int, size: int, path: list[str]) -> None:
    made = inclusion(at, size, over(LEAVES))
    assert [step.hex() for step in made] == path
    assert includes(bytes.fromhex(ROOTS[size - 1]), size, at, LEAVES[at], made)


@pytest.mark.parametrize(("before", "size", "path"), CONSISTENCY)
def test_the_proofs_of_consistency_are_the_published_ones(before: int, size: int, path: list[str]) -> None:
    made = consistency(before, size, over(LEAVES))
    assert [step.hex() for step in made] == path
    old, root = bytes.fromhex(ROOTS[before - 1]), bytes.fromhex(ROOTS[size - 1])
    assert continues(before, old, size, root, made)


lists = st.lists(st.binary(max_size=8), min_size=1, max_size=70).map(
    lambda texts: [leaf_hash(text + bytes([n])) for n, text in enumerate(texts)]
)


@given(st.lists(lists, max_size=4))
def test_adding_many_at_once_is_adding_them_one_by_one(many: list[list[Hash]]) -> None:
    at_once, one_by_one = Growing(), Growing()
    for leaves in many:
        at_once.extend(leaves)
        for leaf in leaves:
            one_by_one.add(leaf)
        assert (at_once.size, at_once.root) == (one_by_one.size, one_by_one.root)


@given(lists, st.data())
def test_every_entry_is_proven_at_its_own_place_only(leaves: list[Hash], data: st.DataObject) -> None:
    size, root = len(leaves), root_of(leaves)
    at = data.draw(st.integers(0, size - 1))
    path = inclusion(at, size, over(leaves))
    assert includes(root, size, at, leaves[at], path)
    for other in set(range(size)) - {at}:
        assert not includes(root, size, other, leaves[at], path)
    assert not includes(root, size, at, leaf_hash(b"another entry"), path)
    assert not includes(root, size, at, leaves[at], [*path, root])
    assert not path or not includes(root, size, at, leaves[at], path[:-1])


@given(lists, st.data())
def test_a_list_continues_each_of_its_beginnings_and_no_other(
    leaves: list[Hash], data: st.DataObject
) -> None:
    size, root = len(leaves), root_of(leaves)
    before = data.draw(st.integers(1, size))
    path = consistency(before, size, over(leaves))
    assert continues(before, root_of(leaves[:before]), size, root, path)
    changed = [*leaves[: before - 1], leaf_hash(b"another entry")]
    assert not continues(before, root_of(changed), size, root, path)
    for step in range(len(path)):
        altered = [*path[:step], leaf_hash(b"another step"), *path[step + 1 :]]
        assert not continues(before, root_of(leaves[:before]), size, root, altered)
    assert not continues(before, root_of(leaves[:before]), size, root, [*path, root])


@pytest.mark.parametrize(("at", "size"), [(-1, 8), (8, 8), (0, 0)])
def test_what_is_not_in_the_list_has_no_proof(at: int, size: int) -> None:
    with pytest.raises(IndexError):
        inclusion(at, size, over(LEAVES))
    assert not includes(EMPTY, size, at, LEAVES[0], [])


@pytest.mark.parametrize(("before", "size"), [(0, 8), (9, 8)])
def test_what_is_no_beginning_has_no_proof(before: int, size: int) -> None:
    with pytest.raises(IndexError):
        consistency(before, size, over(LEAVES))
    assert not continues(before, EMPTY, size, EMPTY, [])
