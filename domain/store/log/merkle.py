"""A Merkle tree over a list that only grows (RFC 6962, section 2.1), with proofs that are short.

The root says everything of the list: no entry can be changed, moved, added in between or taken out without
another root. A proof of inclusion shows that an entry is in the list that this root speaks of; a proof of
consistency that a later list begins with the earlier one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256

Hash = bytes  # SHA-256, 32 bytes
Range = Callable[[int, int], Hash]  # the root over the entries from the first up to, not with, the second
EMPTY = sha256(b"").digest()


def leaf_hash(entry: bytes) -> Hash:
    """Of one entry. The first byte sees to it that no node can be taken for an entry."""
    return sha256(b"\0" + entry).digest()


def node_hash(left: Hash, right: Hash) -> Hash:
    """Of two subtrees."""
    return sha256(b"\1" + left + right).digest()


class Growing:
    """The root of a list while it grows: keeps the roots of the full subtrees, at most one a size."""

    def __init__(self) -> None:
        self.size = 0
        self._full: list[Hash] = []  # the largest first; their sizes are the bits of `size`

    def add(self, leaf: Hash) -> None:
        """One more."""
        self._add(leaf, 1)

    def extend(self, leaves: Sequence[Hash]) -> None:
        """These, in runs as long as a full subtree may be here."""
        at = 0
        while left := len(leaves) - at:
            run = 1 << (left.bit_length() - 1)
            if self.size:
                run = min(run, self.size & -self.size)
            self._add(_full(leaves[at : at + run]), run)
            at += run

    def _add(self, root: Hash, size: int) -> None:
        self._full.append(root)
        self.size += size
        merged = self.size // size
        while merged % 2 == 0:  # two of one size become one
            right = self._full.pop()
            self._full[-1] = node_hash(self._full[-1], right)
            merged //= 2

    @property
    def root(self) -> Hash:
        """Over all that was added."""
        if not self._full:
            return EMPTY
        root = self._full[-1]
        for left in reversed(self._full[:-1]):
            root = node_hash(left, root)
        return root


def root_of(leaves: Sequence[Hash]) -> Hash:
    """Over all these."""
    tree = Growing()
    tree.extend(leaves)
    return tree.root


def _full(level: Sequence[Hash]) -> Hash:
    """The root of a full subtree, level by level: all nodes of one in one go."""
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=True)
        level = [sha256(b"\1" + left + right).digest() for left, right in pairs]
    return level[0]


def inclusion(at: int, size: int, over: Range) -> list[Hash]:
    """The path from an entry up to the root of the first `size` entries, nearest first."""
    if not 0 <= at < size:
        raise IndexError(at)
    path = []
    first, end = 0, size
    while end - first > 1:
        middle = first + split(end - first)
        if at < middle:
            path.append(over(middle, end))
            end = middle
        else:
            path.append(over(first, middle))
            first = middle
    return path[::-1]


def consistency(before: int, size: int, over: Range) -> list[Hash]:
    """What shows that the first `size` entries begin with the first `before`."""
    if not 0 < before <= size:
        raise IndexError(before)
    path: list[Hash] = []
    first, end, whole = 0, size, True
    while before != end:
        middle = first + split(end - first)
        if before <= middle:
            path.append(over(middle, end))
            end = middle
        else:
            path.append(over(first, middle))
            first, whole = middle, False
    return ([] if whole else [over(first, end)]) + path[::-1]


def includes(root: Hash, size: int, at: int, leaf: Hash, path: Sequence[Hash]) -> bool:
    """Whether this entry stands at this place in the list that the root speaks of (RFC 9162, 2.1.3.2)."""
    if not 0 <= at < size:
        return False
    here, last, now = at, size - 1, leaf
    for other in path:
        if last == 0:
            return False
        if here % 2 or here == last:
            now = node_hash(other, now)
            while here % 2 == 0 and here:
                here, last = here // 2, last // 2
        else:
            now = node_hash(now, other)
        here, last = here // 2, last // 2
    return last == 0 and now == root


def continues(before: int, old: Hash, size: int, root: Hash, path: Sequence[Hash]) -> bool:
    """Whether the later list begins with the earlier one (RFC 9162, 2.1.4.2)."""
    if not 0 < before <= size:
        return False
    if before == size:
        return not path and old == root
    rest = list(path)
    if before & (before - 1) == 0:  # the earlier list is one full subtree: its root is the first step
        rest.insert(0, old)
    if not rest:
        return False
    here, last = before - 1, size - 1
    while here % 2:
        here, last = here // 2, last // 2
    earlier = later = rest[0]
    for other in rest[1:]:
        if last == 0:
            return False
        if here % 2 or here == last:
            earlier, later = node_hash(other, earlier), node_hash(other, later)
            while here % 2 == 0 and here:
                here, last = here // 2, last // 2
        else:
            later = node_hash(later, other)
        here, last = here // 2, last // 2
    return last == 0 and earlier == old and later == root


def split(size: int) -> int:
    """The largest power of two smaller than this."""
    return 1 << ((size - 1).bit_length() - 1)
