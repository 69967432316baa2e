"""The same retrieval as a LangChain `BaseRetriever`, apart so that a search need not import langchain (0.5 s)."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from index.retrieval import Hit, Retriever


class BudgetRetriever(BaseRetriever):
    """`BudgetRetriever(retriever=…).invoke("公务接待费为什么减少")` → LangChain documents, best first."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    retriever: Retriever
    k: int = 8
    documents: tuple[str, ...] | None = None
    kinds: tuple[str, ...] | None = None

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        hits = self.retriever.search(query, k=self.k, documents=self.documents, kinds=self.kinds)
        return [as_document(hit) for hit in hits]


def as_document(hit: Hit) -> Document:
    """A hit's passage as page content; its place and scores as metadata."""
    source = hit.chunk.source
    metadata: dict[str, Any] = {
        "document": source.document,
        "heading": hit.chunk.heading,
        "kind": hit.chunk.kind,
        "page": source.position.page,
        "line": source.position.line,
        "score": hit.score,
        "lexical": hit.lexical,
        "dense": hit.dense,
    }
    return Document(page_content=hit.chunk.text, metadata=metadata)
