"""What a stretch that nothing known covers may mean: part of a name, a clipped, turned or mistyped one."""

from __future__ import annotations

from dataclasses import replace

import rjieba

from assistant.lexicon import Sense
from assistant.question import fold
from assistant.shapes import Mention
from assistant.similarity import Similarity


def gaps(start: int, end: int, inside: list[Mention]) -> list[tuple[int, int]]:
    """What the mentions of a region leave uncovered."""
    free, low = [], start
    for mention in sorted(inside, key=lambda m: m.start):
        if mention.start - low >= 2:
            free.append((low, mention.start))
        low = max(low, mention.end)
    return [*free, (low, end)] if end - low >= 2 else free


def gap(text: str, start: int, end: int, similarity: Similarity) -> list[Mention]:
    """Names inside a stretch: whole words of it, longest runs first, that are part of a name; else one mistyped."""
    found = words_in(text, start, end, similarity) or _clipped(text, start, end, similarity)
    found = found or _turned(text, start, end, similarity)
    slip = similarity.slip(text[start:end])
    if slip is None or slip.covered <= max((m.end - m.start for m in found), default=0):
        return found
    low = start + slip.offset
    sense = Sense(names=slip.names, project=slip.project)
    return [Mention(low, low + slip.covered, text[low : low + slip.covered], sense, score=slip.score, via=slip.via)]


def with_neighbours(text: str, start: int, end: int, mentions: list[Mention], similarity: Similarity) -> list[Mention]:
    """A mistyped name of which a part means something by itself (三工|经费, 机关|运形|经费, 医疗费|补住)."""
    before = next((m for m in mentions if m.end == start and not m.sense.project and m.via == "exact"), None)
    after = next((m for m in mentions if m.start == end and not m.sense.project and m.via == "exact"), None)
    lows = [m.start for m in (before,) if m is not None]
    highs = [m.end for m in (after,) if m is not None]
    windows = [
        *((low, high) for low in lows for high in highs),
        *((start, high) for high in highs),
        *((low, end) for low in lows),
    ]
    for low, high in windows:
        slip = similarity.slip(text[low:high])
        if slip is not None and not slip.offset and slip.covered >= high - low:
            sense = Sense(names=slip.names, project=slip.project)
            return [Mention(low, high, text[low:high], sense, score=slip.score, via=slip.via)]
    return []


def _clipped(text: str, start: int, end: int, similarity: Similarity) -> list[Mention]:
    """Two words for which a name says one character each (援助新疆 → 援疆)."""
    edges = [start]
    for word in rjieba.cut(text[start:end]):
        edges.append(edges[-1] + len(word))
    for low, middle, high in zip(edges, edges[1:], edges[2:], strict=False):
        if middle - low < 2 or high - middle < 2:
            continue
        for clipped in (text[low] + text[middle], text[low] + text[high - 1]):
            match = similarity.part(clipped)
            if match is not None and any(name.startswith(clipped) for name in match.names):
                sense = Sense(names=match.names, project=match.project)
                return [Mention(low, high, text[low:high], sense, score=match.score, via=match.via)]
    return []


def _turned(text: str, start: int, end: int, similarity: Similarity) -> list[Mention]:
    """A name said the other way round (报刊征订 → 征订党报党刊)."""
    words = list(rjieba.cut(text[start:end]))
    if len(words) != 2 or min(map(len, words)) < 2:
        return []
    match = similarity.best(words[1] + words[0])
    if match is None or match.covered < end - start:
        return []
    sense = Sense(names=match.names, project=match.project)
    return [Mention(start, end, text[start:end], sense, score=match.score, via="fuzzy")]


def words_in(text: str, start: int, end: int, similarity: Similarity, project: str = "") -> list[Mention]:
    edges = [start]
    for word in rjieba.cut(text[start:end]):
        edges.append(edges[-1] + len(word))
    spans = [(i, j) for n, i in enumerate(edges) for j in edges[n + 1 : n + 5] if j - i >= 2]
    found: list[Mention] = []
    for i, j in sorted(spans, key=lambda s: s[0] - s[1]):
        if any(m.start < j and m.end > i for m in found):
            continue
        match = similarity.part(text[i:j], project)
        if match is not None:
            sense = Sense(names=match.names, project=match.project)
            found.append(Mention(i, j, text[i:j], sense, score=match.score, via=match.via))
    return found


def dated_names(text: str, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """ "2025年信息化提升项目": a year that is printed in the name right behind it is part of the name."""
    result = list(mentions)
    for year in [m for m in mentions if m.year is not None]:
        named = next((m for m in result if m.start == year.end and (m.sense.names or m.sense.project)), None)
        if named is None:
            continue
        whole = year.text + named.text
        names = tuple(n for n in named.sense.names if whole in fold(n))
        if not names and whole not in fold(named.sense.project):
            continue
        sense = replace(named.sense, names=names or named.sense.names)
        longer = replace(named, start=year.start, text=whole, sense=sense)
        result = [longer if m is named else m for m in result if m is not year]
    return tuple(result)
