"""Words by which a follow-up points back at the conversation (其中, 两者, 前者, 另一个 …), read from a data file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from assistant.data_files import load_toml
from assistant.errors import SemanticDataError
from assistant.parts import Parts
from assistant.query import Operation, SemanticQuery
from assistant.question import fold
from assistant.shapes import Linked, Mention
from assistant.wording import tagged

_FILE = "dialogue.toml"


class Way(StrEnum):
    """The ways of pointing: the tables of the data file."""

    INSIDE = "inside"
    TAIL = "tail"
    PLURAL = "plural"
    FORMER = "former"
    LATTER = "latter"
    ENDING = "ending"
    ANOTHER = "another"
    REST = "rest"
    LARGER = "larger"
    SMALLER = "smaller"
    ORIGINAL = "original"
    BACK = "back"
    START = "start"
    PREFACE = "preface"
    NEGATED = "negated"
    ADDED = "added"
    AGAINST = "against"
    SOURCE = "source"
    MORE = "more"
    ELABORATE = "elaborate"
    LIGHT = "light"
    SAID = "said"
    DISTAL = "distal"
    GLUE = "glue"


_POINTERS = (
    Way.PLURAL, Way.FORMER, Way.LATTER, Way.ANOTHER, Way.REST, Way.LARGER, Way.SMALLER, Way.BACK, Way.NEGATED,
    Way.ELABORATE, Way.SOURCE,
)  # fmt: skip

_VERBS = ("v", "d", "p")  # parts of speech of words that a pronoun may stand before (它要走采购的)


@dataclass(frozen=True, slots=True)
class Pointing:
    """How one question points back. `own_topic`: it has words of its own that nothing known explains; `pronoun`: a word
    such as 它 or 这个 stands for a thing that the question does not name itself."""

    text: str
    ways: frozenset[Way]
    own_topic: bool
    pronoun: bool = False

    def has(self, *ways: Way) -> bool:
        return not self.ways.isdisjoint(ways)

    def before(self, position: int, way: Way) -> bool:
        """Does a word of this kind stand right before a place of the question ("比|X", "加上|X")?"""
        return stands_behind(self.text, position, way)

    def follows(self, position: int, way: Way) -> bool:
        """Does a word of this kind stand right behind a place of the question (基本支出|里的)?"""
        return self.text.startswith(_words()[way], position)

    def ends(self, way: Way) -> bool:
        return self.text.endswith(_words()[way])


@cache
def _words() -> dict[Way, tuple[str, ...]]:
    """The surfaces of every way, longest first. Raises SemanticDataError."""
    return load_toml(_FILE, _parsed)


def _parsed(raw: dict[str, Any]) -> dict[Way, tuple[str, ...]]:
    found: dict[Way, tuple[str, ...]] = {}
    for way in Way:
        surfaces = raw.get(way, {}).get("surfaces")
        if not surfaces or not all(isinstance(s, str) and s for s in surfaces):
            raise SemanticDataError(f"语义数据文件 {_FILE} 缺少 [{way}]", remedy="每一节至少写一个说法")
        found[way] = tuple(sorted({fold(s) for s in surfaces}, key=lambda s: (-len(s), s)))
    if unknown := raw.keys() - {str(way) for way in Way}:
        raise SemanticDataError(f"语义数据文件 {_FILE} 有不认识的节：{'、'.join(sorted(unknown))}", remedy="请删除")
    return found


def pointing(linked: Linked) -> Pointing:
    """Read the pointing words of a question."""
    words = _words()
    ways = {way for way in Way if any(word in linked.text for word in words[way])}
    at = first(linked.text, Way.INSIDE)
    if any(m.start < at and not m.has("refer", "continue", "polite", "compare") for m in linked.mentions):
        ways.discard(Way.INSIDE)  # it stands in something that the question names
    own_topic = any(len(_stripped(piece)) >= 2 for piece in linked.leftover)
    return Pointing(linked.text, frozenset(ways), own_topic, any(_stands_for(m, linked) for m in linked.mentions))


def _stands_for(mention: Mention, linked: Linked) -> bool:
    """A pronoun, unless it belongs to a word of its own (这个文件, 这个办公室) or to a name before it (X比它2020年)."""
    if not mention.has("refer"):
        return False
    following = next((m for m in linked.mentions if m.start == mention.end), None)
    if following is None:
        behind = linked.text[mention.end :]
        opens = mention.start == 0 or linked.text[mention.start - 1] in "，那"
        return not behind or behind[0] in "的，呢" or opens and tagged(behind)[0][1].startswith(_VERBS)
    named = any(m.end <= mention.start and (m.sense.names or m.sense.project) for m in linked.mentions)
    return not following.has("self") and not (named and following.year is not None)


def without_preface(text: str) -> str:
    """A turn without its opening (不是，我问的是…); unchanged where nothing would be left."""
    opening = next((word for word in _words()[Way.PREFACE] if text.startswith(word) and len(text) > len(word)), None)
    return text if opening is None else without_preface(text[len(opening) :])


def stands_behind(text: str, position: int, way: Way) -> bool:
    """Does a place of a text stand right behind a word of this kind?"""
    return text[:position].endswith(_words()[way])


def first(text: str, way: Way) -> int:
    """Where the first word of a kind stands; -1 if there is none."""
    return min((i for word in _words()[way] if (i := text.find(word)) >= 0), default=-1)


def pointer_places(text: str) -> set[int]:
    """The places of a question that only point."""
    words = _words()
    places: set[int] = set()
    for way in _POINTERS:
        for word in words[way]:
            start = text.find(word)
            while start >= 0:
                places |= set(range(start, start + len(word)))
                start = text.find(word, start + 1)
    return places


def _stripped(piece: str) -> str:
    """A stretch that means nothing known, without the words that carry no topic."""
    words = _words()
    glue = "".join(words[Way.GLUE])
    for way in (*_POINTERS, Way.INSIDE, Way.TAIL, Way.START, Way.ORIGINAL, Way.SOURCE, Way.MORE, Way.LIGHT):
        for word in words[way]:
            piece = piece.replace(word, "")
    return piece.strip(glue)


def dangling(parts: Parts) -> bool:
    """Does a pronoun stand for something that is not in the question ("它比去年多吗", not "这个文件的…")?"""
    named = parts.subjects or parts.contexts or parts.projects
    return not named and any(_stands_for(m, parts.linked) for m in parts.linked.mentions)


def looks_back(parts: Parts) -> bool:
    """Does a question that names nothing ask of what was said before (刚才说的那笔钱)?"""
    named = parts.subjects or parts.contexts or parts.projects
    point = pointing(parts.linked)
    return not named and parts.has("refer") and point.has(Way.BACK) and point.has(Way.SAID)


def adrift(parts: Parts) -> bool:
    """Does a question that opens a conversation ask of a thing that only a pointing word names (那家单位的预算, 第二个呢,
    两家差多少)?"""
    said, text = parts.linked, parts.linked.text
    if said.has("which", "max", "min", "top"):
        return False  # 那个项目最多: 哪个, mistyped
    named = [
        m for m in said.mentions if m.sense.names or m.sense.project or m.sense.noun or m.sense.attribute or m.code
    ]
    if (word := next((w for w in _words()[Way.DISTAL] if text.startswith(w)), "")) and not parts.projects:
        behind = min((m.start for m in named if m.start >= len(word) and m.via == "exact"), default=len(text))
        owner = text[len(word) : behind].partition("的")[0]
        spoken = not owner and word.endswith("个")  # 那个公务接待费
        return len(owner) <= _SHORT and not spoken
    told = parts.tables or parts.documents or parts.quantities or any(m.sense.units for m in said.mentions)
    placed = parts.position is not None and parts.limit is None
    joint = bool(parts.counters) and said.has("difference", "sum", "more", "fewer")
    return not named and not told and not parts.years and (placed or joint) and not said.has("self")


_SHORT = 3  # characters of a word for a kind of thing (单位, 学校)


def points_nowhere(parts: Parts, query: SemanticQuery, money: Sequence[str]) -> bool:
    """降了多少, 第三项是多少: a move of nothing, one of a list that nobody spoke of. `money`: words that say the whole
    budget is meant."""
    said = parts.linked
    if parts.position is not None:
        return not parts.tables
    if said.has("ask_amount") and not said.leftover and all(m.has("ask_amount", "polite") for m in said.mentions):
        return True  # 多少钱啊
    moves = query.operation in (Operation.CHANGE, Operation.RATE)
    budget = said.has("compare_previous", "previous", "self", "sum", "budgeted", "planned")
    return moves and not budget and not any(word in said.text for word in money)
