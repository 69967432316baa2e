"""The inner departments of a body or of a unit under it: how many there are, what they are called, which of them hold
something in their names (深汕管理局下面有哪几个科室; 叫“××管理所”的有几个).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from assistant import body_names, name_parts
from assistant.answer import Citation
from assistant.data_files import load_toml
from assistant.enumerations import apart
from assistant.executing import Executor
from assistant.figures import Figure
from assistant.question import fold
from assistant.reply import Reply
from assistant.understanding import Understanding
from index.evidence import Dimension
from index.numbers import half_width, parse_number

RULE = "departments"
_OWNER = 3  # characters that a unit and the one a sentence speaks of share at their ends
_CALLED = 4  # characters in a row by which a question calls an owner that is no unit with figures of its own
_SHARED = 2  # characters of an ending by which departments are asked for (大队)
_MOST = Decimal("0.6")  # of listed names that have to end like departments
_LONGEST = 45  # characters of a name


@dataclass(frozen=True, slots=True)
class _Terms:
    said: tuple[str, ...]
    asks: tuple[str, ...]
    never: tuple[str, ...]
    endings: tuple[str, ...]
    own: tuple[str, ...]
    picking: tuple[str, ...]
    sentence: re.Pattern[str]
    numbering: re.Pattern[str]
    picks: tuple[re.Pattern[str], ...]
    blank: str


@dataclass(frozen=True, slots=True)
class _Listed:
    """A sentence that lists departments: whose, how many it says there are, their names, its place."""

    owner: str
    stated: Decimal | None
    names: tuple[str, ...]
    place: Citation


@cache
def _terms() -> _Terms:
    """The words of departments.toml. Raises SemanticDataError."""
    return load_toml("departments.toml", _parsed)


def _parsed(data: dict[str, Any]) -> _Terms:
    lists = {key: tuple(map(fold, data[key])) for key in ("said", "asks", "never", "endings", "own", "picking")}
    return _Terms(
        sentence=re.compile(data["sentence"]),
        numbering=re.compile(data["numbering"]),
        picks=tuple(re.compile(data[key]) for key in ("called", "about")),
        blank=data["blank"],
        **lists,
    )


def answer(
    understood: Understanding, documents: tuple[str, ...], executor: Executor, *, before: Reply | None
) -> Reply | None:
    """The departments that a question asks for; None where it asks for none or no sentence lists them."""
    text = understood.linked.text
    if len(documents) != 1 or any(word in text for word in _terms().never):
        return None
    if not any(word in text for word in _terms().asks):
        return None
    listed = tuple(_listed(documents[0], executor))
    goes_on = before is not None and before.rule == RULE and _part(text) != ""
    if any(word in text for word in _terms().said):
        chosen, ending = _owned(understood, listed), ""
    elif goes_on and before is not None:
        chosen, ending = next((each for each in listed if each.place in before.citations), None), ""
    else:
        chosen = _owned(understood, listed)
        ending = _shared_ending(chosen, text) if chosen is not None else ""
        if not ending and not (chosen is not None and _unit_of(understood) and _part(text)):
            return None
    if chosen is None:
        return None
    return _told(chosen, ending, _part(text), picks=any(word in text for word in _terms().picking))


def _part(text: str) -> str:
    """What the names of the departments that are meant have to hold."""
    if (named := name_parts.find(text)) is not None:
        return named.text
    return next((match["part"] for pattern in _terms().picks if (match := pattern.search(text))), "")


def _listed(document: str, executor: Executor) -> Iterator[_Listed]:
    rows = executor.read(
        "SELECT p.text, p.page, p.line, s.path FROM paragraphs p JOIN documents d ON d.id = p.document_id "
        "LEFT JOIN sections s ON s.id = p.section_id WHERE d.key = ? ORDER BY p.id",
        (document,),
    )
    for row in rows:
        for piece in re.findall(r"[^。；]+[。；]?", row["text"]):
            plain = half_width(piece).strip()
            match = _terms().sentence.search(_terms().numbering.sub("", plain))
            names = tuple(n.strip("，。；、 ") for n in apart(match["names"])) if match else ()
            if match is None or not _are_departments(names):
                continue
            number = parse_number(match["total"] or match["many"] or "")
            stated = Decimal(number) if number is not None else None
            place = Citation(
                document=document, page=row["page"], section=row["path"] or "", line=row["line"], quote=piece.strip()
            )
            yield _Listed(fold(match["owner"].strip("，、 ")), stated, names, place)


def _are_departments(names: tuple[str, ...]) -> bool:
    ends = sum(fold(name).rstrip("）)").endswith(_terms().endings) for name in names)
    short = all(0 < len(name) <= _LONGEST for name in names)
    return len(names) > 1 and short and Decimal(ends) / len(names) >= _MOST


def _unit_of(understood: Understanding) -> str:
    """The unit under the body that a question names, if it is not the body by itself."""
    named = (unit for mention in understood.linked.mentions for unit in mention.sense.units)
    return next((unit for unit in named if not body_names.is_own(unit)), "")


def _owned(understood: Understanding, listed: tuple[_Listed, ...]) -> _Listed | None:
    """The sentence of the unit that is named; of none, the one of the body itself, or the only one."""
    if unit := fold(_unit_of(understood)):
        return next((each for each in listed if len(each.owner) >= _OWNER and unit.endswith(each.owner)), None)
    own = [each for each in listed if not each.owner or each.owner.endswith(_terms().own)]
    others = [each for each in listed if each not in own]
    shared = {each: _run(each.owner, understood.linked.text, own[0].owner if own else "") for each in others}
    if (nearest := max(others, key=lambda each: shared[each], default=None)) is not None and shared[nearest]:
        return nearest
    if own:
        return own[0]
    return listed[0] if len(listed) == 1 else None


def _run(owner: str, text: str, own: str) -> int:
    """How many characters in a row a question shares with an owner, and with that not what the body itself is called."""
    sizes = range(len(owner), _CALLED - 1, -1)
    runs = (owner[at : at + size] for size in sizes for at in range(len(owner) - size + 1))
    return next((len(run) for run in runs if run in text and run not in own), 0)


def _shared_ending(listed: _Listed, text: str) -> str:
    """What several of the names end with and the question counts (多少个大队)."""
    names = [fold(name) for name in listed.names]
    endings = {name[-size:] for name in names for size in range(_SHARED, len(name))}
    asked = re.findall(r"(?:几个|多少个|哪些|哪几个)([一-龥]{2,6})", text)
    shared = (e for e in endings if sum(n.endswith(e) for n in names) > 1 and any(a.startswith(e) for a in asked))
    return max(shared, key=len, default="")


def _told(listed: _Listed, ending: str, part: str, *, picks: bool) -> Reply | None:
    """`picks`: the question speaks of their names."""
    whole = tuple(name for name in listed.names if not ending or fold(name).endswith(ending))
    picked = tuple(name for name in whole if re.search(_pattern(part), fold(name))) if part else whole
    if not picked:
        return None
    places = (listed.place,)
    kind = ending or "内设机构"
    stated = listed.stated if listed.stated is not None and not ending else Decimal(len(whole))
    counted = None if listed.stated == len(whole) else f"所列共 {len(whole)} 个"
    number = Figure(kind, stated, "个", Dimension.COUNT, 0, places, formula=counted)
    told = f"{kind} **{stated} 个**" + (f"（{counted}）" if stated != len(whole) else "")
    figures, lines = [number], [f"{told}。" if part else f"{told}：{'、'.join(whole)}。"]
    if part:
        label = f"名称含“{part}”的{kind}"
        formula = f"按文件所列的 {len(whole)} 个逐个数"
        figures.insert(0, Figure(label, Decimal(len(picked)), "个", Dimension.COUNT, 0, places, formula=formula))
        lines.insert(0, f"{label} **{len(picked)} 个**：{'、'.join(picked)}。")
    elif picks:
        lines.append("- 以上是全部：没有按名称的含义另行挑选。")
    lines.append(f"- 文件原文：“{listed.place.quote}”")
    return Reply(
        tuple(lines), tuple(figures), places, subject=kind, names=(kind,), aspects=frozenset({"数量"}), rule=RULE
    )


def _pattern(part: str) -> str:
    """A part of names as a pattern; a blank in it stands for some characters."""
    pieces = re.split(f"[{re.escape(_terms().blank)}]+", part)
    return "[一-龥]{1,4}".join(map(re.escape, pieces))
