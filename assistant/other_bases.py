"""Changes that a text states a second time against another base (如对比2025年年度预算，则减少…; 按可比口径…)."""

from __future__ import annotations

import re
from functools import cache

from assistant.executing import Executor, StatementRow
from assistant.figures import Figure
from assistant.question import fold
from assistant.sentences import clean, figures_in
from assistant.text_terms import load

_MOVES = ("增加", "减少", "增长", "下降", "持平")


def stated(change: StatementRow, executor: Executor) -> tuple[tuple[str, ...], tuple[Figure, ...]]:
    """What is told beside a stated change, in its paragraph or the one behind it: lines, and the figures in them."""
    found = [m[0] for text in _paragraphs(change, executor) for m in _pattern().finditer(text)]
    told = [text for text in dict.fromkeys(found) if change.clause not in text and text not in change.clause]
    figures = tuple(f for text in told for f in figures_in(text, (change.citation,), (change.subject,)))
    return tuple(f"- 文件另按别的口径写明：“{text}”" for text in told), figures


@cache
def _pattern() -> re.Pattern[str]:
    marks, moves = "|".join(map(re.escape, load().other_bases)), "|".join(_MOVES)
    return re.compile(rf"(?:{marks})[^。；]*?(?:{moves})[^。；]*")


def _paragraphs(change: StatementRow, executor: Executor) -> list[str]:
    rows = executor.read(
        "SELECT p.text FROM paragraphs p JOIN sections s ON s.id = p.section_id "
        "JOIN documents d ON d.id = p.document_id WHERE d.key = ? AND s.path = ? ORDER BY p.id",
        (change.document, change.citation.section),
    )
    texts, quote = [clean(row["text"]) for row in rows], fold(change.citation.quote)
    at = next((i for i, text in enumerate(texts) if quote and quote in fold(text)), None)
    if at is None:
        return []
    behind = [text for text in texts[at + 1 : at + 2] if _pattern().match(text)]
    return [texts[at], *behind]


__all__ = ["stated"]
