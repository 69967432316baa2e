"""Where something happens: every sentence about it that names places, each with places the others do not name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.asking import asks_place, kind_of_place
from assistant.covering import tell
from assistant.library import Found, Library, search
from assistant.question import fold
from assistant.reply import Reply
from assistant.sentences import DEFINITION
from assistant.text_terms import load
from assistant.understanding import TextNeed
from assistant.wording import tagged

_ABOUT = 0.45  # of the question, a sentence that names places
_BESIDE_BEST = 0.5
_LISTED = 6
_PLACE = "ns"
_NAMED_SO = "[一-龥](?<![个各困行])[{}]"  # 大河镇, no 个乡镇


def where(need: TextNeed, library: Library) -> Reply | None:
    """The places of what is asked about; None where the question asks for none or the document names none."""
    if need.linked is None or not (asks_place(need.query) or kind_of_place(need.query)):
        return None
    terms = [t for t in library.wording.terms_of(need.linked) if not t.kind and t.word not in load().where.kinds]
    found = [f for f in search(need.query, terms, library) if f.covered >= _ABOUT and not _lacks(f, library)]
    every = [(f, set(_named(f, library))) for f in found if f.sentence.kind != DEFINITION]
    kind = kind_of_place(need.query)
    of_kind = [
        (f, names) for f, names in every if names and kind and re.search(_NAMED_SO.format(kind), f.sentence.text)
    ]
    named = of_kind or every
    best = max((f.covered for f, names in named if names), default=0.0)
    chosen: list[Found] = []
    told: set[str] = set()
    for one, names in sorted(named, key=lambda pair: len(pair[1])):  # a sentence of its own before one that lists all
        if names - told and one.covered >= best * _BESIDE_BEST and len(chosen) < _LISTED:
            chosen.append(one)
            told |= names
    if not chosen:
        return None
    ordered = sorted(chosen, key=lambda f: f.sentence.order)
    return replace(tell([f.sentence for f in ordered], terms), rule="places")


def _named(found: Found, library: Library) -> Iterator[str]:
    """The names of places in a sentence, without those of the body itself."""
    words = tagged(fold(found.sentence.text))
    for (word, tag), (following, _) in zip(words, (*words[1:], ("", "")), strict=True):
        whole = word.endswith(load().organs.levels) or following.startswith(load().where.kinds)
        if (
            tag == _PLACE
            and whole
            and word not in load().where.kinds
            and not any(word in body for body in library.wording.bodies)
        ):
            yield word


def _lacks(found: Found, library: Library) -> bool:
    """Does it lack a thing of the question that no document holds?"""
    return any(t.is_telling and not (t.near or library.wording.known(t.word)) for t in found.missing)
