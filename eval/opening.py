"""What is measured, opened as anyone would open it. Imports are local: most of this package asks nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from eval.running import AssistantLike
from index.database import DATABASE_NAME, open_read_only

if TYPE_CHECKING:
    from index.retrieval import Retriever


def open_assistant(index: Path | None) -> AssistantLike:
    """The product; None is the built-in index, built on first use."""
    from assistant import Assistant

    opened: AssistantLike = Assistant.open(index)
    return opened


def generation_of(index: Path | None) -> Path:
    """The directory in use of an index; None is the built-in one.

    Raises IndexMissing or IndexDamaged; a directory that itself holds a database is taken as it is.
    """
    if index is not None and (index / DATABASE_NAME).exists():
        return index
    from assistant.config import load_settings
    from index.build import current, ensure_built_in

    return ensure_built_in(load_settings().index_dir) if index is None else current(index)


def database_of(index: Path | None) -> Path:
    """The database in use of an index."""
    return generation_of(index) / DATABASE_NAME


def open_retriever(index: Path | None) -> Retriever:
    """Retrieval alone, over the chunks of an index."""
    from index.build import LEXICAL_NAME, VECTORS_NAME
    from index.lexical import open_lexical
    from index.retrieval import Retriever
    from index.storing import read_chunks

    generation = generation_of(index)
    connection = open_read_only(generation / DATABASE_NAME)
    try:
        chunks = read_chunks(connection)
    finally:
        connection.close()
    return Retriever(open_lexical(generation / LEXICAL_NAME), lambda i: chunks[i - 1], generation / VECTORS_NAME)
