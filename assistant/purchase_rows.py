"""The rows of the tables of government purchases: what is bought, for which project, by whom, how much of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.executing import Executor, FactRow
from assistant.purchase_terms import terms
from assistant.query import Selector
from index.document import TableKind
from index.evidence import Classification
from index.prose.terms import terms as prose_terms

BUYER = "采购单位"
ITEM = "采购内容"
_CODE = re.compile(r"^[A-Za-z]?\d[\d.]*")  # B02060000公路工程施工


@dataclass(frozen=True, slots=True)
class Purchase:
    """One row: `texts` by column, the buyer and the item among them; `amounts` by fund, "" the whole; `headers` of the
    text columns, filled in or not; `by_project`: rows are called after projects, not after what is bought."""

    category: str
    texts: tuple[tuple[str, str], ...]
    amounts: tuple[FactRow, ...]
    headers: tuple[str, ...] = ()
    by_project: bool = False

    def text(self, column: str) -> str:
        return dict(self.texts).get(column, "")

    @property
    def item(self) -> str:
        return self.text(ITEM)

    def amount(self, fund: str = "") -> FactRow | None:
        filled = [row for row in self.amounts if row.value is not None]
        if fund:
            return next((row for row in filled if row.fund == fund), None)
        return max(filled, key=lambda row: row.value or 0, default=None)


def load(
    documents: tuple[str, ...], executor: Executor, kind: TableKind = TableKind.PROCUREMENT
) -> tuple[Purchase, ...]:
    """Every purchase of the tables of some documents, in order."""
    selector = Selector(classifications=(Classification.PROCUREMENT,), table_kinds=(str(kind),), documents=documents)
    kinds = {e.name for e in prose_terms().entries if e.classification is Classification.PROCUREMENT}
    amounts: dict[tuple[int, int], list[FactRow]] = {}
    for row in executor.facts(selector):
        place = (row.citation.table_id or 0, row.citation.row_index or 0)
        if row.is_leaf and not row.is_total and row.subject not in kinds:
            amounts.setdefault(place, []).append(row)
    tables = sorted({table for table, _ in amounts})
    deep = {table for (table, _), own in amounts.items() if own[0].level > 1}
    amounts = {place: own for place, own in amounts.items() if own[0].level > 1 or place[0] not in deep}
    labels = {table: _labels(table, executor) for table in tables}
    texts = {table: _texts(table, executor) for table in tables}
    headers = {table: _headers(table, executor) for table in tables}
    return tuple(
        _purchase(facts, labels[table], texts[table].get(row, {}), row, headers[table])
        for (table, row), facts in amounts.items()
    )


@dataclass(frozen=True, slots=True)
class _Headers:
    """`account`, `project`: the label column that holds these; `item`: the text column of what is bought; "" for none."""

    account: str
    project: str
    item: str
    texts: tuple[str, ...]


def _headers(table: int, executor: Executor) -> _Headers:
    found = executor.read("SELECT header, role FROM table_columns WHERE table_id = ? ORDER BY position", (table,))
    labels = [row["header"] for row in found if row["role"] == "label"]
    texts = tuple(row["header"] for row in found if row["role"] == "text")
    account = next((header for header in labels if terms().is_account(header)), "")
    project = next((header for header in labels if terms().is_project(header)), "")
    return _Headers(account, project, next((header for header in texts if terms().is_item(header)), ""), texts)


def _labels(table: int, executor: Executor) -> dict[int, tuple[str, int | None]]:
    found = executor.read("SELECT position, label, parent FROM table_rows WHERE table_id = ?", (table,))
    return {row["position"]: (row["label"], row["parent"]) for row in found}


def _texts(table: int, executor: Executor) -> dict[int, dict[str, str]]:
    found = executor.read(
        "SELECT c.row, k.header, c.text FROM cells c JOIN table_columns k ON k.table_id = c.table_id AND k.position = "
        "c.\"column\" WHERE c.table_id = ? AND k.role = 'text' AND c.text <> '' ORDER BY c.row, k.position",
        (table,),
    )
    texts: dict[int, dict[str, str]] = {}
    for row in found:
        texts.setdefault(row["row"], {})[row["header"]] = row["text"]
    return texts


def _purchase(
    facts: list[FactRow], labels: dict[int, tuple[str, int | None]], texts: dict[str, str], row: int, headers: _Headers
) -> Purchase:
    """One row of amounts with what its other columns say."""
    above: list[str] = []
    place = labels.get(row, ("", None))[1]
    while place is not None and place in labels:
        label, place = labels[place]
        above.append(label)
    kinds = terms().categories
    category = next((name for label in above for name, _ in kinds if name in label), "")
    filled = [fact.citation.column or "" for fact in facts if fact.value]
    category = category or next((name for name, _ in kinds if any(c.endswith(name) for c in filled)), "")
    category = category or next((name for name, _ in kinds if {name, f"{name}类"} & set(texts.values())), "")
    between = [label for label in above if not any(name in label for name, _ in kinds)][:-1]
    bought = _CODE.sub("", texts.get(headers.item, "")) if headers.project else ""
    columns = {ITEM: facts[0].subject, **texts}
    if bought:  # a table of projects with what is bought for each
        columns = {ITEM: bought, headers.project: facts[0].subject}
        columns |= {header: text for header, text in texts.items() if header != headers.item}
    if between and headers.account:
        columns[headers.account] = between[0]
    elif facts[0].body or between:
        columns[BUYER] = facts[0].body or between[0]
    return Purchase(category, tuple(columns.items()), tuple(facts), headers.texts, by_project=bool(bought))


def rows_of(rows: Sequence[Purchase], category: str) -> tuple[Purchase, ...]:
    """The purchases of one kind; all of them where none is named."""
    return tuple(row for row in rows if not category or row.category == category)
