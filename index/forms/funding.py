"""The fund tables of a project form: sources, spending by economic account, procurement plan."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from index.accounts.reference import Accounts, System
from index.evidence import Classification, Fact, Procurement, SpendingLine
from index.forms.place import FormPlace
from index.forms.segments import Form, Segment
from index.forms.spending import ORIGIN_PROJECT
from index.forms.text import Token, squeeze, strip_ordinal
from index.forms.vocabulary import terms

_AMOUNT = re.compile(r"-?\d{1,3}(?:[,，]\d{3})*(?:\.\d+)?|-?\d+(?:\.\d+)?")
_SUFFIX_NUMBER = re.compile(r"\d{1,2}")
_QUANTITY = re.compile(r"\d+(?:\.\d+)?(?P<unit>\D{0,4})")


class FundRow(NamedTuple):
    """Text cells and the printed amount of one row."""

    cells: tuple[Token, ...]
    amount: Token


class CompositionRead(NamedTuple):
    lines: tuple[SpendingLine, ...]
    facts: tuple[Fact, ...]


class ProcurementRead(NamedTuple):
    plans: tuple[Procurement, ...]
    facts: tuple[Fact, ...]


def fund_rows(segment: Segment) -> tuple[FundRow, ...]:
    """Rows of a table whose last cell is an amount; wrapped cells are gathered up to it."""
    return tuple(_rows(segment.tokens))


def _rows(tokens: Sequence[Token]) -> Iterator[FundRow]:
    cells: list[Token] = []
    for token in tokens:
        if token.last and _AMOUNT.fullmatch(token.text) and (cells or not token.first):
            yield FundRow(tuple(cells), token)
            cells = []
        else:
            cells.append(token)


def _text(cells: Sequence[Token]) -> str:
    return squeeze(" ".join(cell.text for cell in cells))


def read_funding(place: FormPlace, form: Form, segment: Segment) -> tuple[Fact, ...]:
    """The sources of a project's money, a printed 0 included."""
    facts: list[Fact] = []
    for number, row in enumerate(fund_rows(segment), start=1):
        printed = _text(row.cells)
        subject = strip_ordinal(printed)
        position = form.lines[row.amount.line].position
        quote = f"{printed} {row.amount.text}"
        source = place.source(position, quote, printed, segment.heading("amount"), number)
        total = subject in terms().totals
        facts.append(place.cell_fact(subject, Classification.FUNDING, row.amount.text, source, is_total=total))
    return tuple(facts)


def read_composition(place: FormPlace, form: Form, segment: Segment) -> CompositionRead:
    """What the money is spent on. Fact: subject = content, parent and code = the economic account."""
    lines: list[SpendingLine] = []
    facts: list[Fact] = []
    for number, row in enumerate(fund_rows(segment), start=1):
        content, account = _content_and_account(row.cells) if "account" in segment.columns else (_text(row.cells), "")
        quote = " ".join(part for part in (content, account, row.amount.text) if part)
        position = form.lines[row.amount.line].position
        name = content or account
        source = place.source(position, quote, name, segment.heading("amount"), number)
        total = name in terms().totals
        code = _account_code(account) or _account_code(_SUFFIX_NUMBER.sub("", account))
        facts.append(
            place.cell_fact(
                name,
                Classification.SPENDING_LINE,
                row.amount.text,
                source,
                parent=_SUFFIX_NUMBER.sub("", account) if code else account,
                code=code,
                is_total=total,
            )
        )
        if not total:
            value = place.money(row.amount.text)
            lines.append(SpendingLine(place.project, name, value, source, quote, "", account, ORIGIN_PROJECT))
    return CompositionRead(tuple(lines), tuple(facts))


def _content_and_account(cells: Sequence[Token]) -> tuple[str, str]:
    """Split at the economic account, which ends the row ("其他专项支出 1" keeps its number)."""
    if not cells:
        return "", ""
    for start in range(len(cells)):
        if (start > 0 or len(cells) == 1) and _is_account(_text(cells[start:]), exact=True):
            return _text(cells[:start]), _text(cells[start:])
    last = len(cells) - 1
    if last and _SUFFIX_NUMBER.fullmatch(cells[last].text):
        last -= 1
    if _is_account(_text(cells[last:]), exact=False):
        return _text(cells[:last]), _text(cells[last:])
    return _text(cells), ""


def _is_account(name: str, *, exact: bool) -> bool:
    plain = name.rstrip("0123456789")
    return bool(_account_code(plain)) or (not exact and plain.endswith(terms().account_endings))


@cache
def _accounts() -> Accounts:
    return Accounts.load()


def _account_code(name: str) -> str:
    found = _accounts().by_name(name, System.ECONOMIC) if name else ()
    return found[0].code if found else ""


def read_procurement(place: FormPlace, form: Form, segment: Segment) -> ProcurementRead:
    """The procurement plan: category, catalogue entry, quantity, amount."""
    plans: list[Procurement] = []
    facts: list[Fact] = []
    for number, row in enumerate(fund_rows(segment), start=1):
        category, catalogue, quantity = _procured(row.cells)
        printed = " ".join(part for part in (category, catalogue, quantity, row.amount.text) if part)
        position = form.lines[row.amount.line].position
        name = catalogue or category
        source = place.source(position, printed, name, segment.heading("amount"), number)
        total = name in terms().totals
        facts.append(
            place.cell_fact(
                name,
                Classification.PROCUREMENT,
                row.amount.text,
                source,
                parent=category if catalogue else "",
                is_total=total,
            )
        )
        if not total:
            plans.append(
                Procurement(place.project, category, catalogue, place.money(row.amount.text), source, quantity)
            )
    return ProcurementRead(tuple(plans), tuple(facts))


def _procured(cells: Sequence[Token]) -> tuple[str, str, str]:
    """(category, catalogue, quantity): the first cell, what is between, trailing numbers and units."""
    end = len(cells)
    while end > 1 and _is_quantity(cells[end - 1].text):
        end -= 1
    return _text(cells[:1]), _text(cells[1:end]), _text(cells[end:])


def _is_quantity(text: str) -> bool:
    match = _QUANTITY.fullmatch(text)
    unit = match["unit"] if match else text
    return unit in terms().units or (match is not None and not unit)
