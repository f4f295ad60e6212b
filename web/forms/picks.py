"""Picking something that is in the plan, or an entry by its number."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable
from typing import Any
from uuid import UUID

from flask import abort
from marshmallow import ValidationError

from web.forms.fields import CHOOSE, Line, Question
from web.forms.situation import Option, Situation

Among = Callable[[Situation], Iterable[Option]]


def number(value: Any) -> int:
    """The number of an entry."""
    if isinstance(value, bool) or not re.fullmatch(r"\d{1,9}", str(value), re.ASCII):
        raise ValueError("no number")
    return int(value)


def noun(value: Any) -> UUID:
    """The id of something in the plan."""
    return UUID(str(value))


def subject(value: Any) -> UUID | int:
    """Something in the plan by its id, or an entry by its number."""
    try:
        return number(value)
    except ValueError:
        return noun(value)


def subject_or_404(value: str) -> UUID | int:
    """The same, of an address."""
    try:
        return subject(value)
    except ValueError:
        return abort(404)


THE_CLIENT = "client"  # in the place of a person's id
ALL = "all"  # in the place of an entry's number


class Pick(Question):
    """Something that is in the plan on that day. What must be picked is what the entry is about."""

    kind = "pick"
    when_empty = CHOOSE

    def __init__(
        self,
        label: str,
        among: Among,
        *,
        key: Callable[[Any], UUID | int] = noun,
        **more: Any,
    ) -> None:
        super().__init__(label, **more)
        self.among, self.key = among, key

    def options(self, at: Situation) -> list[Option]:
        return list(self.among(at))

    def read(self, value: Any) -> UUID | int:
        try:
            return self.key(value)
        except ValueError as error:
            raise ValidationError(CHOOSE) from error


class Registered(Pick):
    """Somebody of a list that is no part of any case: no command knows who is on it, so it is asked here."""

    def __init__(
        self, label: str, among: Among, *, there: Callable[[], Container[UUID | int]], **more: Any
    ) -> None:
        super().__init__(label, among, **more)
        self.there = there

    def read(self, value: Any) -> UUID | int:
        if (found := super().read(value)) not in self.there():
            raise ValidationError(CHOOSE)
        return found


class Speaker(Pick):
    """The client, or somebody who takes part. It must be chosen: an empty field says nothing of anybody."""

    def __init__(self, label: str, among: Among) -> None:
        super().__init__(label, among, required=True)

    def read(self, value: Any) -> UUID | int | None:  # type: ignore[override]  # None is the client
        return None if value == THE_CLIENT else super().read(value)


class OneOrAll(Pick):
    """One entry, or all that is kept. It must be chosen: an empty field destroys nothing."""

    def __init__(self, label: str, among: Among) -> None:
        super().__init__(label, among, key=number, required=True)

    def read(self, value: Any) -> UUID | int | None:  # type: ignore[override]  # None is all
        return None if value == ALL else super().read(value)


class Numbers(Line):
    """Entries by their numbers, as people write them down: 12, 14 and 20 as "12, 14, 20"."""

    def read(self, value: Any) -> tuple[int, ...]:  # type: ignore[override]  # more than one
        typed = re.split(r"[\s,;]+", value.strip(" ,;")) if isinstance(value, str) else value
        try:
            return tuple(map(number, typed if isinstance(typed, list) else [typed]))
        except ValueError as error:
            raise ValidationError("Give the numbers of entries, with a comma between them.") from error


class Picks(Pick):
    """Any number of them."""

    kind = "several"

    def read(self, value: Any) -> tuple[UUID | int, ...]:  # type: ignore[override]  # more than one
        chosen = [value] if isinstance(value, str) else value
        if not isinstance(chosen, list):
            raise ValidationError(CHOOSE)
        return tuple(super(Picks, self).read(one) for one in chosen)


class Kept(Pick):
    """Goes along with the form without being asked."""

    kind = "hidden"

    def __init__(self, *, key: Callable[[Any], UUID | int]) -> None:
        super().__init__("", lambda _: (), key=key)
