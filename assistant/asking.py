"""What a question asks for that no number answers (a place, a person, a day, a saying), and cues that are none here."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from assistant.shapes import Linked, Mention
from assistant.text_terms import load


def asks_place(text: str) -> bool:
    """Does a question ask where something is, not where it is printed nor what money goes to (钱花在哪里)?"""
    return _places().search(text) is not None


def asks_kind_of_place(text: str) -> bool:
    """哪几个乡镇, 哪些村: a kind of place is asked for by name."""
    return _kinds().search(text) is not None


def asks_person_or_day(text: str) -> bool:
    """Does a question ask who or when?"""
    return any(word in text for word in load().persons)


def asks_saying(text: str) -> bool:
    """Does a question ask for words that stand in quotation marks (哪三个字的要求)?"""
    return any(word in text for word in load().sayings)


def asks_inclusion(text: str) -> bool:
    """Does a question ask whether one thing is part of another?"""
    return any(word in text for word in load().inclusion.words)


def without_quarrels(linked: Linked) -> Linked:
    """A question without the cues of contradiction that are a quarrel between bodies (两个部门扯皮)."""
    kept = tuple(m for m in linked.mentions if not _is_quarrel(m, linked))
    return linked if len(kept) == len(linked.mentions) else replace(linked, mentions=kept)


def without_labels(linked: Linked) -> Linked:
    """A question whose names of labelled texts are plain words."""
    return replace(linked, mentions=tuple(m for m in linked.mentions if not m.sense.attribute))


def _is_quarrel(mention: Mention, linked: Linked) -> bool:
    return mention.has("contradiction") and _parties().search(linked.text[: mention.start]) is not None


@cache
def _parties() -> re.Pattern[str]:
    quarrel = load().quarrel
    parties, between = ("|".join(map(re.escape, group)) for group in (quarrel.parties, quarrel.between))
    return re.compile(rf"(?:{parties})(?:{between})*$")


@cache
def _places() -> re.Pattern[str]:
    where = load().where
    words, printed = ("|".join(map(re.escape, group)) for group in (where.words, where.printed))
    unspent = "".join(rf"(?<!{re.escape(word)})" for word in where.spent)
    unprinted = "".join(rf"(?<!{re.escape(word)}在)" for word in where.printed)
    return re.compile(rf"{unspent}{unprinted}(?:{words})(?!.?(?:{printed}))")


@cache
def _kinds() -> re.Pattern[str]:
    kind = load().kind
    numbers, counters = ("|".join(map(re.escape, group)) for group in (kind.numbers, kind.counters))
    kinds = "|".join(sorted(map(re.escape, load().where.kinds), key=len, reverse=True))
    return re.compile(rf"哪(?:{numbers})?(?:{counters})?(?:{kinds})")
