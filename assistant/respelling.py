"""Known words that a question mistypes by their sound (项木, 差旅废, 人圆经费), put right before it is linked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import rjieba

from assistant.semantics import glue_words, locatives
from assistant.shapes import Mention
from assistant.similarity import Similarity

_LONGEST = 10
_SURE = 0.95  # score of a word that was put right


def respelled(text: str, mentions: tuple[Mention, ...], similarity: Similarity) -> str:
    """A folded question of the same length, with the words put right of which no known word covers some character."""
    free = [True] * len(text)
    for mention in mentions:
        free[mention.start : mention.end] = [False] * (mention.end - mention.start)
    edges = [0]
    for token in rjieba.cut(text):
        edges.append(edges[-1] + len(token))
    for length in range(min(_LONGEST, len(text)), 1, -1):
        for start in range(len(text) - length + 1):
            window = text[start : start + length]
            cut = start in edges and start + length in edges
            if not cut or not any(free[start : start + length]) or not window.isalpha() or window.isascii():
                continue
            word = similarity.word_of_sound(window)
            if word is not None and _mistyped(text, start, word, free, edges):
                text = text[:start] + word + text[start + length :]
                free[start : start + length] = [False] * length
    return text


def as_typed(mentions: tuple[Mention, ...], typed: str) -> tuple[Mention, ...]:
    """The links of a question put right, with the words as they were typed; those that differ are told as such."""
    return tuple(
        m
        if typed[m.start : m.end] == m.text
        else replace(m, text=typed[m.start : m.end], via="sound", score=min(m.score, _SURE))
        for m in mentions
    )


def _mistyped(text: str, start: int, word: str, free: Sequence[bool], edges: Sequence[int]) -> bool:
    """Are the characters that differ nothing known, no function word, and in no word of their own?"""
    lone = {*glue_words(), *locatives()}
    for place, meant in enumerate(word, start):
        if text[place] == meant:
            continue
        low = max(e for e in edges if e <= place)
        token = text[low : min(e for e in edges if e > place)]
        if not free[place] or text[place] in lone or (len(token) > 1 and rjieba.has_word(token)):
            return False
    return True
