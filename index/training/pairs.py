"""Documents → pairs of texts that should lie close together."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from index.data_files import load_rows
from index.training.corpus import Material, Passage, TableRow

_DEFINITION = re.compile(
    r"(?:[（(]?[一二三四五六七八九十\d]+[)）]?[、.．]?)?[“”\"]?([^：:，。；]{2,24}?)[“”\"]?[：:](.{10,})"
)
_CLAUSE = re.compile(r"[^，。；：！？、]{4,}")
_SENTENCE = re.compile(r"[^。；！？]+[。；！？]?")
_FIGURE = re.compile(r"[\d.,]+\s*(?:万元|元|%)")
_NUMBERING = re.compile(r"^(?:第[一二三四五六七八九十]+部分|[（(]?[一二三四五六七八九十\d]+[)）、.．]+)")
_LONGEST = 300
_COLLOQUIAL = Path(__file__).parent / "colloquial.csv"


class Pair(NamedTuple):
    """A short text, as one would ask, and the passage that answers it."""

    query: str
    passage: str


def make_pairs(materials: Sequence[Material], seed: int = 0) -> list[Pair]:
    """Pairs of all kinds from all documents, without duplicates, in a reproducible random order."""
    chance = random.Random(seed)  # noqa: S311 - reproducible, not secret
    pairs: dict[Pair, None] = {}
    for material in materials:
        for passage in material.passages:
            pairs.update(dict.fromkeys(_passage_pairs(passage, chance)))
        pairs.update(dict.fromkeys(_row_pairs(material)))
    pairs.update(dict.fromkeys([_in_other_words(pair, chance) for pair in pairs]))
    kept = [pair for pair in pairs if pair.query != pair.passage]
    chance.shuffle(kept)
    return kept


@cache
def _colloquial() -> dict[str, list[str]]:
    """What a disclosure prints → what people say instead, the longest print first."""
    spoken: dict[str, list[str]] = {}
    for row in load_rows(_COLLOQUIAL):
        spoken.setdefault(row["printed"], []).append(row["said"])
    return dict(sorted(spoken.items(), key=lambda entry: -len(entry[0])))


def _in_other_words(pair: Pair, chance: random.Random) -> Pair:
    """The same pair asked as people speak; the pair itself when its query has no term that is spoken otherwise."""
    query = pair.query
    for printed, said in _colloquial().items():
        if printed in query:
            query = query.replace(printed, chance.choice(said))
    return Pair(query, pair.passage)


def _passage_pairs(passage: Passage, chance: random.Random) -> list[Pair]:
    headings = [_NUMBERING.sub("", heading) for heading in passage.headings]
    context = " ".join(headings[-2:])
    text = passage.text[:_LONGEST]
    found: list[Pair] = []
    if headings:
        found.append(Pair(headings[-1], text))
    if definition := _DEFINITION.match(text):
        found.append(Pair(definition[1], definition[2]))
    sentences = [part for part in _SENTENCE.findall(text) if len(part) >= 8]
    if len(sentences) > 1:
        chosen = chance.randrange(len(sentences))
        rest = "".join(part for place, part in enumerate(sentences) if place != chosen)
        found.append(Pair(sentences[chosen], f"{context} {rest}"))
    clauses = _CLAUSE.findall(text)
    for clause in chance.sample(clauses, min(3, len(clauses))):
        span = _span(clause, chance)
        kept = text if chance.random() < 0.7 else text.replace(clause, "", 1)
        found.append(Pair(span, f"{context} {kept}"))
    if headings and clauses:
        found.append(Pair(f"{headings[-1]} {_span(chance.choice(clauses), chance)}", text))
    return found


def _span(clause: str, chance: random.Random) -> str:
    """Four to twelve characters of a clause, figures left out."""
    words = _FIGURE.sub("", clause) or clause
    length = min(len(words), chance.randint(4, 12))
    start = chance.randint(0, len(words) - length)
    return words[start : start + length]


def _row_pairs(material: Material) -> list[Pair]:
    found: list[Pair] = []
    sentences = [
        sentence
        for passage in material.passages
        for sentence in _SENTENCE.findall(passage.text)
        if _FIGURE.search(sentence) and len(sentence) <= _LONGEST
    ]
    for row in _distinct(material.rows):
        found.append(Pair(row.name, f"{row.title} {row.line}"))
        if spoken := next((sentence for sentence in sentences if row.name in sentence), None):
            found.append(Pair(f"{row.title} {row.line}", spoken))
            found.append(Pair(row.name, spoken))
    return found


def _distinct(rows: Sequence[TableRow]) -> list[TableRow]:
    """The first row of each name under each title."""
    return list({(row.title, row.name): row for row in reversed(rows)}.values())
