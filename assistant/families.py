"""Names that stand beside one another, and short words that mean something only among them.

"办公、印刷、差旅" lists accounts by half their names; "三公经费里车占多少" and "那车呢" name one member of a known
whole. Such a word is looked up among the siblings of what is named already, never in the whole index.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from assistant.lexicon import Sense
from assistant.linking import left_over, trimmed
from assistant.narrowing import Readable
from assistant.question import fold
from assistant.semantics import Semantics
from assistant.shapes import Linked, Mention
from index.evidence import Classification

_SEPARATOR = re.compile(r"、|，|以及|还有|和|与|跟|及")
_LONGEST = 6
_LINKED = 0.8
_VIA = "sibling"


@dataclass(frozen=True, slots=True)
class Member:
    """One name of a family. `level`: its depth in its classification."""

    name: str
    folded: str
    level: int


@dataclass(frozen=True)
class Families:
    """`groups`: (classification, parent, project) → its members; `of`: a name → the groups it is in."""

    groups: dict[tuple[str, str, str], tuple[Member, ...]]
    of: dict[str, tuple[tuple[str, str, str], ...]] = field(repr=False)

    def beside(self, names: Iterable[str], project: str = "") -> tuple[Member, ...]:
        """The members of every family that one of these names is in, of the same project where one is meant."""
        keys = dict.fromkeys(key for name in names for key in self.of.get(name, ()) if not project or key[2] == project)
        return tuple(dict.fromkeys(member for key in keys for member in self.groups[key]))

    def within(self, names: tuple[str, ...], semantics: Semantics) -> tuple[Member, ...]:
        """The members of a whole: of a known container, of a parent, of a project."""
        folded = {fold(name) for name in names}
        whole = next((c for c in semantics.containers if not folded.isdisjoint(c.names)), None)
        found: list[Member] = []
        for (classification, parent, project), members in self.groups.items():
            inside = whole is not None and classification == whole.classification and not project
            if inside or parent in names or project in names:
                found += [m for m in members if whole is None or not inside or whole.level in (None, m.level)]
        return tuple(dict.fromkeys(found))


def load(connection: Readable) -> Families:
    """Read the families of an open index: facts of one classification under one parent, inside one project or none."""
    groups: dict[tuple[str, str, str], dict[str, Member]] = defaultdict(dict)
    rows = connection.execute(
        "SELECT classification, CASE project WHEN '' THEN parent ELSE '' END, project, subject, min(level) FROM facts "
        "WHERE subject <> '' GROUP BY 1, 2, 3, 4 ORDER BY min(id)"
    )
    for classification, parent, project, subject, level in rows:
        groups[classification, parent, project][subject] = Member(subject, fold(subject), level or 0)
    of: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for key, members in groups.items():
        for name in members:
            of[name].append(key)
    return Families(
        {key: tuple(members.values()) for key, members in groups.items()},
        {name: tuple(keys) for name, keys in of.items()},
    )


def listed(linked: Linked, families: Families, semantics: Semantics) -> Linked:
    """The items of an enumeration that mean nothing by themselves, found among the siblings of the items that do."""
    whole_linked, linked = linked, _without_things(linked)
    found: list[Mention] = []
    spans = list(_segments(linked.text))
    named = [_named(linked.mentions, span) for span in spans]
    for index, (start, end) in enumerate(spans):
        if named[index] or not (beside := [named[i] for i in (index - 1, index + 1) if 0 <= i < len(spans)]):
            continue
        near = [mention for mention in beside if mention is not None]
        if not near or not _joined(linked.text, spans, index, named):
            continue
        whole = 0 < index < len(spans) - 1
        free = trimmed(linked.text, start, end, linked.mentions)
        if free is None:
            continue
        for low, high in [(start, end), free] if whole else _edges(*free, first=index == 0):
            if not _tells(linked.text[low:high], semantics):
                continue
            word = linked.text[low:high]
            matches = (_match(word, families.beside(m.sense.names), m, families) for m in near)
            if (member := next((m for m in matches if m is not None), None)) is not None:
                found.append(_mention(linked.text, low, high, member))
                break
    return _with(whole_linked, found)


def inside(linked: Linked, families: Families, semantics: Semantics, earlier: tuple[str, ...]) -> Linked:
    """A short word left over beside one known whole ("三公经费里车…"), or after a question about its sibling ("那车呢").

    `earlier`: names of what the last question was about, whose siblings and parts may be meant.
    """
    if any(m.sense.attribute or m.sense.project for m in linked.mentions):
        return linked
    named = [m for m in linked.mentions if m.sense.names]
    if named:
        members = families.within(named[0].sense.names, semantics) if len(named) == 1 else ()
    else:
        members = (*families.beside(earlier), *families.within(earlier, semantics)) if earlier else ()
    if not members:
        return linked
    found: list[Mention] = []
    open_ = _without_things(linked)
    for start, end in _free_stretches(open_):
        free = trimmed(linked.text, start, end, open_.mentions)
        if free is not None and free[1] - free[0] > 1 and _spent_on(linked.text, *free):
            free = (free[0], free[1] - 1)
        if free is None or free[1] - free[0] > _LONGEST or not _tells(linked.text[free[0] : free[1]], semantics):
            continue
        if (member := _called(linked.text[free[0] : free[1]], members, semantics)) is not None:
            found.append(_mention(linked.text, *free, member))
    return _with(linked, found[:1])


def _spent_on(text: str, start: int, end: int) -> bool:
    """花在车上: a thing that money is spent on."""
    return text[:start].endswith("在") and text[end - 1] == "上"


def _called(word: str, members: tuple[Member, ...], semantics: Semantics) -> Member | None:
    """The one member that a word is part of, or another word for the same things (车子, 公务用车)."""
    if (member := _unique(word, members)) is not None:
        return member
    things = (n for n in semantics.sets if n.classification is Classification.QUANTITY and word in n.surfaces)
    others = sorted((other for noun in things for other in noun.surfaces), key=lambda w: -len(w))
    named = (m for other in others if len(other) > 1 and (m := _unique(other, members)) is not None)
    return next(named, None)


def _without_things(linked: Linked) -> Linked:
    """Where no number of things is asked for, a word for things that can be counted (车) may stand for their cost."""
    if linked.has("count", "existence") or any(m.head_unit for m in linked.mentions):
        return linked
    return replace(linked, mentions=tuple(m for m in linked.mentions if not _thing(m)))


def _thing(mention: Mention) -> bool:
    noun = mention.sense.noun
    return noun is not None and noun.classification is Classification.QUANTITY and not mention.sense.names


def _with(linked: Linked, found: list[Mention]) -> Linked:
    if not found:
        return linked
    kept = (m for m in linked.mentions if not any(m.start < f.end and m.end > f.start for f in found))
    mentions = tuple(sorted((*kept, *found), key=lambda m: m.start))
    return replace(linked, mentions=mentions, leftover=left_over(linked.text, mentions))


def _tells(word: str, semantics: Semantics) -> bool:
    """A single character is a word of its own only where it names things that can be counted (车)."""
    things = (n for n in semantics.sets if n.classification is Classification.QUANTITY)
    return len(word) > 1 or any(word in noun.surfaces for noun in things)


def _mention(text: str, start: int, end: int, member: Member) -> Mention:
    return Mention(start, end, text[start:end], Sense(names=(member.name,)), score=_LINKED, via=_VIA)


def _segments(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _SEPARATOR.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _joined(text: str, spans: list[tuple[int, int]], index: int, named: list[Mention | None]) -> bool:
    """Is a segment an item of a list: next to a named one across a list mark, not across a comma alone?"""
    before = index > 0 and named[index - 1] is not None and text[spans[index - 1][1]] != "，"
    after = index + 1 < len(spans) and named[index + 1] is not None and text[spans[index][1]] != "，"
    return before or after


def _named(mentions: tuple[Mention, ...], span: tuple[int, int]) -> Mention | None:
    inside_ = (m for m in mentions if span[0] <= m.start and m.end <= span[1])
    return next((m for m in inside_ if m.sense.names or m.sense.project or m.code), None)


def _edges(start: int, end: int, *, first: bool) -> Iterator[tuple[int, int]]:
    """The first item of a list is the end of its segment, the last one the beginning; longest first."""
    for length in range(min(end - start, _LONGEST), 0, -1):
        yield (end - length, end) if first else (start, start + length)


def _match(word: str, members: tuple[Member, ...], near: Mention, families: Families) -> Member | None:
    levels = {m.level for m in members if m.name in near.sense.names}
    beside = tuple(m for m in members if m.level in levels and m.name not in near.sense.names)
    return _unique(word, beside)


def _unique(word: str, members: tuple[Member, ...]) -> Member | None:
    """The one member that a word is part of: of several, the one that begins with it, else the highest."""
    holding = [m for m in members if word in m.folded]
    for narrowed in (
        [m for m in holding if m.folded == word],
        [m for m in holding if m.folded.startswith(word)] if len(word) > 1 else [],
        [m for m in holding if m.level == min((h.level for h in holding), default=0)],
    ):
        if len({m.folded for m in narrowed}) == 1:
            return narrowed[0]
    return None


def _free_stretches(linked: Linked) -> Iterator[tuple[int, int]]:
    """What no mention covers, between marks of punctuation."""
    taken = [False] * len(linked.text)
    for mention in linked.mentions:
        taken[mention.start : mention.end] = [True] * (mention.end - mention.start)
    free = "".join("\0" if t else c for t, c in zip(taken, linked.text, strict=True))
    for match in re.finditer(r"[^\0，。？；：、]+", free):
        yield match.span()
