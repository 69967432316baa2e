"""Labelled texts of the documents, fields of forms and sections under headings, and how they are told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.answer import Citation, Status
from assistant.executing import citation
from assistant.figures import Figure
from assistant.library import Library
from assistant.question import fold
from assistant.reply import Reply
from assistant.sentences import clean, figures_in, item_number, items_of
from assistant.text_terms import load
from assistant.understanding import TextNeed
from index.evidence import Dimension

SHORT = 60  # characters of a text that is told whole, of a head
_NEARLY_ALL = 0.9


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text of the document with what it is called. `items` are its numbered items, `places` where each stands."""

    label: str
    owner: str
    text: str
    places: tuple[Citation, ...]
    number: str = ""  # of a heading, as printed

    @property
    def name(self) -> str:
        return f"{self.owner}的{self.label}" if self.owner else self.label


# ---------------------------------------------------------------- reading


def fields_of(need: TextNeed, library: Library) -> list[Labelled]:
    """The texts under the label that is needed: of the project, else the body's own, else every project's."""
    rows = library.executor.read(
        "SELECT t.owner, t.label, t.text, s.*, d.key AS document FROM text_fields t "
        "JOIN sources s ON s.id = t.source_id JOIN documents d ON d.id = t.document_id WHERE t.label = ? ORDER BY t.id",
        (need.label,),
    )
    rows = [r for r in rows if library.holds(r["document"])]
    if need.project and any(r["owner"] for r in rows):
        rows = [r for r in rows if r["owner"] == need.project]
    elif named := [r for r in rows if r["owner"] in need.names]:  # a project that is only listed
        rows = named
    elif any(not r["owner"] for r in rows) and not (need.linked and need.linked.has("list")):
        rows = [r for r in rows if not r["owner"]]
    found: dict[tuple[str, str, str], Labelled] = {}
    for row in rows:
        key = (row["document"], row["owner"], row["text"])
        places = (*(found[key].places if key in found else ()), citation(row))
        found[key] = Labelled(row["label"], row["owner"], row["text"], places)
    return [*([] if need.project else printed(need.label, library)), *found.values()]


def printed(label: str, library: Library) -> list[Labelled]:
    """What prose prints under a label, by any of the names that end its line (公开咨询电话：027-…)."""
    names = "|".join(map(re.escape, load().printed.get(label, ())))
    if not names:
        return []
    pattern = re.compile(rf"(?P<name>[^，。；、：:\s]{{0,8}}(?:{names}))\s*[：:]\s*(?P<text>[^，。；、\s]+)")
    rows = library.executor.read(
        "SELECT p.text, p.page, p.line, s.path, d.key AS document FROM paragraphs p "
        "JOIN documents d ON d.id = p.document_id LEFT JOIN sections s ON s.id = p.section_id ORDER BY p.id"
    )
    found: dict[str, Labelled] = {}
    for row in (row for row in rows if library.holds(row["document"])):
        for match in pattern.finditer(row["text"]):
            place = Citation(
                row["document"], page=row["page"], line=row["line"], section=row["path"] or "", quote=match[0]
            )
            found.setdefault(match[0], Labelled(match["name"], "", match["text"], (place,)))
    return list(found.values())


def sections_in(library: Library) -> list[Labelled]:
    """Every section with the paragraphs directly under its heading."""
    rows = library.executor.read(
        "SELECT s.id, s.number, s.title, s.path, s.page, s.line, d.key AS document, p.text, p.page AS own_page, "
        "p.line AS own_line FROM sections s JOIN documents d ON d.id = s.document_id "
        "LEFT JOIN paragraphs p ON p.section_id = s.id ORDER BY s.id, p.id"
    )
    gathered: dict[int, tuple[str, str, list[str], list[Citation]]] = {}
    for row in rows:
        if not library.holds(row["document"]):
            continue
        _, _, texts, places = gathered.setdefault(row["id"], (row["title"], row["number"], [], []))
        if row["text"]:
            texts.append(row["text"])
            places.append(
                Citation(
                    row["document"],
                    page=row["own_page"],
                    line=row["own_line"],
                    section=row["path"],
                    quote=row["text"],
                    mark=row["text"],
                )
            )
    return [
        Labelled(title, "", "\n".join(texts), tuple(places), number)
        for title, number, texts, places in gathered.values()
    ]


def position_in(need: TextNeed) -> int:
    """Which item is asked for, counted from 1, from the end when negative; 0: none."""
    mentions = need.linked.mentions if need.linked else ()
    if any(word in need.query for word in load().last):
        return -1
    return next((-m.position if m.reverse else m.position for m in mentions if m.position is not None), 0)


# ---------------------------------------------------------------- telling


def without_tail(title: str) -> str:
    """A folded heading without last words that say nothing of its subject (人员情况 → 人员)."""
    return next((title.removesuffix(tail) for tail in load().tails if title.endswith(tail)), title)


def items(labelled: Labelled) -> list[str]:
    """Its numbered items; those of a heading are its paragraphs that start in the style of the first of them."""
    found = items_of(labelled.text)
    style = _style(found[0]) if found else None
    return [item for item in found if _style(item) == style]


def _style(item: str) -> tuple[bool, bool]:
    """In brackets, in Arabic digits."""
    return item.lstrip().startswith(("（", "(")), item_number(item).isdigit()


def place_of(labelled: Labelled, text: str) -> Citation:
    """The place of a labelled text that holds this part of it, with the part marked."""
    bare = fold(text)
    holding = (p for p in labelled.places if fold(p.quote) and (bare in fold(p.quote) or fold(p.quote) in bare))
    place = next(holding, labelled.places[0])
    return replace(place, quote=place.quote or labelled.text, mark=text)


def nth(position: int, listed: Sequence[Labelled]) -> Reply | None:
    """The nth item of the first list, counted from its end when negative."""
    for labelled in listed:
        own = items(labelled)
        if not 0 < abs(position) <= len(own):
            line = f"{labelled.name}一共只有 {len(own)} 条，没有第 {abs(position)} 条。"
            return Reply((line,), status=Status.ABSTAINED, reason="未披露", citations=labelled.places[:1], rule="item")
        item = own[position if position < 0 else position - 1]
        return reply_of([f"{labelled.name}：", item], [item], (place_of(labelled, item),), labelled, "item")
    return None


def counted(counter: str, listed: Sequence[Labelled], library: Library) -> Reply | None:
    """How many items the first list has, in the counter that was asked for."""
    for labelled in listed:
        own = items(labelled)
        if own:
            places = tuple(place_of(labelled, item) for item in own)
            unit = counter if counter in library.wording.terms.items else "条"
            number = Figure(f"{labelled.name}的条数", Decimal(len(own)), unit, Dimension.COUNT, 0, places)
            lines = (f"{labelled.name}一共列了 **{len(own)}** {unit}：", *(f"- {head_of(item)}" for item in own))
            return Reply(lines, (number,), places, subject=labelled.name, rule="items")
    return None


def head_of(item: str) -> str:
    """The first words of an item, enough to know it by."""
    first = re.split(r"[。：:；;]", item, maxsplit=1)[0]
    return first if len(first) <= SHORT else f"{first[:SHORT]}…"


def whole(chosen: Sequence[Labelled]) -> Reply | None:
    """The texts as printed; owners of the same text are named together."""
    told = [labelled for labelled in chosen if labelled.text]
    if not told:
        return None
    grouped: dict[str, list[Labelled]] = {}
    for labelled in told:
        grouped.setdefault(clean(labelled.text), []).append(labelled)
    lines: list[str] = []
    for text, same in grouped.items():
        parts = [clean(part) for part in _lines(same[0].text)]
        if len(parts) < 2:
            lines.append(f"{_named(same)}：{parts[0] if parts else text}")
        else:
            lines += [f"{_named(same)}：", *(f"- {part}" for part in parts)]
    places = tuple(dict.fromkeys(p for labelled in told for p in labelled.places))
    return reply_of(lines, [labelled.text for labelled in told], places, told[0], "field")


def _named(same: Sequence[Labelled]) -> str:
    owners = dict.fromkeys(labelled.owner for labelled in same if labelled.owner)
    return f"{'、'.join(owners)}的{same[0].label}" if owners else same[0].label


def _lines(text: str) -> list[str]:
    """Items of a text printed on one line, else its lines."""
    own, lines = items_of(text), [line for line in text.split("\n") if line.strip()]
    return own if len(own) > len(lines) and len("".join(own)) >= _NEARLY_ALL * len("".join(lines)) else lines


def reply_of(
    lines: Sequence[str], told: Sequence[str], places: tuple[Citation, ...], labelled: Labelled, rule: str
) -> Reply:
    """A reply that quotes these texts, with the figures they state."""
    figures = tuple(f for text in told for f in figures_in(text, places[:1], (labelled.label,)))
    return Reply(
        tuple(lines),
        tuple({(f.amount, f.unit): f for f in figures}.values()),
        places,
        subject=labelled.name,
        names=(labelled.label,),
        projects=(labelled.owner,) if labelled.owner else (),
        aspects=frozenset({"文字"}),
        rule=rule,
    )
