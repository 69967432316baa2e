"""Where text is looked up, and the search for the sentences that cover a question."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.executing import Executor
from assistant.figures import Figure
from assistant.query import Selector
from assistant.sentences import ROW, Sentence, figures_in, sentences_of
from assistant.wording import Asked, Term, Wording
from index.evidence import Dimension
from index.numbers import half_width
from index.retrieval import Retriever

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[年-]")
_HITS = 48
_RANK = 0.12
_OWN = 0.1
_UNASKED = 0.65


@dataclass(frozen=True, slots=True)
class Library:
    """`documents` empty: every document of the index. `year`: the one they are about, where they share one."""

    executor: Executor
    retriever: Callable[[], Retriever]
    wording: Wording
    documents: tuple[str, ...]
    year: int | None = None

    def holds(self, document: str) -> bool:
        return not self.documents or document in self.documents

    def selector(self, names: tuple[str, ...], project: str = "") -> Selector:
        return Selector(names=names, documents=self.documents, project=project or None, label="、".join(names[:1]))


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence with how much of the question it covers (0–1, with its context) and what it lacks."""

    sentence: Sentence
    covered: float
    score: float
    missing: tuple[Term, ...]


def search(query: str, terms: Sequence[Term], library: Library, asked: Asked = Asked()) -> tuple[Found, ...]:  # noqa: B008
    """The sentences that cover the terms, best first; one without a quantity of the asked kind is put behind."""
    if not terms:
        return ()
    wording = library.wording
    instead = (near for term in terms if term.near and not wording.known(term.word) for near in term.near)
    hits = library.retriever().search(" ".join((query, *instead)), k=_HITS, documents=library.documents or None)
    best = max((hit.score for hit in hits), default=1.0) or 1.0
    found: dict[str, Found] = {}
    for hit in hits:
        for sentence in sentences_of(hit.chunk):
            covered = wording.cover(terms, sentence.text, sentence.context)
            if not covered:
                continue
            own = wording.cover(terms, sentence.text)
            score = covered + _OWN * own + _RANK * hit.score / best - (0.05 if sentence.kind == ROW else 0.0)
            if asked and not has_quantity(sentence.text, asked, library):
                score *= _UNASKED
            around = f"{sentence.text}{sentence.context}"
            missing = tuple(t for t in terms if wording.cover([t], around) < 0.5)
            known = found.get(sentence.text)
            if known is None or known.score < score:
                found[sentence.text] = Found(sentence, covered, score, missing)
    return tuple(sorted(found.values(), key=lambda f: (-round(f.score, 6), f.sentence.order)))


def has_quantity(text: str, asked: Asked, library: Library) -> bool:
    """Does a text state a quantity of the kind that is asked for?"""
    figures = figures_in(text)
    if asked.counter:
        fitting = sum(counts(f, asked.counter, library) for f in figures)
        fitting += bool(re.search(rf"[百千万十]余{re.escape(asked.counter)}", text))  # 百余篇
    elif asked.money:
        fitting = sum(f.dimension is Dimension.MONEY for f in figures)
    elif asked.rate:
        fitting = sum(f.dimension is Dimension.PERCENT for f in figures)
    else:
        fitting = len(figures)
    return fitting > asked.several


def of_year(text: str, context: str, years: Sequence[int], library: Library) -> bool:
    """Does a sentence speak of one of the years? One that names no year speaks of its document's."""
    said = {int(year) for year in _YEAR.findall(half_width(f"{text} {context}"))}
    own = {int(year) for year in _YEAR.findall(half_width(text))}
    return bool(said.intersection(years)) or (not own and library.year in years)


def counts(figure: Figure, counter: str, library: Library) -> bool:
    """Is a figure a number of what the counter counts?"""
    terms, unit = library.wording.terms, figure.unit
    unit = unit[1:] if len(unit) > 1 and unit[0] in "万亿" else unit  # 4.8万亩
    return figure.dimension is Dimension.COUNT and (
        not {counter, unit}.isdisjoint(terms.generic) or terms.same_counter(counter, unit)
    )
