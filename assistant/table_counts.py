"""How many numbered tables a document prints, and what each is called (公开表一共几张, 排到几号)."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.catalog import Catalog
from assistant.executing import Executor
from assistant.figures import Figure
from assistant.query import Selector
from assistant.reply import Reply
from assistant.semantics import grammar_words
from assistant.understanding import Understanding
from index.evidence import Dimension

RULE = "tables"
_UNIT = "张"


def answer(understood: Understanding, catalog: Catalog, documents: tuple[str, ...], executor: Executor) -> Reply | None:
    """The number of them with their titles; None where something else is counted or the tables bear no numbers."""
    linked = understood.linked
    named = any(m.via == "exact" and (m.sense.names or m.sense.project or m.table) for m in linked.mentions)
    counts = understood.parts.head_unit == _UNIT and any(word in linked.text for word in grammar_words("tables"))
    if len(documents) != 1 or named or not counts or any(word in linked.text for word in grammar_words("some_tables")):
        return None
    numbered = {t.number: t.title for t in catalog.tables if t.document in documents and t.number}
    digits = [int(found[0]) if len(found := re.findall(r"\d+", number)) == 1 else 0 for number in numbered]
    if sorted(digits) != list(range(1, len(digits) + 1)) or not digits:
        return None  # one may be printed that was not recovered
    rows = [executor.facts(Selector(table_numbers=(number,), documents=documents))[:1] for number in numbered]
    places = tuple(row.citation for found in rows for row in found)
    number = Figure("编号的表", Decimal(len(numbered)), _UNIT, Dimension.COUNT, 0, places)
    numbers = tuple(numbered)
    lines = (
        f"编号的表共 **{number.text}**（{numbers[0]}至{numbers[-1]}）：",
        *(f"- {title if title.startswith(printed) else f'{printed} {title}'}" for printed, title in numbered.items()),
    )
    return Reply(lines, (number,), places, subject=number.label, rule=RULE)
