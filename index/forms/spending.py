"""The project table of the overall form: one row a project, with numbered spending lines in its last cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from index.evidence import Dimension, Fact, SpendingLine
from index.forms.amounts import Amount, read_amounts
from index.forms.place import BUDGET_MEASURE, FormPlace
from index.forms.segments import Form, Segment
from index.forms.text import Item, Passage, Token, split_items, squeeze, strip_ordinal
from index.forms.vocabulary import terms

ORIGIN_OVERALL = "整体绩效目标申报表"
ORIGIN_PROJECT = "项目表"
_NUMERIC = re.compile(r"-?\d{1,3}(?:[,，]\d{3})*(?:\.\d+)?|-?\d+(?:\.\d+)?")
_MARKER = re.compile(r"项目\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[：:、.．]\s*")
_INDEX = re.compile(r"\d{1,2}[、.．]?")
_MARKER_LINES = 3
_AMOUNTS = ("total", "current")
_EDGE = " ：:，,、；;。.—-"


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """One project as listed: amounts as printed ("" = blank), `use` its spending text."""

    is_total: bool

    name: str
    printed_name: str
    category: str
    total: str
    current: str
    use: Passage
    first: Token


class SpendingRead(NamedTuple):
    """Spending lines and every fact in them."""

    lines: tuple[SpendingLine, ...]
    facts: tuple[Fact, ...]


def read_project_rows(form: Form, segment: Segment) -> tuple[ProjectRow, ...]:
    """Every row of the project table, a total row included."""
    tokens = segment.tokens
    amounts = [role for role in segment.columns if role in _AMOUNTS]
    starts = _row_starts(tokens, len(amounts))
    rows: list[ProjectRow] = []
    for number, (begin, numbers, end) in enumerate(starts):
        until = starts[number + 1][0] if number + 1 < len(starts) else len(tokens)
        label, category = _label(tokens[begin:numbers], "category" in segment.columns)
        printed = dict(zip(amounts, (token.text for token in tokens[numbers:end]), strict=False))
        name = _MARKER.sub("", label)
        use = form.passage(tokens[end:until]).strip()
        rows.append(
            ProjectRow(
                name in terms().totals,
                name,
                label,
                category,
                printed.get("total", ""),
                printed.get("current", ""),
                use,
                tokens[begin],
            )
        )
    return tuple(rows)


def _row_starts(tokens: Sequence[Token], count: int) -> list[tuple[int, int, int]]:
    """(first token, first amount, after the last amount) of each row."""
    found: list[tuple[int, int, int]] = []
    index = after = 0
    while index < len(tokens) and count:
        begin = _row_begin(tokens, index, after)
        end = index
        while end < len(tokens) and _NUMERIC.fullmatch(tokens[end].text) and tokens[end].line == tokens[index].line:
            end += 1
        marked = begin is not None and _is_marked(tokens, begin)
        if begin is not None and end > index and (end - index >= count or marked):
            found.append((begin, index, min(end, index + count)))
            after = index = found[-1][2]
        else:
            index += 1
    return found


def _row_begin(tokens: Sequence[Token], index: int, after: int) -> int | None:
    """The first token of the row whose amounts begin at `index`; its name may begin some lines above."""
    begin = index
    while begin > after and tokens[begin - 1].line == tokens[index].line:
        begin -= 1
    for earlier in range(index, after - 1, -1):
        if tokens[earlier].line < tokens[index].line - _MARKER_LINES:
            break
        if _is_marked(tokens, earlier):
            return earlier
    return begin if begin < index else None


def _is_marked(tokens: Sequence[Token], index: int) -> bool:
    return tokens[index].first and _MARKER.match(tokens[index].text) is not None


def _label(tokens: Sequence[Token], with_category: bool) -> tuple[str, str]:
    words = [token.text for token in tokens]
    if len(words) > 1 and _INDEX.fullmatch(words[0]):
        words = words[1:]
    category = words.pop() if with_category and len(words) > 1 and not _MARKER.fullmatch(words[-2]) else ""
    return squeeze(" ".join(words)), category


def read_lines(place: FormPlace, use: Passage, row: str, column: str) -> SpendingRead:
    """The spending lines of one project with their amounts and every figure inside them."""
    lines: list[SpendingLine] = []
    facts: list[Fact] = []
    for number, item in enumerate(split_items(use), start=1):
        line, found = _line(place, item, row, column, number)
        lines.append(line)
        facts += found
    return SpendingRead(tuple(lines), tuple(facts))


def _line(place: FormPlace, item: Item, row: str, column: str, number: int) -> tuple[SpendingLine, list[Fact]]:
    text, body = item.whole.text, item.body
    amounts = read_amounts(body.text)
    head = _headline(body.text, amounts)
    content = _content(body.text, head)
    position = body.position(head.offset if head else 0)
    source = place.source(position, text, row, column, number)
    value = head.value if head else None
    line = SpendingLine(place.project, content, value, source, text, item.ordinal, "", ORIGIN_OVERALL)
    details = [amount for amount in amounts if amount is not head and not _repeats(amount, content, value)]
    shallow = min((_depth(body.text, amount) for amount in details), default=0)
    facts = [
        place.text_fact(
            amount,
            content,
            replace(source, position=body.position(amount.offset)),
            level=2 + (_depth(body.text, amount) > shallow),
        )
        for amount in details
    ]
    if head is not None:
        leaf = not any(fact.dimension is Dimension.MONEY and fact.measure == BUDGET_MEASURE for fact in facts)
        own = place.text_fact(replace(head, subject=content), "", source, level=1)
        facts.insert(0, replace(own, is_leaf=leaf))
    return line, facts


def _repeats(amount: Amount, content: str, value: int | None) -> bool:
    """ "精准扶贫经费420万元，精准扶贫经费420万元中…": the second is the first again."""
    return amount.value == value and amount.subject == content and not amount.formula


def _headline(text: str, amounts: Sequence[Amount]) -> Amount | None:
    """The amount of the whole line: the first money that does not stand in brackets."""
    for amount in amounts:
        if amount.dimension is Dimension.MONEY and not amount.measure and not _depth(text, amount):
            return amount
    return None


def _depth(text: str, amount: Amount) -> int:
    """How many brackets an amount stands in."""
    before = text[: amount.offset]
    return max(0, before.count("（") + before.count("(") - before.count("）") - before.count(")"))


def _content(text: str, head: Amount | None) -> str:
    """What the line is for: the words before its amount, or before the first bracket."""
    if head is None:
        return re.split("[（(]", text, maxsplit=1)[0].strip(_EDGE)
    content = text[: head.offset].strip(_EDGE)
    for word in sorted(terms().totals, key=len, reverse=True):
        if content.endswith(word) and content[: -len(word)].endswith(("，", ",", "、", "：")):
            content = content[: -len(word)].strip(_EDGE)
    return strip_ordinal(content) or head.subject
