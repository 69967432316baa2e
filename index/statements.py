"""Sentences → statements: what the narrative of a disclosure says of amounts, changes, shares, counts and reasons."""

from __future__ import annotations

from index.document import Document
from index.evidence import Fact, Statement
from index.prose.facts import facts_of
from index.prose.passages import passage
from index.prose.reader import ParagraphReader
from index.prose.scope import Scope


def read_statements(document: Document) -> tuple[Statement, ...]:
    """Every statement of the document's paragraphs, in printed order.

    `source.quote` is the whole sentence, `clause` the words that state it. Years and 口径 that a clause leaves out
    come from its sentence, its list, its heading, and at last from `document.identity`.
    """
    identity = document.identity
    scope = Scope(document, passage(identity.body).compact)
    found: list[Statement] = []
    for paragraph in document.paragraphs:
        if scope.in_definitions(paragraph.section):
            continue
        found += ParagraphReader(scope, paragraph, identity.year, identity.stage).read()
    return tuple(found)


def statement_facts(
    document: Document, statements: tuple[Statement, ...], table_facts: tuple[Fact, ...]
) -> tuple[Fact, ...]:
    """Stated amounts and counts as facts, under the names, codes and 口径 that the document's tables use."""
    return facts_of(statements, table_facts, document.identity.body)
