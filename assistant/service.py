"""`Assistant`: the public face of the engine."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from assistant import composing
from assistant.answer import Answer, Citation, ResultTable
from assistant.catalog import DocumentEntry
from assistant.chunks import open_chunks
from assistant.config import Settings, load_settings
from assistant.context import TableContext, table_context
from assistant.desk import Desk, replay
from assistant.engine import Engine
from assistant.errors import QuestionRejected, UnknownDocument
from assistant.findings import StoredFinding
from assistant.guarding import ROW_CAP
from assistant.llm import language_model
from index import database
from index.build import LEXICAL_NAME, VECTORS_NAME, current, ensure_built_in
from index.lexical import open_lexical
from index.retrieval import Embedding, Retriever

History = Sequence[str | tuple[str, Answer]]


class Assistant:
    """Answers questions over one index. Safe to share between threads."""

    def __init__(self, engine: Engine, directory: Path, retriever: Retriever, row_cap: int = ROW_CAP) -> None:
        self._row_cap = row_cap
        self._engine = engine
        self._desk = Desk(engine)
        self._retriever = retriever
        self.directory = directory

    @classmethod
    def open(cls, path: str | Path | None = None, settings: Settings | None = None) -> Assistant:
        """The index at `path`; without one the configured index, where the built-in disclosure is built on first use.

        Raises AssistantError or BudgetIndexError, both with a remedy, when there is no usable index.
        """
        settings = settings or load_settings()
        model = settings.embedding_model or None
        if path is None:
            generation = ensure_built_in(settings.index_dir, embedding_model=model)
        else:
            generation = current(Path(path))
        connection = database.open_read_only(generation / database.DATABASE_NAME)
        chunks = open_chunks(connection)
        retriever = Retriever(
            open_lexical(generation / LEXICAL_NAME),
            chunks.__getitem__,
            generation / VECTORS_NAME,
            embedding=Embedding(model),
            dense_weight=settings.embedding_weight,
        )
        engine = Engine(
            connection,
            retriever,
            model=language_model(settings),
            longest_question=settings.max_question_length,
        )
        return cls(engine, generation, retriever, settings.max_rows)

    def ask(self, question: str, history: History = (), document: str | Sequence[str] | None = None) -> Answer:
        """Answer a question. "Cannot answer" is an Answer; input that is no question gives status "error"."""
        documents = self._documents(document)
        question = question.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair can never be written out
        try:
            state = replay(self._desk, [h if isinstance(h, str) else h[0] for h in history], documents)
            return self._desk.ask(question, state, documents).answer
        except QuestionRejected as error:
            return composing.failure(question, str(error))

    async def aask(self, question: str, history: History = (), document: str | Sequence[str] | None = None) -> Answer:
        """`ask` without blocking the event loop."""
        return await asyncio.to_thread(self.ask, question, history, document)

    def stream(
        self, question: str, history: History = (), document: str | Sequence[str] | None = None
    ) -> Iterator[Answer]:
        """The answer with its text growing paragraph by paragraph; the last one is complete."""
        answer = self.ask(question, history, document)
        shown = ""
        for block in answer.text.split("\n\n")[:-1]:
            shown = f"{shown}\n\n{block}" if shown else block
            yield replace(answer, text=shown)
        yield answer

    async def astream(
        self, question: str, history: History = (), document: str | Sequence[str] | None = None
    ) -> AsyncIterator[Answer]:
        for answer in await asyncio.to_thread(lambda: list(self.stream(question, history, document))):
            yield answer

    def documents(self) -> tuple[DocumentEntry, ...]:
        """What the index holds."""
        return self._engine.catalog.documents

    def findings(self, document: str | None = None) -> tuple[StoredFinding, ...]:
        """What the audit found, of one document or of all."""
        return tuple(f for f in self._engine.findings if document is None or f.document == document)

    def sql(self, select: str) -> ResultTable:
        """Run a guarded SELECT. Raises AssistantError."""
        return self._engine.executor.select(select, self._row_cap)

    def warnings(self) -> tuple[str, ...]:
        """What works less well than it should, in Chinese (a dense index that could not be opened …)."""
        return self._retriever.warnings

    def warm(self) -> None:
        """Load what a first text answer would wait for, in the background."""
        self._retriever.warm()

    def cell_context(self, citation: Citation) -> TableContext | None:
        """The whole table that a cell citation stands in, with the place of the cell; None for a sentence."""
        return table_context(self._engine.executor.read, citation)

    def passage_context(self, citation: Citation) -> str:
        """The section that a sentence stands in, as printed; the quote itself where there is no section."""
        rows = self._engine.executor.read(
            "SELECT p.text FROM paragraphs p JOIN sections s ON s.id = p.section_id JOIN documents d ON d.id = p.document_id "
            "WHERE d.key = ? AND s.path = ? ORDER BY p.id",
            (citation.document, citation.section),
        )
        text = "\n".join(row["text"] for row in rows)
        return text if citation.quote in text else citation.quote or text

    def _documents(self, document: str | Sequence[str] | None) -> tuple[str, ...]:
        if document is None:
            return ()
        keys = (document,) if isinstance(document, str) else tuple(document)
        known = self._engine.catalog.by_document
        for key in keys:
            if key not in known:
                available = "、".join(list(known)[:10])
                raise UnknownDocument(f"索引里没有文件“{key}”", remedy=f"可选：{available}")
        return keys
