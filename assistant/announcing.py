"""A quoted sentence that only announces what follows (主要原因如下：, 其工作职责主要：) is told with what follows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.answer import Citation
from assistant.executing import Executor
from assistant.reply import Reply
from assistant.sentences import clean, figures_in, item_number, pieces

_COLON = "：:"
_LONGEST = 600  # characters of what follows


def told_out(reply: Reply, executor: Executor) -> Reply:
    """The reply with every line that ends in a colon, and nothing below it, followed by what it announces."""
    lines, figures = list(reply.lines), list(reply.figures)
    for place in reply.citations if reply.answered else ():
        announced = place.mark or place.quote
        if not announced.endswith(tuple(_COLON)):
            continue
        told = [number for number, line in enumerate(lines) if line.endswith(announced)]
        following = _following(place, announced, executor) if told else ""
        for number in told:
            lines[number] += following
        figures += figures_in(following, (place,))
    return replace(reply, lines=tuple(lines), figures=tuple(figures))


def _following(place: Citation, announced: str, executor: Executor) -> str:
    """What is printed behind a sentence: the rest of its line, else the list that begins on the next line."""
    lines = _lines(place, executor)
    for line in lines:
        parts = [clean(part) for part in pieces(line)]
        if announced in parts:
            rest = parts[parts.index(announced) + 1 :]
            return _whole(rest or _items(lines))
    return ""


def _lines(place: Citation, executor: Executor) -> Iterator[str]:
    rows = executor.read(
        "SELECT p.text FROM paragraphs p JOIN sections s ON s.id = p.section_id "
        "JOIN documents d ON d.id = p.document_id WHERE d.key = ? AND s.path = ? ORDER BY p.id",
        (place.document, place.section),
    )
    return (line for row in rows for line in row["text"].split("\n"))


def _items(lines: Iterator[str]) -> Iterator[str]:
    """The items of a list: a number that was there before begins another list."""
    seen: set[str] = set()
    for line in lines:
        number = item_number(line)
        if not number or number in seen:
            return
        seen.add(number)
        yield clean(line)


def _whole(parts: list[str] | Iterator[str]) -> str:
    """As many parts as are quoted whole."""
    told = ""
    for part in parts:
        if told and len(told) + len(part) > _LONGEST:
            return told
        told += part
    return told


__all__ = ["told_out"]
