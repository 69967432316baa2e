"""Sentences of the documents with the place each stands in, and the figures that a sentence states.

A chunk is cut where a reader would quote: prose at sentences and list items, a form at its numbered items, a table
row, an indicator or a spending line not at all. Nothing is rephrased.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from assistant.answer import Citation
from assistant.figures import Figure
from assistant.text_terms import load
from index.document import Source
from index.evidence import Chunk, Dimension
from index.numbers import MONEY_UNITS, half_width, parse_chinese, parse_number, parse_percent

FORM, ROW, DEFINITION = "form", "row", "definition"

_ITEM = r"(?:\d{1,2}[、．.](?!\d)|[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}、)"
_LEADING_ITEM = re.compile(rf"\s*({_ITEM})\s*")
_ITEM_START = re.compile(rf"(?<=[。；;！？.）)\s：:])\s*(?={_ITEM})")
_OPENING, _CLOSING = "（(《“「【[", "）)》”」】]"
_ENDS = "。！？；;"
_CJK_SPACE = re.compile(r"(?<=[\u3000-\u9fff，。；：（）“”])\s+|\s+(?=[\u3000-\u9fff，。；：（）“”])")

_NUMERAL = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_DATE = re.compile(
    r"\d{4}\s*年(?:度|\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)?|\d{4}\s*[-—]\s*\d{4}|\d{1,2}\s*月\s*\d{1,2}\s*日"
)
_FRACTION = re.compile(r"[百千万]分之[一二三四五六七八九十百\d.]+")
_BREAKS = re.compile(r"[，,；;。：:、（）()=×*]")
_LABEL_LENGTH = 16
_MOST_FIGURES = 40


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text` as printed without layout; `context` the headings and labels it stands under; `order` in its document."""

    text: str
    context: str
    kind: str
    document: str
    citation: Citation
    order: tuple[int, int] = (0, 0)
    label: str = ""  # of a form: which labelled text
    owner: str = ""  # of a form: the project


def clean(text: str) -> str:
    """Printed text without the white space that layout put between Chinese characters."""
    return _CJK_SPACE.sub("", text).strip()


def cite(source: Source, mark: str, quote: str = "") -> Citation:
    """The place of a source with the part of it that answers."""
    position = source.position
    return Citation(
        document=source.document,
        page=position.page,
        section=source.section,
        table=source.table,
        row=source.row,
        column=source.column,
        quote=quote or source.quote,
        mark=mark,
        line=position.line,
        row_index=source.row_index,
        column_index=source.column_index,
        bbox=position.bbox,
    )


def sentences_of(chunk: Chunk) -> Iterator[Sentence]:
    """The quotable sentences of a chunk, in printed order. A cell of a form is whole, an indicator has its name."""
    owner = label = ""
    heads: list[str] = []
    body = chunk.text
    if chunk.kind == FORM:
        head, mark, rest = chunk.text.partition("：")
        heads = head.split()
        if mark:
            label, body = heads[-1], rest
        owner = heads[0] if len(heads) > 1 else ""
    if label and label == chunk.source.row:
        body = f"{label}：{body}"
    named = bool(label) and label == chunk.source.row
    whole = chunk.kind in (ROW, DEFINITION) or (chunk.source.column is not None and (named or len(items_of(body)) < 2))
    context = " ".join((chunk.heading, *heads))
    for number, text in enumerate([body] if whole else pieces(body)):
        told = clean(text)
        place = cite(chunk.source, told)
        yield Sentence(told, context, chunk.kind, chunk.source.document, place, (chunk.ordinal, number), label, owner)


def pieces(text: str) -> list[str]:
    """Cut at list items and at the ends of sentences; never inside brackets or quotation marks."""
    found: list[str] = []
    for line in text.split("\n"):
        for item in _ITEM_START.split(line):
            found += _cut(item)
    joined: list[str] = []
    for piece in found:
        if joined and (piece.startswith(("（", "(")) and not _LEADING_ITEM.match(piece) or len(piece) <= 2):
            joined[-1] += piece
        elif joined and _LEADING_ITEM.fullmatch(joined[-1]):
            joined[-1] += piece
        else:
            joined.append(piece)
    return [piece for piece in (p.strip() for p in joined) if piece]


def _cut(text: str) -> list[str]:
    parts, start, depth = [], 0, 0
    for place, char in enumerate(text):
        depth += char in _OPENING
        depth -= char in _CLOSING and depth > 0
        if char in _ENDS and depth == 0:
            parts.append(text[start : place + 1])
            start = place + 1
    return [*parts, text[start:]] if text[start:].strip() else parts


def item_number(text: str) -> str:
    """The printed number of a list item ("3、" → "3", "（二）" → "二"); "" when it has none."""
    match = _LEADING_ITEM.match(text)
    return re.sub(r"[^一二三四五六七八九十\d]", "", match[1]) if match else ""


def items_of(text: str) -> list[str]:
    """The numbered items of a text, each whole; none when it is not a numbered list. Lines behind a list of items of
    one line each belong to none of them."""
    gathered: list[list[str]] = []
    for line in text.split("\n"):
        for piece in _ITEM_START.split(line):
            if item_number(piece):
                gathered.append([clean(piece)])
            elif gathered:
                gathered[-1].append(clean(piece))
    if len(gathered) > 1 and all(len(item) == 1 for item in gathered[:-1]) and gathered[-1][0].endswith(tuple(_ENDS)):
        del gathered[-1][1:]
    return ["".join(item) for item in gathered]


# ---------------------------------------------------------------- figures


@cache
def _quantity() -> re.Pattern[str]:
    counters = "|".join(sorted(map(re.escape, load().counters), key=len, reverse=True))
    money = "|".join(sorted(map(re.escape, MONEY_UNITS), key=len, reverse=True))
    return re.compile(
        rf"(?<![\d.第表\-—])(?P<number>{_NUMERAL})\s*(?:(?P<money>{money})(?!{counters})|(?P<percent>%|个百分点)"
        rf"|(?P<thousands>万)?(?P<counter>{counters}))"
    )


@cache
def _spelled() -> re.Pattern[str]:
    """两个层级, 三个单位: small counts in words."""
    counters = "|".join(sorted((re.escape(c) for c in load().counters), key=len, reverse=True))
    return re.compile(
        rf"(?<![第百千万分之一二三四五六七八九十])(?P<number>[二两三四五六七八九十]+)(?P<counter>{counters})"
    )


def figures_in(text: str, places: tuple[Citation, ...] = (), names: tuple[str, ...] = ()) -> tuple[Figure, ...]:
    """The amounts, counts and rates that a printed sentence states, in order; years and dates are none."""
    flat = half_width(text)
    masked = _DATE.sub(lambda m: "年" * len(m[0]), flat)
    found: list[tuple[int, Figure]] = []
    for match in _FRACTION.finditer(masked):
        if (percent := parse_percent(match[0])) is not None:
            found.append((match.start(), _figure(flat, match.start(), percent, "%", Dimension.PERCENT, places, names)))
    for match in _quantity().finditer(masked):
        number = parse_number(match["number"])
        if number is None:
            continue
        if match["money"]:
            unit = match["money"] if match["money"].endswith("元") else f"{match['money']}元"
            dimension = Dimension.MONEY
        elif match["percent"]:
            unit, dimension = "%", Dimension.PERCENT
        else:
            number = number * 10_000 if match["thousands"] else number
            unit, dimension = match["counter"], Dimension.COUNT
        found.append((match.start(), _figure(flat, match.start(), number, unit, dimension, places, names)))
    for match in _spelled().finditer(masked):
        if (number := parse_chinese(match["number"])) is not None and number > 1:
            found.append(
                (match.start(), _figure(flat, match.start(), number, match["counter"], Dimension.COUNT, places, names))
            )
    unique: dict[tuple[Decimal, str], Figure] = {}
    for _, figure in sorted(found, key=lambda pair: pair[0]):
        unique.setdefault((figure.amount, figure.unit), figure)
    return tuple(unique.values())[:_MOST_FIGURES]


def _figure(
    text: str,
    start: int,
    amount: Decimal,
    unit: str,
    dimension: Dimension,
    places: tuple[Citation, ...],
    names: tuple[str, ...],
) -> Figure:
    exponent = amount.as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    label = _BREAKS.split(text[:start])[-1].strip()[-_LABEL_LENGTH:]
    return Figure(label, amount, unit, dimension, decimals, places, names=names)


def clauses(text: str) -> list[str]:
    """The clauses of a sentence: what stands between commas, list marks and stops."""
    return [part for part in re.split(r"[，,；;。：:、]", text) if part.strip()]
