"""How many of a thing a sentence counts, with the names and the money told beside the number.

"内设机构几个，都叫什么"; "编报了绩效目标的项目有几个，牵涉多少资金". Where only the names are printed they are counted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from assistant import figures as fig
from assistant import name_parts
from assistant.answer import Citation
from assistant.data_files import load_toml
from assistant.enumerations import apart
from assistant.executing import Executor
from assistant.figures import Figure
from assistant.question import fold
from assistant.reply import Reply, join
from assistant.understanding import Understanding
from index.evidence import Dimension
from index.numbers import half_width, parse_number

RULE = "tally"
_OWNER = 4  # characters of a name that tell whose sentence it is
_NEAR = 6  # characters between a counting word and its number
_MONEY = re.compile(r"([\d,]+(?:\.\d+)?)(亿元|万元|元)")
_SENTENCE = re.compile(r"[^。；]+[。；]?")
_NUMBERED = re.compile(r"(?:^|。)\d+[.．、]")


@dataclass(frozen=True, slots=True)
class _Thing:
    """`said`: in questions, with one of `besides` and none of `never`; `sentence`: where documents count it."""

    name: str
    said: tuple[str, ...]
    besides: tuple[str, ...]
    never: tuple[str, ...]
    sentence: tuple[str, ...]

    def asked(self, text: str) -> bool:
        besides = not self.besides or any(word in text for word in self.besides)
        return besides and any(w in text for w in self.said) and not any(w in text for w in self.never)


@dataclass(frozen=True, slots=True)
class _Terms:
    asks: tuple[str, ...]
    money: tuple[str, ...]
    each: tuple[str, ...]
    units: tuple[str, ...]
    opens: tuple[str, ...]
    closes: tuple[str, ...]
    things: tuple[_Thing, ...]


@cache
def terms() -> _Terms:
    """The words of tallies.toml. Raises SemanticDataError."""
    return load_toml("tallies.toml", _parsed)


def _parsed(data: dict[str, Any]) -> _Terms:
    things = tuple(
        _Thing(
            entry["name"],
            tuple(map(fold, entry["said"])),
            tuple(entry["besides"]),
            tuple(entry.get("never", ())),
            tuple(entry["sentence"]),
        )
        for entry in data["thing"]
    )
    lists = {key: tuple(data[key]) for key in ("asks", "money", "each", "units", "opens", "closes")}
    return _Terms(things=things, **lists)


def answer(understood: Understanding, documents: tuple[str, ...], executor: Executor) -> Reply | None:
    """The counts that a question asks for; None where it asks for none or no sentence has them."""
    text = understood.linked.text
    asks = any(word in text for word in terms().asks) or name_parts.find(text) is not None
    if len(documents) != 1 or not asks:
        return None
    others = understood.parts.head_unit not in ("", *terms().units)  # 编制多少人，内设机构几个
    if others or understood.parts.has("share", "max", "min", "reason", "compare_previous", "definition"):
        return None
    told = [_told(thing, text, documents[0], executor) for thing in terms().things if thing.asked(text)]
    replies = tuple(reply for reply in told if reply is not None)
    return join(replies, RULE) if replies and len(replies) == len(told) else None


def _told(thing: _Thing, text: str, document: str, executor: Executor) -> Reply | None:
    for quote, citation in sorted(_sentences(thing, document, executor), key=lambda s: -_shared(thing, s[0], text)):
        number = _count(thing, quote)
        names = _names(thing, quote)
        formula = None
        if len(names) > 1 and (part := name_parts.find(text)) is not None:
            return _holding(thing, part.text, names, citation)
        if number is None and len(names) > 1:
            number, formula = Decimal(len(names)), f"按文件所列逐个数，共 {len(names)} 个"
        if number is None:
            continue
        unit = next((u for u in terms().units if f"{number}{u}" in half_width(quote)), terms().units[0])
        places = (citation,)
        figures = [Figure(thing.name, number, unit, Dimension.COUNT, 0, places, formula=formula)]
        if (
            any(word in text for word in (*terms().money, *terms().each))
            and (amount := _amount(thing, quote, places)) is not None
        ):
            figures.append(amount)
        if len(figures) > 1 and any(word in text for word in terms().each):
            figures.append(fig.quotient(f"平均每{unit}", figures[1], figures[0], figures[1].unit))
        head = "，".join(f"{f.label} **{f.text}**" for f in figures)
        formula = formula or next((f.formula for f in figures[2:]), None)
        shown = f"{head}（{formula}）" if formula else head
        lines = (f"{shown}。", f"- 文件原文：“{quote.strip()}”")
        return Reply(
            lines,
            tuple(figures),
            places,
            subject=thing.name,
            names=(thing.name,),
            aspects=frozenset({"数量"}),
            rule=RULE,
        )
    return None


def _holding(thing: _Thing, part: str, names: tuple[str, ...], place: Citation) -> Reply:
    """Those of the listed things whose names hold a word, counted and named."""
    found = tuple(name for name in names if part in fold(name))
    formula = f"{thing.name} {len(names)} 个，名称里有“{part}”的逐个数，共 {len(found)} 个"
    number = Figure(
        f"名称含“{part}”的{thing.name}", Decimal(len(found)), "个", Dimension.COUNT, 0, (place,), formula=formula
    )
    lines = (
        f"{number.label} **{len(found)} 个**：{'、'.join(found) or '没有'}。",
        f"- 文件原文：“{place.quote.strip()}”",
    )
    return Reply(
        lines, (number,), (place,), subject=thing.name, names=(thing.name,), aspects=frozenset({"数量"}), rule=RULE
    )


def _shared(thing: _Thing, quote: str, text: str) -> int:
    """How long a run of the question stands before what a sentence counts: whose it is."""
    lead = quote[: min(quote.index(word) for word in thing.sentence if word in quote)]
    runs = (
        size
        for size in range(len(lead), _OWNER - 1, -1)
        if any(lead[i : i + size] in text for i in range(len(lead) - size + 1))
    )
    return next(runs, 0)


def _sentences(thing: _Thing, document: str, executor: Executor) -> list[tuple[str, Citation]]:
    rows = executor.read(
        "SELECT p.text, p.page, p.line, s.path FROM paragraphs p JOIN documents d ON d.id = p.document_id "
        "LEFT JOIN sections s ON s.id = p.section_id WHERE d.key = ? ORDER BY p.id",
        (document,),
    )
    found = []
    for row in rows:
        body = row["text"]
        pieces = [body] if _NUMBERED.search(body.partition("：")[2]) else _SENTENCE.findall(body)
        for piece in pieces:
            if any(word in piece for word in thing.sentence):
                place = Citation(
                    document=document, page=row["page"], section=row["path"] or "", line=row["line"], quote=piece
                )
                found.append((piece, place))
    return found


def _count(thing: _Thing, quote: str) -> Decimal | None:
    """The number that stands by the words of a thing."""
    plain = half_width(quote)
    words = "|".join(map(re.escape, thing.sentence))
    units = "|".join(map(re.escape, terms().units))
    behind = re.search(rf"(?:{words})[^\d，。；、：]{{0,{_NEAR}}}(\d+)(?:{units})", plain)
    before = re.search(rf"(\d+)(?:{units})?(?:{words})", plain) or re.search(rf"内设(\d+)(?:{units})机构", plain)
    match = min((m for m in (behind, before) if m), key=lambda m: m.start(), default=None)
    return parse_number(match[1]) if match else None


def _names(thing: _Thing, quote: str) -> tuple[str, ...]:
    """The names listed behind the words of a thing."""
    opens = "|".join(map(re.escape, terms().opens))
    words = "|".join(map(re.escape, thing.sentence))
    match = re.search(rf"(?:{words})[，,]?(?:{opens})+", quote)
    before = re.search(rf"(?:{opens})(?P<names>[^：:]+?)[，,]?共\d*[^，。]{{0,4}}(?:{words})", half_width(quote))
    if match is None and before is None:
        return ()
    listed = quote[match.end() :] if match is not None else before["names"] if before is not None else ""
    for word in terms().closes:
        listed = listed.partition(word)[0]
    if _NUMBERED.search(listed):
        pieces = re.split(r"\d+[.．、]", listed)
    else:
        pieces = apart(listed.rstrip("。；"))
    return tuple(name for piece in pieces if (name := piece.strip("，。；、 ")))


def _amount(thing: _Thing, quote: str, places: tuple[Citation, ...]) -> Figure | None:
    """The money told in the sentence: behind the count, else before it."""
    plain = half_width(quote)
    at = min((plain.index(word) for word in thing.sentence if word in plain), default=0)
    found = list(_MONEY.finditer(plain))
    match = next((m for m in found if m.start() > at), found[-1] if found else None)
    if match is None:
        return None
    amount = Decimal(match[1].replace(",", ""))
    decimals = len(match[1].partition(".")[2])
    return Figure("涉及资金", amount, match[2], Dimension.MONEY, decimals, places, printed=match[1])
