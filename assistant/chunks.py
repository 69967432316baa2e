"""The passages of an open index, for retrieval."""

from __future__ import annotations

import sqlite3

from index.document import Position, Source
from index.evidence import Chunk


def open_chunks(connection: sqlite3.Connection) -> dict[int, Chunk]:
    """Every chunk of an index by its id."""
    rows = connection.execute(
        "SELECT c.id, c.kind, c.heading, c.text, d.key AS document, s.* FROM chunks c "
        "JOIN sources s ON s.id = c.source_id JOIN documents d ON d.id = c.document_id ORDER BY c.id"
    )
    return {
        row[0]: Chunk(
            row["text"], row["heading"], row["kind"],
            Source(
                row["document"], row["section"], Position(row["page"], row["line"]), row["table"], row["row"], row["column"],
                row["row_index"], row["column_index"], row["quote"],
            ),
            row[0],
        )
        for row in rows
    }  # fmt: skip
