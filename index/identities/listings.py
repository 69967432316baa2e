"""Amounts listed in running text: in the brackets behind an amount, as 其中…另…, or as A60万元、B70万元和C70万元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from index.identities.calculations import MONEY_UNIT, NUMERAL, Calculation, calculations
from index.identities.figures import Figure, figure
from index.identities.rules import Words
from index.numbers import MONEY_UNITS, parse_number

_AMOUNT = re.compile(rf"(?P<number>{NUMERAL})(?P<unit>{MONEY_UNIT})(?![\d/每])")
_CLAUSE = re.compile(r"[，,；;。]")


@dataclass(frozen=True, slots=True)
class Item:
    """One listed amount. `explained`: the calculation printed right behind it as its explanation."""

    label: str
    amount: Figure
    explained: Calculation | None = None


class Listing(NamedTuple):
    """`complete`: every number of the text was understood; `partial`: it says it lists only some (其中)."""

    items: tuple[Item, ...]
    complete: bool
    partial: bool

    @property
    def total(self) -> Decimal:
        return sum((item.amount.value for item in self.items), Decimal(0))


class Breakdown(NamedTuple):
    """An amount (None when the text states none) and the listing that explains it."""

    whole: Figure | None
    label: str
    listing: Listing
    text: str


@cache
def _counted(words: Words) -> re.Pattern[str]:
    return re.compile(rf"^(?P<label>.*?)(?P<number>\d+)(?P<counter>{'|'.join(words.counters)})$")


def amounts(text: str) -> Iterator[re.Match[str]]:
    """Every amount with a unit of money in a flat text."""
    return _AMOUNT.finditer(text)


def amount(match: re.Match[str], label: str = "") -> Figure:
    number = parse_number(match["number"]) or Decimal(0)
    return figure(number * MONEY_UNITS[match["unit"]], match["number"], match["unit"], label)


def _marked(text: str, marks: tuple[str, ...]) -> str | None:
    """The text behind a leading mark, None if it has none."""
    return next((text[len(mark) :] for mark in sorted(marks, key=len, reverse=True) if text.startswith(mark)), None)


def _joined(clause: str, words: Words) -> list[Item] | None:
    """ "A60万元、B70万元和C70万元" → its items; None when the clause is not such a listing."""
    found: list[Item] = []
    start = 0
    for match in amounts(clause):
        label = clause[start : match.start()]
        if found:
            rest = _marked(label, words.joiners)
            if rest is None:
                return None
            label = rest
        if not label or re.search(r"\d", label):
            return None
        found.append(Item(label, amount(match, label)))
        start = match.end()
    return found


def read(text: str, words: Words) -> Listing:
    """The items listed in a flat text without its outer brackets."""
    opened = _marked(text, words.partial)
    items: list[Item] = []
    complete = True
    pending: tuple[str, int, str] | None = None
    for clause in _CLAUSE.split(text if opened is None else opened):
        clause = clause.strip("、：:")
        counted = _counted(words).match(clause)
        if counted and not list(amounts(clause)):
            pending = (counted["label"], int(counted["number"]), counted["counter"])
            continue
        calculation = next(calculations(clause, words), None)
        if calculation is not None:
            label = clause[: calculation.start]
            if label:
                items.append(Item(label, calculation.result))
            elif items:
                items[-1] = replace(items[-1], explained=calculation)
            else:
                complete = False
            pending = None
            continue
        found = list(amounts(clause))
        if len(found) == 1:
            item, understood = _single(clause, found[0], pending, items, words)
            complete = complete and understood
            if item:
                items.append(item)
        elif len(found) > 1:
            joined = _joined(clause, words)
            complete = complete and joined is not None
            items.extend(joined or ())
        elif re.search(r"\d", clause):
            complete = False
        pending = None
    return Listing(tuple(items), complete, opened is not None)


def _single(
    clause: str, match: re.Match[str], pending: tuple[str, int, str] | None, items: list[Item], words: Words
) -> tuple[Item | None, bool]:
    """A clause with one amount: the item it adds, and whether it was understood."""
    label = clause[: match.start()]
    stated = amount(match, label)
    each = _marked(label, words.each)
    if each is not None:
        if pending and (each == "" or each == pending[2]):
            value = stated.value * pending[1]
            return Item(pending[0], Figure(value, stated.ulp * pending[1], stated.printed, stated.unit)), True
        return None, False
    if any(mark in label for mark in words.each):
        return None, False
    if label == "" or label in words.together:
        if pending:
            return Item(pending[0], stated), True
        listed = sum((i.amount.value for i in items), Decimal(0))
        return None, bool(items) and listed == stated.value
    return Item(label, stated), True


def _bracketed(text: str, start: int) -> str:
    """What stands inside the bracket opened at `start`, to its partner or (when it never closes) to the end."""
    depth = 0
    for index in range(start, len(text)):
        depth += {"（": 1, "）": -1}.get(text[index], 0)
        if depth == 0:
            return text[start + 1 : index]
    return text[start + 1 :]


def outside_brackets(text: str) -> str:
    """A flat text without anything in brackets; an unclosed bracket runs to the end."""
    kept, depth = [], 0
    for char in text:
        depth += char == "（"
        if depth == 0:
            kept.append(char)
        depth -= char == "）" and depth > 0
    return "".join(kept)


def breakdowns(text: str, words: Words, *, sentences: bool = True) -> Iterator[Breakdown]:
    """Every amount of a flat text that is explained by a listing: in brackets behind it, or (`sentences`) in its own
    sentence."""
    before = 0
    for match in re.finditer("（", text):
        if match.start() < before:
            continue
        inside = _bracketed(text, match.start())
        before = match.start() + len(inside) + 1
        lead = re.sub(r"[，,；;：:]$", "", text[: match.start()])
        heads = [m for m in amounts(lead) if m.end() == len(lead)]
        whole = amount(heads[-1]) if heads else None
        label = lead[: heads[-1].start()] if heads else lead
        label = re.split(r"[，,；;。（）、]", label)[-1]
        listing = read(inside, words)
        if listing.items:
            yield Breakdown(whole, label, listing, text)
    if sentences:
        yield from _in_sentence(text, words)


def _in_sentence(text: str, words: Words) -> Iterator[Breakdown]:
    """其中120万…，另300万元; and a joined listing behind the amount it divides."""
    for sentence in re.split(r"[。；;]", outside_brackets(text)):
        yield from _one_sentence(sentence, text, words)


def _one_sentence(outside: str, text: str, words: Words) -> Iterator[Breakdown]:
    first = next(amounts(outside), None)
    if first is None:
        return
    whole, label = amount(first), re.split(r"[，,；;。、]", outside[: first.start()])[-1]
    clauses = _CLAUSE.split(outside[first.end() :])
    marked: list[Item] = []
    opened = closed = False
    for index, clause in enumerate(clauses):
        partial, remainder = _marked(clause, words.partial), _marked(clause, words.remainder)
        rest = partial if partial is not None else remainder
        found = list(amounts(rest)) if rest else []
        if rest and found:
            marked.append(Item(rest[: found[0].start()], amount(found[0])))
            opened, closed = opened or partial is not None, closed or remainder is not None
        joined = _joined(clause, words) if index and len(list(amounts(clause))) > 1 else None
        if joined and len(joined) > 2:
            yield Breakdown(whole, label, Listing(tuple(joined), True, False), text)
    if opened and closed:
        yield Breakdown(whole, label, Listing(tuple(marked), True, False), text)
