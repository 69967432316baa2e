"""Which words of a question carry its content, and how well a text covers them."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import rjieba

from assistant.question import fold
from assistant.semantics import Semantics
from index.lexical import query_text

_CONTENT_TAGS = ("n", "v", "a", "j", "l", "i", "s", "t", "eng", "b", "z")
_LIGHT = re.compile(r"^(?:是|有|在|到|做|要|能|会|让|用|去|来|说|给|把|被|叫|想|看|请|问|的|为|和|与|及|跟)$")


@cache
def _tagged(text: str) -> tuple[tuple[str, str], ...]:
    return tuple(rjieba.tag(text))


@dataclass(frozen=True)
class Wording:
    """Built once an index. `grams`: in how many chunks a character bigram occurs; `stop`: words that only ask."""

    stop: frozenset[str]
    reasons: tuple[str, ...]
    grams: dict[str, int]
    chunks: int

    def content_words(self, question: str) -> tuple[str, ...]:
        """Nouns, verbs and the like, without the words that only ask."""
        text = query_text(fold(question))
        words = []
        for piece in text.split():
            for word, tag in _tagged(piece):
                if tag.startswith(_CONTENT_TAGS) and word not in self.stop and not _LIGHT.match(word):
                    words.append(word)
        return tuple(dict.fromkeys(w for w in words if re.search(r"[\w]", w)))

    def content(self, question: str) -> str:
        return "".join(self.content_words(question))

    def topic(self, question: str) -> str:
        """What a question is about, as one string."""
        return "".join(query_text(fold(question)).split()).strip("，。？；：、的是")

    def gives_reason(self, text: str) -> bool:
        return any(word in text for word in self.reasons)

    def weight(self, word: str) -> float:
        """Rarer words weigh more; a word the index has never seen weighs most."""
        return sum(math.log(1 + self.chunks / (1 + self.grams.get(g, 0))) for g in _grams(word)) / max(len(_grams(word)), 1)

    def known(self, word: str) -> bool:
        """Does the index hold this word at all (all of its bigrams)?"""
        return all(self.grams.get(g, 0) > 0 for g in _grams(word))

    def coverage(self, words: Sequence[str], text: str) -> float:
        """The weighted share of the words that the text holds; a partly held word counts by its bigrams."""
        folded = fold(text)
        whole = sum(self.weight(w) for w in words)
        if not whole:
            return 0.0
        held = 0.0
        for word in words:
            if word in folded:
                held += self.weight(word)
            elif len(word) > 2:
                parts = _grams(word)
                held += self.weight(word) * 0.8 * sum(g in folded for g in parts) / len(parts)
        return held / whole

    def likeness(self, first: str, second: str) -> float:
        """Dice coefficient over characters and bigrams of two short names."""
        one, two = Counter(_pieces(fold(first))), Counter(_pieces(fold(second)))
        shared = sum((one & two).values())
        total = sum(one.values()) + sum(two.values())
        return 2 * shared / total if total else 0.0


def _grams(word: str) -> list[str]:
    return [word[i : i + 2] for i in range(len(word) - 1)] or [word]


def _pieces(text: str) -> list[str]:
    return [*text, *(text[i : i + 2] for i in range(len(text) - 1))]


def build(chunks: Iterable[str], semantics: Semantics) -> Wording:
    """`chunks`: heading and text of every chunk."""
    grams: Counter[str] = Counter()
    count = 0
    for text in chunks:
        folded = fold(text)
        grams.update({folded[i : i + 2] for i in range(len(folded) - 1)} | set(folded))
        count += 1
    stop = frozenset(w for words in semantics.cues.values() for w in words)
    return Wording(stop, semantics.cues["reason_given"], dict(grams), count)
