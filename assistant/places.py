"""Where something happens: every sentence about it that names places, each with places the others do not name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.asking import asks_kind_of_place, asks_place
from assistant.covering import tell
from assistant.library import Found, Library, search
from assistant.question import fold
from assistant.reply import Reply
from assistant.sentences import DEFINITION
from assistant.understanding import TextNeed
from assistant.wording import tagged

_ABOUT = 0.45  # of the question, a sentence that names places
_BESIDE_BEST = 0.6
_LISTED = 6
_PLACE = "ns"


def where(need: TextNeed, library: Library) -> Reply | None:
    """The places of what is asked about; None where the question asks for none or the document names none."""
    if need.linked is None or not (asks_place(need.query) or asks_kind_of_place(need.query)):
        return None
    terms = [t for t in library.wording.terms_of(need.linked) if not t.kind and not asks_kind_of_place(f"哪{t.word}")]
    found = [f for f in search(need.query, terms, library) if f.covered >= _ABOUT and not _lacks(f, library)]
    named = [(f, set(_named(f, library))) for f in found if f.sentence.kind != DEFINITION]
    best = max((f.covered for f, names in named if names), default=0.0)
    chosen: list[Found] = []
    told: set[str] = set()
    for one, names in named:
        if names - told and one.covered >= best * _BESIDE_BEST and len(chosen) < _LISTED:
            chosen.append(one)
            told |= names
    if not chosen:
        return None
    ordered = sorted(chosen, key=lambda f: f.sentence.order)
    return replace(tell([f.sentence for f in ordered], terms), rule="places")


def _named(found: Found, library: Library) -> Iterator[str]:
    """The names of places in a sentence, without those of the body itself."""
    for word, tag in tagged(fold(found.sentence.text)):
        if tag == _PLACE and not any(word in body for body in library.wording.bodies):
            yield word


def _lacks(found: Found, library: Library) -> bool:
    """Does it lack a thing of the question that no document holds?"""
    return any(t.is_telling and not (t.near or library.wording.known(t.word)) for t in found.missing)
