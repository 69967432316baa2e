"""Is one thing part of another: the sentence that says both, or the list of the one that leaves the other out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Status
from assistant.asking import asks_inclusion
from assistant.covering import tell
from assistant.library import Library, search
from assistant.question import fold
from assistant.reply import Reply
from assistant.sentences import ROW, Sentence
from assistant.text_terms import load
from assistant.understanding import TextNeed
from assistant.wording import Term

_SAID = 0.8  # of a term
_PAIR = 2


def included(need: TextNeed, library: Library) -> Reply | None:
    """What the documents say of the two things; that they do not say it, with the list of the one, where they list it."""
    if need.linked is None or not asks_inclusion(need.query):
        return None
    terms = [t for t in library.wording.terms_of(need.linked) if not t.kind]
    if len(terms) < _PAIR:
        return None
    found = [f.sentence for f in search(need.query, terms, library) if f.sentence.kind != ROW and _lists(f.sentence)]
    for sentence in found:
        text = fold(sentence.text)
        if all(library.wording.held(t, text) >= _SAID for t in terms):
            told = tell([sentence], terms)
            verdict = "文件写明：" if _denies(text) else "**包括**。文件写明："
            return replace(told, lines=(verdict, *told.lines), rule="included")
    return _left_out(need, terms, found, library)


def _left_out(need: TextNeed, terms: Sequence[Term], found: Sequence[Sentence], library: Library) -> Reply | None:
    """The sentence that lists the parts of the one thing, where the other is none of them."""
    whole = next((t for t in terms if t.named), None)
    if whole is None:
        return None
    others = "".join(t.word for t in terms if t is not whole)
    for sentence in found:
        if library.wording.held(whole, fold(sentence.text)) == 1.0:
            told = tell([sentence], terms)
            line = f"文件没有说“{whole.word}”是否包括“{others}”；它写的是："
            return replace(
                told, lines=(line, *told.lines), figures=(), status=Status.ABSTAINED, reason="未披露", rule="included"
            )
    return None


def _lists(sentence: Sentence) -> bool:
    return any(word in sentence.text for word in load().inclusion.lists)


def _denies(text: str) -> bool:
    lists = "|".join(map(re.escape, load().inclusion.lists))
    return re.search(rf"不(?:{lists})|除[^，。]*外", text) is not None
