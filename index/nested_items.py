"""The depth of items that tables print in every shape: tall or wide, by fund or by year.

The three public expenses nest the same way everywhere (the whole; travel, cars, reception; of cars: buying and
running them); what a table's layout says of that differs from place to place and is not relied on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from index.document import TableKind
from index.evidence import Classification, Fact
from index.identities.names import key
from index.prose.terms import Entry, terms

_NESTED = Classification.THREE_PUBLIC
_OWN = (TableKind.THREE_PUBLIC, "")  # its own table, and prose


def nest_items(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The same facts with the level and the parent of every nested item; nothing else changes."""
    return tuple(_nested(fact) for fact in facts)


def _nested(fact: Fact) -> Fact:
    if fact.classification is not _NESTED or fact.project or fact.table_kind not in _OWN:
        return fact
    entry = _entries().get(key(fact.subject))
    return fact if entry is None else replace(fact, level=_level(entry), parent=entry.parent)


@cache
def _entries() -> dict[str, Entry]:
    """The nested items by every name, the short ones included."""
    nested = [entry for entry in terms().entries if entry.classification is _NESTED]
    return {key(name): entry for entry in nested for name in (entry.name, *entry.aliases, *entry.short)}


def _level(entry: Entry) -> int:
    above = next((e for e in terms().entries if e.name == entry.parent), None)
    return 0 if above is None else 1 + _level(above)
