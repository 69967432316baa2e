"""The exceptions of the index layer.

IndexError_ is spelled `BudgetIndexError` so that the builtin stays usable.

BudgetIndexError                 anything this layer reports to a caller
├── DocumentError                a file that cannot become a Document
│   ├── UnreadableDocument       missing, empty, binary, encrypted, truncated, no text
│   └── UnsupportedFormat        no reader for this kind of file
├── StoreError                   what is on disk cannot be used
│   ├── IndexMissing             nothing built there yet
│   ├── IndexDamaged             half-built, or files that do not fit together
│   ├── IndexOutdated            written by another schema version
│   └── StoreUnwritable          the directory cannot be written
├── QueryRefused                 a statement that the read-only connection will not run
├── ReferenceDataError           a data file of the project fails its validation
└── EmbeddingUnavailable         the configured embedding model cannot be loaded
"""

from __future__ import annotations


class BudgetIndexError(Exception):
    """Root of the layer. `str(error)` is Chinese and says what, where, and what to do."""

    def __init__(self, message: str, *, remedy: str = "") -> None:
        self.message = message
        self.remedy = remedy
        super().__init__(f"{message}。{remedy}" if remedy else message)


class DocumentError(BudgetIndexError):
    """A file that cannot become a `Document`."""


class UnreadableDocument(DocumentError):
    """Missing, empty, binary, encrypted, truncated, or without any text."""


class UnsupportedFormat(DocumentError):
    """There is no reader for this kind of file."""


class StoreError(BudgetIndexError):
    """What is on disk cannot be used."""


class IndexMissing(StoreError):
    """Nothing has been built at this place."""


class IndexDamaged(StoreError):
    """A half-built index, or files that do not belong together."""


class IndexOutdated(StoreError):
    """An index written by another version of the schema."""


class StoreUnwritable(StoreError):
    """The directory, or the disk under it, cannot be written."""


class QueryRefused(BudgetIndexError):
    """A statement that the read-only connection will not run."""


class ReferenceDataError(BudgetIndexError):
    """A data file shipped with the project fails its own validation."""


class EmbeddingUnavailable(BudgetIndexError):
    """The configured embedding model cannot be loaded here."""
