"""What a question asks for that no number answers (a place, a person, a day, a saying), and cues that are none here."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from assistant.shapes import Linked, Mention
from assistant.text_terms import load
from index.evidence import Dimension
from index.numbers import parse_number

_LETTERS = re.compile(r"([一二两三四五六七八九十\d]+)个?字")
_LISTED_KIND = re.compile(r"(?:哪些|哪几[个种类场项]|什么|啥)([一-龥]{1,4})(?=[，。？！]|$)")


def asks_place(text: str) -> bool:
    """Does a question ask where something is, not where it is printed nor what money goes to (钱花在哪里)?"""
    return _places().search(text) is not None


def kind_of_place(text: str) -> str:
    """The kind of place that is asked for by name (哪几个乡镇 → 乡镇); "" if none."""
    match = _kinds().search(text)
    return match[1] if match else ""


def asks_person_or_day(text: str) -> bool:
    """Does a question ask who or when?"""
    return any(word in text for word in load().persons)


def asks_day(text: str) -> bool:
    """Does a question ask when?"""
    return any(word in text for word in load().days)


def asks_no_number(text: str) -> bool:
    """Does a question ask who, when or where?"""
    return asks_person_or_day(text) or asks_place(text) or bool(kind_of_place(text))


def asks_saying(text: str) -> bool:
    """Does a question ask for words that stand in quotation marks (哪三个字的要求)?"""
    return any(word in text for word in load().sayings)


def saying_length(text: str) -> int:
    """How many characters it is to have; 0 where the question does not say."""
    match = _LETTERS.search(text)
    number = parse_number(match[1]) if match else None
    return int(number) if number else 0


def listed_kind(text: str) -> str:
    """The kind of thing that several are asked of, at the end of a clause (要张罗哪些会 → 会); "" if none."""
    match = _LISTED_KIND.search(text)
    return match[1] if match else ""


def asks_of_one(linked: Linked) -> bool:
    """Is an amount asked of a single one (一人多少, 每家拿多少)?"""
    if _one().search(linked.text):
        return True
    ones = (m for m in linked.mentions if m.quantity is not None and m.quantity.dimension is Dimension.COUNT)
    return linked.has("ask_amount") and any(m.quantity is not None and m.quantity.value == 1 for m in ones)


def single(linked: Linked) -> str:
    """The single one that an amount is asked of (一期 of 一期多少钱), outside of names; "" if none."""
    found = _single().search(linked.text)
    named = any(m.start <= found.start() < m.end for m in linked.mentions if m.sense.names) if found else True
    return found[0] if found and not named else ""


def asks_inclusion(text: str) -> bool:
    """Does a question ask whether one thing is part of another?"""
    return any(word in text for word in load().inclusion.words) or _whether_listed().search(text) is not None


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
def _whether_listed() -> re.Pattern[str]:
    """包括取暖费吗: a thing behind a word that lists parts, and a particle that asks whether."""
    lists = "|".join(map(re.escape, load().inclusion.lists))
    return re.compile(
        rf"(?<![不没])(?:{lists})(?!什么|啥|哪|多少|几)[^，。？多少几哪什]{{2,10}}(?:吗|么|不|没有|没)(?:[，。？]|$)"
    )


@cache
def _one() -> re.Pattern[str]:
    counters = "|".join(sorted(map(re.escape, load().counters), key=len, reverse=True))
    return re.compile(rf"(?<![十百千万第])[一每](?:{counters})[一-龥]{{0,6}}(?:多少|几)(?=[千万]?[钱元块]|$)")


@cache
def _single() -> re.Pattern[str]:
    """一期多少钱, 每套要花多少: one of what is counted in a way of its own, not 这一项多少."""
    counters = "|".join(sorted(map(re.escape, load().counters.keys() - {*load().items, *load().generic})))
    return re.compile(rf"(?<![十百千万第这那])[一每](?:{counters})(?=[要得花费合]{{0,2}}(?:多少|几)[千万]?[钱元块])")


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
    return re.compile(rf"哪(?:{numbers})?(?:{counters})?({kinds})")
