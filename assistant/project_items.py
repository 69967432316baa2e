"""Items of a list that a question places inside one project, by any whole word of what the project prints.

"总值班室这个项目里，干部的盒饭和搞培训的钱一共多少": what stands behind the opening is inside the project, and a
word that would say too little of the whole document names one of its lines.
"""

from __future__ import annotations

import re

import rjieba

from assistant import thesaurus
from assistant.lexicon import Sense
from assistant.semantics import glue_words
from assistant.shapes import Mention
from assistant.similarity import Similarity

OPENING = re.compile(
    r"(?:工作|经费)?(?:这个|那个|这项|那项|这块|那块)?(?:项目|专项)?的?(?:支出|明细|经费|钱)?"
    r"(?:里面|里头|里边|当中|之中|里|中(?!小|央|心|国|期))"
)
_ITEM = re.compile(r"[^、，。：；和与跟及]+")
_LIST = re.compile(r"[、和与跟及]")
_LONGEST = 4  # words of a run
_SHORTEST = 2
_MONEY = ("sum", "difference", "more", "fewer")  # what is asked of amounts put together
_VIA = "inside"


def linked_inside(text: str, mentions: tuple[Mention, ...], similarity: Similarity) -> tuple[Mention, ...]:
    """The mentions with those of the items of a list inside an opened project that mean nothing by themselves."""
    projects = [m for m in mentions if m.sense.project]
    opened = OPENING.match(text, projects[0].end) if len(projects) == 1 else None
    if opened is None or not _LIST.search(text, opened.end()):
        return mentions
    project, found, unknown = projects[0].sense.project, [], []
    asked = any(m.has(*_MONEY) for m in mentions) and not any(m.head_unit for m in mentions)
    for item in _ITEM.finditer(text, opened.end()):
        own = [m for m in mentions if item.start() <= m.start and m.end <= item.end()]
        across = any(m.sense.names and m.start < item.end() and item.start() < m.end and m not in own for m in mentions)
        if across or any(m.sense.names and m.via == "exact" for m in own):
            continue
        loose = [m for m in own if m.sense.names]
        free = _free(item.start(), item.end(), [m for m in own if m not in loose])
        if (named := _named(text, free, project, similarity)) is not None:
            found.append(named)
            mentions = tuple(m for m in mentions if m not in loose)
        elif asked and not loose and (word := _unknown(text, item.span(), free)) is not None:
            unknown.append(word)
    found += unknown if found or any(m.sense.names and m.start > opened.end() for m in mentions) else []
    kept = (m for m in mentions if not any(m.start < f.end and f.start < m.end for f in found))
    return tuple(sorted((*kept, *found), key=lambda m: m.start))


def _free(start: int, end: int, mentions: list[Mention]) -> list[tuple[int, int]]:
    """What mentions leave uncovered between two places."""
    free, low = [], start
    for mention in sorted(mentions, key=lambda m: m.start):
        free.append((low, mention.start))
        low = max(low, mention.end)
    return [(a, b) for a, b in (*free, (low, end)) if b - a > 1]


def _named(text: str, free: list[tuple[int, int]], project: str, similarity: Similarity) -> Mention | None:
    """The line of a project that a run of whole words names, the longest first."""
    runs = [run for low, high in free for run in _runs(text, low, high)]
    longest = sorted(runs, key=lambda run: run[0] - run[1])
    instead = [(run, other) for run in longest for other in thesaurus.said_instead(text[run[0] : run[1]])]
    for (start, end), word in (*((run, text[run[0] : run[1]]) for run in longest), *instead):
        if (match := similarity.line(word, project)) is not None:
            return Mention(start, end, text[start:end], Sense(names=match.names), score=match.score, via=_VIA)
    return None


def _unknown(text: str, item: tuple[int, int], free: list[tuple[int, int]]) -> Mention | None:
    """An item of a list that names nothing: kept under its own words, so that it is never left out of a sum."""
    marks = _LIST.match(text, item[1]) or _LIST.match(text, item[0] - 1)
    if marks is None or not free:
        return None
    start, end = max(free, key=lambda span: span[1] - span[0])
    said = text[start:end].strip("".join(word for word in glue_words() if len(word) == 1))
    if len(said) < _SHORTEST:
        return None
    start = text.index(said, start)
    return Mention(start, start + len(said), said, Sense(names=(said,)), score=0.5, via=_VIA)


def _runs(text: str, start: int, end: int) -> list[tuple[int, int]]:
    edges = [start]
    for word in rjieba.cut(text[start:end]):
        edges.append(edges[-1] + len(word))
    runs = [(i, j) for n, i in enumerate(edges) for j in edges[n + 1 : n + 1 + _LONGEST] if j - i > 1]
    spoken = ((start + place, start + place + len(word)) for place, word in thesaurus.spoken(text[start:end]))
    return list(dict.fromkeys((*runs, *spoken)))


__all__ = ["OPENING", "linked_inside"]
