"""Schema linking: which spans of a question mean which account, project, axis, attribute or operation.

Two passes. First, entities with a shape (years, codes, table numbers, amounts, ranks) and everything the lexicon
holds, as the segmentation that covers most characters with fewest pieces. Second, what is left over is compared
with the index's own names by shared characters and by pronunciation, so that partial and mistyped names link too.
"""

from __future__ import annotations

import re
from functools import cache

import rjieba

from assistant import body_names
from assistant.labels import holds_answer
from assistant.lexicon import Lexicon, Sense
from assistant.nearness import dated_names, gap, gaps, with_neighbours, words_in
from assistant.project_items import linked_inside
from assistant.respelling import as_typed, respelled
from assistant.semantics import glue_words
from assistant.shapes import Linked, Mention, shaped_entities
from assistant.similarity import Similarity
from assistant.text_terms import load
from index.evidence import Classification

_UNCOVERED = 1.0
_PIECE = 0.4
_NAMED = 0.02
_WHOLE_WORDS = 0.01
_LONGER = 0.005  # of two equal covers, the one with the longer piece


def link(text: str, lexicon: Lexicon, similarity: Similarity) -> Linked:
    """Link one folded question."""
    mentions = _segment(text, lexicon, shaped_entities(text, lexicon))
    typed, text = text, respelled(text, mentions, similarity)
    if text != typed:
        mentions = _segment(text, lexicon, shaped_entities(text, lexicon))
    mentions = _abbreviated(text, _joined(text, mentions, lexicon), lexicon)
    mentions = _inside_project(text, _fuzzy(text, mentions, lexicon, similarity), similarity)
    mentions = linked_inside(text, mentions, similarity)
    mentions = dated_names(text, _recalled(text, mentions, similarity))
    mentions = as_typed(mentions, typed)
    return Linked(typed, mentions, left_over(typed, mentions))


def _segment(text: str, lexicon: Lexicon, shaped: list[Mention]) -> tuple[Mention, ...]:
    """Dynamic programming: cover most characters with fewest pieces; of equals, names and whole words win."""
    edges = {0}
    for word in rjieba.cut(text):
        edges.add(max(edges) + len(word))
    for i in range(len(text)):
        for j in range(i + 2, min(len(text), i + lexicon.longest) + 1):
            sense = lexicon.surfaces.get(text[i:j])
            if sense is not None and (sense.names or sense.noun) and sense.strength >= 1:
                edges |= {i, j}
    edges |= {place for m in shaped for place in (m.start, m.end)}
    fixed = {m.start: m for m in shaped}
    blocked = [False] * (len(text) + 1)
    for mention in shaped:
        for i in range(mention.start + 1, mention.end):
            blocked[i] = True
    size = len(text)
    best: list[float] = [0.0] * (size + 1)
    step: list[Mention | None] = [None] * (size + 1)
    for i in range(size - 1, -1, -1):
        if blocked[i]:
            best[i] = -1e9
            continue
        if (shape := fixed.get(i)) is not None:
            best[i], step[i] = best[shape.end] + (shape.end - i) + 0.5, shape
            continue
        best[i] = best[i + 1] - _UNCOVERED
        for j in range(i + 1, min(size, i + lexicon.longest) + 1):
            if j - 1 > i and (blocked[j - 1] or (j - 1) in fixed):
                break
            sense = lexicon.surfaces.get(text[i:j])
            if sense is None:
                continue
            if j == i + 1 and not (i in edges and j in edges):
                continue  # one character inside a word is no cue
            bonus = _NAMED * sense.strength if sense.names or sense.project else 0.0
            value = best[j] + (j - i) - _PIECE + bonus + _LONGER * (j - i) ** 2
            value += _WHOLE_WORDS * ((i in edges) + (j in edges))
            if value >= best[i] - 1e-9:  # of equals, the longer first piece
                best[i], step[i] = value, Mention(i, j, text[i:j], sense, score=sense.strength)
    mentions: list[Mention] = []
    i = 0
    while i < size:
        taken = step[i]
        if taken is None:
            i += 1
        else:
            mentions.append(taken)
            i = taken.end
    return tuple(mentions)


def _fuzzy(text: str, mentions: tuple[Mention, ...], lexicon: Lexicon, similarity: Similarity) -> tuple[Mention, ...]:
    """Compare what is left over, alone and together with the weak or short links beside it, with all names."""
    result = list(mentions)
    for start, end in _regions(text, mentions):
        if any(m.score >= 1 and m.start <= start and end <= m.end for m in mentions):
            continue
        inside = [m for m in result if m.start >= start and m.end <= end]
        covered = sum(m.end - m.start for m in inside)
        if covered == end - start and all(m.score >= 1 for m in inside) and len(inside) == 1:
            continue
        span = text[start:end].replace("的", "")
        if len(span) < 2 or (covered == end - start and not any(m.score < 1 for m in inside) and len(span) < 4):
            continue
        if len(inside) == 1 and covered == end - start and inside[0].score >= 0.5:
            continue
        match = similarity.best(span)
        strongest = max((m.end - m.start for m in inside if m.score >= 1), default=0)
        if match is None or match.covered <= strongest:
            for low, high in gaps(start, end, inside):
                found = gap(text, low, high, similarity) or with_neighbours(text, low, high, result, similarity)
                result = [m for m in result if not any(f.start <= m.start and m.end <= f.end for f in found)] + found
            continue
        linked = Mention(
            start, end, span, Sense(names=match.names, project=match.project), score=match.score, via=match.via
        )
        result = [m for m in result if m not in inside] + [linked]
    return tuple(sorted(result, key=lambda m: m.start))


def _inside_project(text: str, mentions: tuple[Mention, ...], similarity: Similarity) -> tuple[Mention, ...]:
    """Where one project is asked about, what is left over may name something inside it by any whole word."""
    projects = {m.sense.project for m in mentions if m.sense.project}
    if len(projects) != 1 or sum(bool(m.sense.names or m.sense.project) for m in mentions) > 1:
        return mentions
    attributes = [m for m in mentions if m.sense.attribute]
    asked = any(m.has("ask_amount", "count") or m.head_unit for m in mentions)
    if attributes and (not asked or holds_answer(text, mentions)):
        return mentions
    mentions = tuple(m for m in mentions if m not in attributes or m.sense.attribute in load().owners)
    project = projects.pop()
    found: list[Mention] = []
    for start, end in _regions(text, mentions):
        for low, high in gaps(start, end, [m for m in mentions if m.start < end and m.end > start]):
            found += words_in(text, low, high, similarity, project)
    return tuple(sorted([*mentions, *found], key=lambda m: m.start))


_LEAST_BODY = 3
_LEAST_OWNER = 4  # characters before a 的 inside a name, where they are no name of their own


def _abbreviated(text: str, mentions: tuple[Mention, ...], lexicon: Lexicon) -> tuple[Mention, ...]:
    """Bodies called by some of their characters in order: 福彩中心, 江苏高院."""
    edges = [0]
    for word in rjieba.cut(text):
        edges.append(edges[-1] + len(word))
    firm = [m for m in mentions if (m.sense.names and m.score >= 1) or m.sense.project or m.year or m.sense.body
            or m.has("self")]  # fmt: skip
    found: list[Mention] = []
    spans = [(i, j) for n, i in enumerate(edges) for j in edges[n + 1 : n + 7] if j - i >= _LEAST_BODY]
    for i, j in sorted(spans, key=lambda s: s[0] - s[1]):
        span = text[i:j]
        office = _office(span, lexicon)
        inside = [m for m in firm if i <= m.start and m.end <= j] if office or _in_body(span, lexicon) else []
        inside = [m for m in inside if m.end - m.start < j - i]
        if any(m.start < j and m.end > i for m in (*firm, *found) if m not in inside):
            continue
        holders = [office] if office else [sense for body, sense in lexicon.bodies if shortens(span, body)]
        if len(holders) == 1:
            found.append(Mention(i, j, span, holders[0], score=0.8, via="body"))
    kept = [m for m in mentions if not any(m.start < f.end and m.end > f.start for f in found)]
    return tuple(sorted([*kept, *found], key=lambda m: m.start))


def _office(span: str, lexicon: Lexicon) -> Sense | None:
    """The one office that a span is said for by some of its characters, the first and the last of it among them."""
    found = [sense for office, sense in lexicon.offices if body_names.shortened(span, office)]
    documents = tuple(dict.fromkeys(key for sense in found for key in sense.document))
    return Sense(document=documents) if len(documents) == 1 else None


_PART_OF_BODY = 5


def _in_body(span: str, lexicon: Lexicon) -> bool:
    """Is a span the whole end of a body's name, which no account inside it may break up (来访接待中心)?"""
    return len(span) >= _PART_OF_BODY and any(body.rstrip("）)").endswith(span) for body, _ in lexicon.bodies)


def shortens(span: str, name: str) -> bool:
    """Is a span some of a name's characters in order, its last one included?"""
    rest = iter(name)
    return span[-1] == name.rstrip("）)")[-1] and all(char in rest for char in span)


def _joined(text: str, mentions: tuple[Mention, ...], lexicon: Lexicon) -> tuple[Mention, ...]:
    """ "政府工作报告的容错率", "区政府及各组成部门的满意率": what stands around a 的 is one longer name where the index
    has it."""
    result = list(mentions)
    for place in (i for i, char in enumerate(text) if char == "的"):
        whole = {m.start for m in mentions if m.end == place and m.sense.names}
        known = any(m.end == place and (m.sense.scope or m.sense.project or m.sense.names) for m in mentions)
        unknown = () if known else range(max(0, place - lexicon.longest), max(0, place - _LEAST_OWNER + 1))
        starts = {*whole, *unknown}
        spans = ((i, j) for i in sorted(starts) for j in range(min(len(text), i + lexicon.longest), place + 2, -1))
        for start, end in spans:
            sense = lexicon.surfaces.get(text[start:place] + text[place + 1 : end])
            if sense is not None and sense.names and sense.strength >= 1:
                inside = [m for m in result if m.start < end and m.end > start]
                longer = Mention(start, end, text[start:end], sense)
                result = [m for m in result if m not in inside] + [longer]
                break
    return tuple(sorted(result, key=lambda m: m.start))


def _recalled(text: str, mentions: tuple[Mention, ...], similarity: Similarity) -> tuple[Mention, ...]:
    """A name whose words lie scattered over the question, where nothing else linked or it says more than what did."""
    named = [m for m in mentions if m.sense.names or m.sense.project or m.code]
    if len(named) > 1 or any(m.sense.attribute or m.sense.project or m.code for m in mentions):
        return mentions
    if not named and any(
        m.sense.noun and m.sense.noun.classification not in (None, Classification.INDICATOR) for m in mentions
    ):
        return mentions
    said = "，".join((*left_over(text, mentions), *(m.text for m in named)))
    match = similarity.recall(said)
    if match is None or (named and not match.says_more(named[0].text)):
        return mentions
    place = named[0] if named else Mention(0, 0, "")
    linked = Mention(
        place.start,
        place.end,
        place.text,
        Sense(names=match.names, project=match.project),
        score=match.score,
        via=match.via,
    )
    return tuple(sorted([*(m for m in mentions if m not in named), linked], key=lambda m: m.start))


_INSIDE = re.compile(
    r"[那这]?张?表(?!示|明|现|述|达|态|决|扬|彰)[里中上内]?|里面|里头|里边|当中|之中|里|中(?!小|央|心|国|期)|内(?!部|容)|的"
)
_BREAK = re.compile(r"[，。？；：、/+\-=]|\d")


@cache
def _glue() -> re.Pattern[str]:
    """Function words at the edges of a stretch."""
    words = "|".join(map(re.escape, glue_words()))
    return re.compile(rf"^(?:{words})+|(?:{words})+$")


def _regions(text: str, mentions: tuple[Mention, ...]) -> list[tuple[int, int]]:
    """Maximal stretches free of cues, shaped entities and punctuation, trimmed of function characters."""
    hard = [False] * len(text)
    for mention in mentions:
        sense = mention.sense
        open_ended = (sense.names or sense.project or (sense.noun and not sense.cues)) and not sense.body
        if not open_ended:
            for i in range(mention.start, mention.end):
                hard[i] = True
    for match in _BREAK.finditer(text):
        hard[match.start()] = True
    for mention in mentions:
        if (
            mention.score >= 1
            and (mention.sense.names or mention.sense.project)
            and (inside := _INSIDE.match(text, mention.end))
        ):
            for i in range(mention.start, inside.end()):
                hard[i] = True
    regions: list[tuple[int, int]] = []
    i = 0
    while i < len(text):
        if hard[i]:
            i += 1
            continue
        j = i
        while j < len(text) and not hard[j]:
            j += 1
        start, end = _without_glue(text, i, j)
        start = min([start, *(m.start for m in mentions if m.start < start < m.end and i <= m.start)])
        end = max([end, *(m.end for m in mentions if m.start < end < m.end and m.end <= j)])
        if end - start >= 2:
            regions.append((start, end))
        i = j
    return regions


def trimmed(text: str, start: int, end: int, mentions: tuple[Mention, ...]) -> tuple[int, int] | None:
    """The longest stretch between two places that no mention covers, without function words at its edges."""
    free, low = [], start
    for mention in sorted((m for m in mentions if m.start < end and m.end > start), key=lambda m: m.start):
        free.append((low, mention.start))
        low = max(low, mention.end)
    free.append((low, end))
    start, end = max(free, key=lambda span: span[1] - span[0])
    start, end = _without_glue(text, start, end)
    return (start, end) if end > start else None


def _without_glue(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (glue := _glue().search(text[start:end])):
        if glue.start() == 0:
            start += glue.end()
        else:
            end = start + glue.start()
    return start, end


def left_over(text: str, mentions: tuple[Mention, ...]) -> tuple[str, ...]:
    """The stretches of a question that no mention covers."""
    taken = [False] * len(text)
    for mention in mentions:
        for i in range(mention.start, mention.end):
            taken[i] = True
    pieces = re.findall(r"[^\0，。？；：、]+", "".join("\0" if t else c for t, c in zip(taken, text, strict=True)))
    return tuple(pieces)
