"""An index read as though it held some of its documents only."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Protocol

_TABLES = (
    "sections", "paragraphs", "tables", "sources", "facts", "statements", "projects", "text_fields", "spending_lines",
    "procurement", "indicators", "findings", "chunks",
)  # fmt: skip


class Readable(Protocol):
    """What the vocabulary of an index is read from."""

    def execute(self, sql: str, parameters: Sequence[object] = (), /) -> sqlite3.Cursor: ...


class Narrowed:
    """A connection on which every table holds the rows of the given documents and no others."""

    def __init__(self, connection: sqlite3.Connection, keys: Sequence[str]) -> None:
        self._connection = connection
        self._keys = tuple(keys)
        marks = ", ".join("?" * len(self._keys))
        held = [f"documents AS (SELECT * FROM main.documents WHERE key IN ({marks}))"]  # noqa: S608 - marks alone
        held += [
            f"{name} AS (SELECT * FROM main.{name} WHERE document_id IN (SELECT id FROM documents))"  # noqa: S608 - own names
            for name in _TABLES
        ]
        self._prefix = f"WITH {', '.join(held)} "

    def execute(self, sql: str, parameters: Sequence[object] = (), /) -> sqlite3.Cursor:
        return self._connection.execute(self._prefix + sql, (*self._keys, *parameters))
