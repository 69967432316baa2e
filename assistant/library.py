"""Where text is looked up, and the search for the sentences that cover a question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.executing import Executor
from assistant.figures import Figure
from assistant.query import Selector
from assistant.sentences import ROW, Sentence, figures_in, sentences_of
from assistant.wording import Term, Wording
from index.evidence import Dimension
from index.retrieval import Retriever

_HITS = 36
_RANK = 0.12
_OWN = 0.1
_UNASKED = 0.75


@dataclass(frozen=True, slots=True)
class Library:
    """`documents` empty: every document of the index."""

    executor: Executor
    retriever: Callable[[], Retriever]
    wording: Wording
    documents: tuple[str, ...]

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


def search(query: str, terms: Sequence[Term], library: Library, *, counter: str = "", money: bool = False) -> tuple[Found, ...]:
    """The sentences that cover the terms, best first. `counter` or `money`: what kind of quantity is asked for;
    a sentence without one is put behind."""
    if not terms:
        return ()
    wording = library.wording
    hits = library.retriever().search(query, k=_HITS, documents=library.documents or None)
    best = max((hit.score for hit in hits), default=1.0) or 1.0
    found: dict[str, Found] = {}
    for hit in hits:
        for sentence in sentences_of(hit.chunk):
            covered = wording.cover(terms, sentence.text, sentence.context)
            if not covered:
                continue
            own = wording.cover(terms, sentence.text)
            score = covered + _OWN * own + _RANK * hit.score / best - (0.05 if sentence.kind == ROW else 0.0)
            if (counter or money) and not has_quantity(sentence.text, library, counter=counter, money=money):
                score *= _UNASKED
            around = f"{sentence.text}{sentence.context}"
            missing = tuple(t for t in terms if wording.cover([t], around) < 0.5)
            known = found.get(sentence.text)
            if known is None or known.score < score:
                found[sentence.text] = Found(sentence, covered, score, missing)
    return tuple(sorted(found.values(), key=lambda f: (-round(f.score, 6), f.sentence.order)))


def has_quantity(text: str, library: Library, *, counter: str = "", money: bool = False) -> bool:
    """Does a text state a quantity of the kind that is asked for?"""
    figures = figures_in(text)
    if money and any(f.dimension is Dimension.MONEY for f in figures):
        return True
    return any(counts(f, counter, library) for f in figures) if counter else not money


def counts(figure: Figure, counter: str, library: Library) -> bool:
    """Is a figure a number of what the counter counts?"""
    return figure.dimension is Dimension.COUNT and library.wording.terms.same_counter(counter, figure.unit)
