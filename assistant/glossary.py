"""What the documents define: entries of a glossary, and terms explained in notes and in running text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from assistant.answer import Citation
from assistant.executing import citation
from assistant.library import Library
from assistant.question import fold
from assistant.sentences import DEFINITION, cite, clean, pieces
from assistant.text_terms import load
from index.document import Source

_NUMBER = r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．][、.．]?)?"
_ENTRY = re.compile(
    rf"^\s*{_NUMBER}\s*[“\"]?(?P<term>[^：:，。；]{{2,60}}?)[”\"]?\s*[：:](?P<text>.{{4,}})$", re.DOTALL
)
_ALIKE = 0.75
_SCANNED = 60
_LEAST_TERM = 2
_ACCOUNT = re.compile(r"[（(][类款项][）)]")  # 住房保障支出(类)住房改革支出(款)提租补贴(项)
_BETWEEN = 12  # characters between a term and what is asked of it


@dataclass(frozen=True, slots=True)
class Definition:
    """`text` is the whole printed entry or sentence."""

    term: str
    text: str
    citation: Citation
    entry: bool  # of a glossary; otherwise a sentence


@cache
def _defining() -> re.Pattern[str]:
    verbs = "|".join(re.escape(v) for v in load().defining if len(v) > 1 or v == "指")
    return re.compile(
        rf"^\s*{_NUMBER}\s*(?:本[^，。]{{0,6}}所称)?[“\"]?(?P<term>[^：:，,。；]{{2,30}}?)[”\"]?\s*[，,：:]?\s*(?:{verbs})(?P<text>.{{4,}})$",
        re.DOTALL,
    )


def define(candidates: Iterable[str], query: str, library: Library) -> tuple[Definition, ...]:
    """The definitions of a term by any of its names; the ones whose term is most alike, empty when none is near."""
    wanted = [c for c in dict.fromkeys(map(fold, candidates)) if len(c) >= _LEAST_TERM]
    if not wanted:
        return ()
    scored: list[tuple[float, int, Definition]] = []
    for number, definition in enumerate(_definitions(query, wanted, library)):
        score = max(_near(candidate, definition.term, library) for candidate in wanted)
        if score >= _ALIKE:
            scored.append((score + (0.001 if definition.entry else 0.0), -number, definition))
    if not scored:
        return ()
    best = max(score for score, _, _ in scored)
    chosen = [d for score, _, d in sorted(scored, key=lambda s: (-s[0], -s[1])) if score >= best - 0.0005]
    return tuple({d.text: d for d in chosen}.values())[:3]


def asked_in(text: str, library: Library) -> tuple[Definition, ...]:
    """The glossary entries of a term that stands in a question right before what asks for its meaning (X管的是什么)."""
    asks = "|".join(map(re.escape, load().meaning))
    found: dict[str, list[Definition]] = {}
    for definition in _entries(library):
        name = _name(definition.term)
        if len(name) > _LEAST_TERM and re.search(rf"{re.escape(name)}[^。？；]{{0,{_BETWEEN}}}?(?:{asks})", text):
            found.setdefault(name, []).append(definition)
    return tuple(found[max(found, key=len)][:3]) if found else ()


def _entries(library: Library) -> Iterator[Definition]:
    """The entries under the headings of glossaries, in order."""
    rows = library.executor.read(
        "SELECT c.heading, c.text, s.*, d.key AS document FROM chunks c JOIN sources s ON s.id = c.source_id "
        "JOIN documents d ON d.id = c.document_id ORDER BY c.id"
    )
    for row in rows:
        if library.holds(row["document"]) and any(word in row["heading"] for word in load().glossaries):
            for line in row["text"].split("\n"):
                if match := _ENTRY.match(line):
                    yield Definition(clean(match["term"]), clean(line), citation(row), entry=True)


def _name(term: str) -> str:
    """What an entry is called; one of an account by its own name, without those it stands under."""
    names = [part for part in _ACCOUNT.split(term) if fold(part)]
    return fold(names[-1]) if names else fold(term)


def _near(candidate: str, term: str, library: Library) -> float:
    folded = fold(term)
    if candidate in (folded, _name(term)):
        return 1.0
    if candidate in folded and len(candidate) * 2 >= len(folded) and folded.startswith(candidate):
        return max(0.8, library.wording.likeness(candidate, folded))
    return library.wording.likeness(candidate, folded)


def _definitions(query: str, wanted: list[str], library: Library) -> Iterator[Definition]:
    """Candidates near the question, then every glossary entry of the documents in scope."""
    seen: set[str] = set()
    retriever = library.retriever()
    hits = [*retriever.search(" ".join([query, *wanted[:2]]), k=_SCANNED, documents=library.documents or None)]
    hits += retriever.search(" ".join(wanted[:3]), k=_SCANNED, documents=library.documents or None, kinds=[DEFINITION])
    for hit in hits:
        chunk = hit.chunk
        if chunk.text in seen:
            continue
        seen.add(chunk.text)
        if chunk.kind == DEFINITION and (match := _ENTRY.match(chunk.text)):
            yield _made(match["term"], chunk.text, chunk.source, chunk.text, entry=True)
            continue
        for sentence in pieces(chunk.text):
            if match := _defining().match(sentence):
                yield _made(match["term"], sentence, chunk.source, chunk.text, entry=False)
                continue
            folded = fold(sentence)
            for term in wanted:
                if any(term + verb in folded for verb in load().consisting):
                    yield _made(term, sentence, chunk.source, chunk.text, entry=False)


def _made(term: str, text: str, source: Source, quote: str, *, entry: bool) -> Definition:
    told = clean(text)
    return Definition(clean(term), told, cite(source, told, source.quote or quote), entry)
