"""What bodies are called, and which of them a question names: whole, shortened, or by a place beside an office.

"广州水务局" is one body; "广州、苏州两市的审计局" is two; "水务局" may be several, and "杭州市数据局" is none that is held.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from assistant.data_files import load_toml
from assistant.question import fold

_LEAST = 3  # characters of a name that may stand alone
_LEAST_PLACE = 2
_LONGEST = 12  # characters of an office called for short
_BRACKETED = re.compile(r"[（(]([^（）()]{4,})[）)]$")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a body is by the end of its name: nouns said of it alone, and syllables said with something beside them."""

    endings: tuple[str, ...]
    nouns: tuple[str, ...]
    clipped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BodyTerms:
    """The words of bodies.toml, folded."""

    levels: tuple[str, ...]
    own: tuple[str, ...]
    own_words: tuple[str, ...]
    between: re.Pattern[str]
    several: tuple[str, ...]
    subordinate: tuple[str, ...]
    below: tuple[str, ...]
    most: re.Pattern[str]
    least: re.Pattern[str]
    differ: tuple[str, ...]
    none: tuple[str, ...]
    whole: tuple[str, ...]
    department: tuple[str, ...]
    counters: tuple[str, ...]
    pointing: tuple[str, ...]
    every: re.Pattern[str]
    numbered: re.Pattern[str]
    without_own: tuple[str, ...]
    endings: tuple[str, ...]
    shorts: tuple[tuple[str, str], ...]
    own_before: tuple[str, ...]
    own_after: tuple[str, ...]
    kinds: tuple[Kind, ...]


@cache
def terms() -> BodyTerms:
    """The vocabulary of bodies. Raises SemanticDataError."""
    return load_toml("bodies.toml", _parsed)


def _parsed(data: dict[str, Any]) -> BodyTerms:
    named = (
        "own",
        "own_words",
        "several",
        "subordinate",
        "below",
        "differ",
        "none",
        "whole",
        "department",
        "counters",
        "pointing",
        "without_own",
        "endings",
        "own_before",
        "own_after",
    )
    lists = {key: tuple(map(fold, data[key])) for key in named}
    joints = "|".join(re.escape(word) for word in data["between"])
    return BodyTerms(
        levels=tuple(data["levels"]),
        every=re.compile(data["every"]),
        numbered=re.compile(data["numbered"]),
        most=re.compile(data["most"]),
        least=re.compile(data["least"]),
        between=re.compile(f"(?:{joints})*{data['counted']}"),
        kinds=tuple(
            Kind(*(tuple(map(fold, entry[key])) for key in ("endings", "nouns", "clipped"))) for entry in data["kind"]
        ),
        shorts=tuple((entry["of"], said) for entry in data["short"] for said in entry["said"]),
        **lists,
    )


def places(region: str) -> tuple[str, ...]:
    """广州市 → 广州市, 广州; of several levels the innermost alone may stand too (武汉市江汉区 → 江汉区)."""
    whole = fold(region)
    levels = terms().levels
    inner = re.split(f"(?<=[{''.join(levels)}])", whole)
    innermost = next((p for p in reversed(inner) if p), "")
    found = [whole, innermost]
    if innermost == whole and len(whole) > _LEAST_PLACE and whole.endswith(levels):
        found.append(whole[:-1])
    return tuple(dict.fromkeys(p for p in found if len(p) >= _LEAST_PLACE))


def office(body: str, region: str) -> str:
    """The name of a body without its place: 广州市水务局 → 水务局."""
    name = fold(body)
    near = sorted(places(region), key=len, reverse=True)
    return next((name.removeprefix(p) for p in near if name.startswith(p)), name)


def offices(name: str) -> tuple[str, ...]:
    """An office and what it is called for short; without a word that says it is the department alone."""
    bare = name
    for own in terms().own:
        bare = bare.removesuffix(own) if len(bare) - len(own) >= _LEAST_PLACE else bare
    found = dict.fromkeys([name, bare])
    for _ in range(2):
        for known in tuple(found):
            for long, short in terms().shorts:
                if long in known and len(known.replace(long, short)) >= _LEAST_PLACE:
                    found.setdefault(known.replace(long, short))
    return tuple(found)


def forms(body: str, region: str) -> tuple[str, ...]:
    """Every name of a body that may stand alone: with its place, with the level of its place (市水务局), or without;
    a second name in brackets is one of them."""
    bracketed = _BRACKETED.search(body)
    if bracketed is not None and not is_own(body):
        names = (body[: bracketed.start()], bracketed[1])
        return tuple(dict.fromkeys([fold(body), *(f for name in names for f in forms(name, region))]))
    whole, core = fold(body), office(body, region)
    found = dict.fromkeys([whole])
    level = fold(region)[-1:] if fold(region).endswith(terms().levels) else ""
    for short in offices(core):
        for place in (*places(region), level, ""):
            name = place + short
            if len(name) >= _LEAST:
                found.setdefault(name)
    return tuple(found)


def own_nouns(body: str) -> tuple[str, ...]:
    """What a body is called by the kind it is of, wherever it alone is spoken of (医院, 全院, 这家医院, 馆里)."""
    name = fold(without_own(body))
    kinds = [kind for kind in terms().kinds if name.endswith(kind.endings)]
    nouns = tuple(noun for kind in kinds for noun in kind.nouns)
    said = [
        *(before + noun for kind in kinds for noun in (*kind.nouns, *kind.clipped) for before in terms().own_before),
        *(noun + after for kind in kinds for noun in (*kind.nouns, *kind.clipped) for after in terms().own_after),
    ]
    return tuple(dict.fromkeys((*nouns, *said)))


def forms_under(unit: str, body: str, region: str) -> tuple[str, ...]:
    """Every name of a unit under a body, also without what that body is called after: of 体育局's units 体育训练中心
    is the 训练中心."""
    found = dict.fromkeys(forms(unit, region))
    matter = office(without_own(body), region)[:-1]
    for form in tuple(found):
        bare = form.removeprefix(matter)
        if len(matter) >= _LEAST_PLACE and bare != form and len(bare) >= _LEAST:
            found.setdefault(bare)
    return tuple(found)


def is_own(unit: str) -> bool:
    """Is a unit the department by itself (本级)?"""
    return fold(unit).endswith(terms().own)


class Held(NamedTuple):
    """A body whose document is held."""

    key: str
    body: str
    region: str


class Named(NamedTuple):
    """A stretch of a question that names bodies. `offices` false: only a place."""

    start: int
    end: int
    keys: tuple[str, ...]
    office: bool = True


def named(text: str, held: Iterable[Held]) -> tuple[Named, ...]:
    """The bodies that a folded question names, in order; places in front of a shared office are joined with it."""
    entries = tuple(held)
    bodies, regions = _surfaces(entries)
    found = _with_abbreviated(text, _longest(text, bodies, regions), entries)
    joined: list[Named] = []
    for each in found:
        pending: list[Named] = []
        while each.office and joined and not joined[-1].office:
            after = pending[-1].start if pending else each.start
            if not terms().between.fullmatch(text[joined[-1].end : after]):
                break
            pending.append(joined.pop())
        if not pending:
            joined.append(each)
            continue
        near = {key for place in pending for key in place.keys}
        keys = tuple(key for key in each.keys if key in near)
        joined.append(Named(pending[-1].start, each.end, keys))
    bodies_of = {entry.key: fold(entry.body) for entry in entries}
    return tuple(_own_level(text, each, bodies_of) for each in joined)


def _surfaces(held: Sequence[Held]) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    bodies: dict[str, list[str]] = defaultdict(list)
    regions: dict[str, list[str]] = defaultdict(list)
    for entry in held:
        for form in forms(entry.body, entry.region):
            bodies[form].append(entry.key)
        for place in places(entry.region):
            regions[place].append(entry.key)
    return {k: tuple(v) for k, v in bodies.items()}, {k: tuple(v) for k, v in regions.items()}


def _longest(text: str, bodies: dict[str, tuple[str, ...]], regions: dict[str, tuple[str, ...]]) -> list[Named]:
    """The longest names from the left, none inside another."""
    longest = max(map(len, (*bodies, *regions)), default=0)
    found: list[Named] = []
    start = 0
    while start < len(text):
        for end in range(min(len(text), start + longest), start + 1, -1):
            span = text[start:end]
            if span in bodies or span in regions:
                found.append(Named(start, end, bodies.get(span) or regions[span], span in bodies))
                start = end
                break
        else:
            start += 1
    return found


def _with_abbreviated(text: str, found: list[Named], held: Sequence[Held]) -> list[Named]:
    """Offices called by some of their characters, behind their place or alone (苏州科技局, 刑科院)."""
    offices_of = {entry.key: office(without_own(entry.body), entry.region) for entry in held}
    bodies_of = {entry.key: fold(entry.body) for entry in held}
    result: list[Named] = []
    for index, each in enumerate(found):
        end = found[index + 1].start if index + 1 < len(found) else len(text)
        result.append(each if each.office else _abbreviation(text, each, end, offices_of) or each)
    taken = [False] * len(text)
    for each in result:
        taken[each.start : each.end] = [True] * (each.end - each.start)
    start = 0
    while start < len(text):
        stop = next((i for i in range(start, len(text)) if taken[i]), len(text))
        nothing = Named(start, start, tuple(offices_of), office=False)
        alone = _abbreviation(text, nothing, stop, offices_of, least=_LEAST) if stop > start else None
        if alone is not None and len({bodies_of[key] for key in alone.keys}) == 1:
            result.append(alone)
            start = alone.end
        else:
            start += 1
    return sorted(result)


def without_own(body: str) -> str:
    """The name of a body without a word that says it is the department alone (深圳市司法局（本级）)."""
    return re.sub(f"[（(]?(?:{'|'.join(terms().own)})[）)]?$", "", body)


def _abbreviation(
    text: str, place: Named, limit: int, offices_of: dict[str, str], least: int = _LEAST_PLACE
) -> Named | None:
    """The longest stretch behind a place that is an office of it said with some of its characters."""
    for end in range(min(limit, place.end + _LONGEST), place.end + least - 1, -1):
        said = text[place.end : end]
        keys = tuple(key for key in place.keys if shortened(said, offices_of[key]))
        if keys:
            return Named(place.start, end, keys)
    return None


def shortened(said: str, name: str) -> bool:
    """Is what is said some characters of a name in order, the first and the last of it among them?"""
    if len(said) >= len(name) or said[0] != name[0] or said[-1] != name[-1]:
        return False
    rest = iter(name)
    return all(char in rest for char in said)


def _own_level(text: str, each: Named, bodies: dict[str, str]) -> Named:
    """Of a department and itself alone, the second where 本级 follows the name, else the first."""
    if not each.office:
        return each
    own = next((w for w in terms().own if text.startswith(w, each.end)), "")
    marked = tuple(key for key in each.keys if bodies[key].endswith(terms().own))
    others = tuple(key for key in each.keys if key not in marked)
    keys = marked if own and marked else (others or marked)
    return each._replace(keys=keys, end=each.end + len(own) if own and marked else each.end)
