"""Labelled texts of forms and the texts under headings: whole, the nth item, how many items, or what fits the question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.answer import Citation, Status
from assistant.executing import citation
from assistant.figures import Figure
from assistant.library import Library
from assistant.question import fold
from assistant.reply import Reply
from assistant.sentences import clean, figures_in, item_number, items_of, pieces
from assistant.text_terms import load
from assistant.understanding import TextNeed
from assistant.wording import Term, asked_counter, longest_shared
from index.evidence import Dimension

_HEADING_ALIKE = 0.75
_HEADING_RUN = 4
_HEADING_PART = 0.6
_TITLE_PART = 0.8
_SELECTED = 0.4
_NEAR_BEST = 0.85
_SHORT = 60
_LONGEST_SECTION = 1_500
_NUMBERED = re.compile(r"(\D+)(\d+)")
_TAIL = re.compile(r"(?:的?(?:情况)?说明|的?情况|的?概述)$")
_ITEM_STYLE = re.compile(r"^\s*(?:(?P<round>[（(])|(?P<cjk>[一二三四五六七八九十]))?")


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


def answer(need: TextNeed, library: Library, *, always: bool = False) -> Reply | None:
    """The field or section that a label names; what of it fits the question. `always`: all of it where nothing fits."""
    fields = _fields(need, library)
    sections = [] if need.project else _sections((need.label, *_called(need)), library)
    position, counter = _position(need), asked_counter(need.query)
    if position or counter in library.wording.terms.items:
        listed = [t for t in (*sections, *fields) if len(_items(t)) > 1]
        if listed:
            return _nth(position, listed) if position else _counted(counter, listed, library)
    if fields and sections and fields[0].owner == "" and _same(fields[0].text, sections[0].text):
        fields = [*sections[:1], *fields[1:]]
    chosen = fields or sections
    if not chosen:
        return None
    owned = any(t.owner for t in chosen)
    wanted = _beyond(residue(need, library, owned=owned), chosen, library)
    if all(len(t.text) <= _SHORT for t in chosen):
        wanted = tuple(t for t in wanted if t.is_thing)
    fitting = _fitting(wanted, chosen, library) if wanted else None
    return fitting or (_whole(chosen) if not wanted or always else None)


def heading(need: TextNeed, library: Library) -> Reply | None:
    """The text under a heading that the question repeats, whole or what of it fits."""
    question = fold(need.query)
    topic = _TAIL.sub("", library.wording.topic(need.query))
    named = [(m.start, m.end) for m in need.linked.mentions if m.sense.names] if need.linked else []

    def run(section: Labelled) -> float:
        core = _TAIL.sub("", fold(section.label))
        shared = longest_shared(question, core)
        start = question.find(shared)
        inside = any(a <= start and start + len(shared) <= b for a, b in named)
        part = len(shared) >= _HEADING_PART * len(core) or len(shared) >= _TITLE_PART * len(topic)
        enough = len(shared) >= _HEADING_RUN and part and not inside
        return len(shared) / len(core) if enough else 0.0

    scored = [(run(s), s) for s in _all_sections(library)]
    best = max((score for score, _ in scored), default=0.0)
    if not best:
        return None
    chosen = [s for score, s in scored if score == best and s.text and len(s.text) <= _LONGEST_SECTION]
    position, counter = _position(need), asked_counter(need.query)
    if counter:
        return _counted(counter, chosen, library)
    return _nth(position, chosen) if position else _whole(chosen[:1]) if chosen else None


def family(need: TextNeed, library: Library) -> Reply | None:
    """One of several numbered texts (长期目标1, 长期目标2 …), or how many of them there are."""
    position, counter = _position(need), asked_counter(need.query)
    if not position and not counter:
        return None
    rows = library.executor.read("SELECT DISTINCT label FROM text_fields ORDER BY label")
    stems: dict[str, list[str]] = {}
    for row in rows:
        if match := _NUMBERED.fullmatch(row["label"]):
            stems.setdefault(match[1], []).append(row["label"])
    stem = next((s for s in stems if fold(s) in fold(need.query)), "")
    if not stem:
        return None
    labels = sorted(stems[stem], key=lambda label: int(label[len(stem) :]))
    if position:
        chosen = labels[position if position < 0 else position - 1 :][:1] if abs(position) <= len(labels) else []
        return answer(replace(need, label=chosen[0]), library, always=True) if chosen else None
    found = [t for label in labels for t in _fields(replace(need, label=label), library)]
    places = tuple(p for t in found for p in t.places)
    number = Figure(f"{stem}的个数", Decimal(len(labels)), counter, Dimension.COUNT, 0, places)
    lines = (f"{stem}一共有 **{len(labels)}** {counter}：", *(f"- {t.label}：{_head(t.text)}" for t in found))
    return Reply(lines, (number,), places, subject=stem, rule="items")


def under_name(need: TextNeed, library: Library) -> Reply | None:
    """The text under a heading that is the very name of what is asked about."""
    names = {fold(n) for n in need.names}
    chosen = [s for s in _all_sections(library) if fold(s.label) in names and s.text and len(s.text) <= _LONGEST_SECTION]
    return _whole(chosen[:2]) if chosen else None


def note(need: TextNeed, library: Library) -> Reply | None:
    """What is printed under a table that the question names: why it is empty, what it leaves out."""
    rows = library.executor.read(
        "SELECT t.number, t.title, t.note, t.page, t.line, d.key AS document FROM tables t "
        "JOIN documents d ON d.id = t.document_id WHERE t.note <> '' ORDER BY t.id"
    )
    question = fold(need.query)
    for row in rows:
        core = re.sub(r"^\d{4}年度?|表$", "", fold(row["title"]))
        run = longest_shared(question, core)
        if not library.holds(row["document"]) or len(run) < _HEADING_RUN or len(run) < _TITLE_PART * len(core):
            continue
        name = f"{row['number']} {row['title']}".strip()
        text = clean(row["note"])
        place = Citation(row["document"], page=row["page"], line=row["line"], table=name, quote=row["note"], mark=text)
        return Reply((f"{name}：{text}",), citations=(place,), subject=name, aspects=frozenset({"文字"}), rule="note")
    return None


def residue(need: TextNeed, library: Library, *, owned: bool) -> tuple[Term, ...]:
    """What the question says beyond the label and the body that it names, and the project where texts are `owned`."""
    if need.linked is None:
        return ()
    project = need.project if owned else ""
    taken = [
        m for m in need.linked.mentions
        if m.sense.attribute or m.sense.document or (m.sense.project == project != "" and m.via == "exact")
    ]  # fmt: skip
    spoken = {m.text for m in taken}
    label = fold(need.label)
    return tuple(
        t for t in library.wording.terms_of(need.linked)
        if t.word not in spoken and t.word not in label and not any(t.word in s for s in spoken)
    )  # fmt: skip


def _beyond(terms: tuple[Term, ...], chosen: Sequence[Labelled], library: Library) -> tuple[Term, ...]:
    """The terms that neither the form nor the section the text stands in says."""
    place = chosen[0].places[0]
    around = fold(" ".join((place.table or "", place.section, place.row or "", chosen[0].label, chosen[0].owner)))
    left = tuple(t for t in terms if library.wording.held(t, around) < 0.5 and not t.kind)
    return tuple(t for t in left if library.wording.known(t.word)) or left


# ---------------------------------------------------------------- reading

def _fields(need: TextNeed, library: Library) -> list[Labelled]:
    rows = library.executor.read(
        "SELECT t.owner, t.label, t.text, s.*, d.key AS document FROM text_fields t JOIN sources s ON s.id = t.source_id "
        "JOIN documents d ON d.id = t.document_id WHERE t.label = ? ORDER BY t.id",
        (need.label,),
    )
    rows = [r for r in rows if library.holds(r["document"])]
    if need.project and any(r["owner"] for r in rows):
        rows = [r for r in rows if r["owner"] == need.project]
    elif any(not r["owner"] for r in rows) and not (need.linked and need.linked.has("list")):
        rows = [r for r in rows if not r["owner"]]
    found: dict[tuple[str, str, str], Labelled] = {}
    for row in rows:
        key = (row["document"], row["owner"], row["text"])
        places = (*(found[key].places if key in found else ()), citation(row))
        found[key] = Labelled(row["label"], row["owner"], row["text"], places)
    return list(found.values())


def _all_sections(library: Library) -> list[Labelled]:
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
                    row["document"], page=row["own_page"], line=row["own_line"], section=row["path"], quote=row["text"],
                    mark=row["text"],
                )  # fmt: skip
            )
    return [Labelled(title, "", "\n".join(texts), tuple(places), number) for title, number, texts, places in gathered.values()]


def _sections(names: Iterable[str], library: Library) -> list[Labelled]:
    """Sections whose heading is one of these names, or nearly; the most alike."""
    wanted = [fold(n) for n in names if n]
    scored = []
    for section in _all_sections(library):
        title = fold(section.label)
        score = max((1.0 if w == title else library.wording.likeness(w, _TAIL.sub("", title)) for w in wanted), default=0)
        if score >= _HEADING_ALIKE and section.text and len(section.text) <= _LONGEST_SECTION * 2:
            scored.append((score, section))
    best = max((score for score, _ in scored), default=0)
    return [section for score, section in scored if score == best]


def _position(need: TextNeed) -> int:
    """Which item is asked for, counted from 1, from the end when negative; 0: none."""
    mentions = need.linked.mentions if need.linked else ()
    if any(word in need.query for word in load().last):
        return -1
    return next((-m.position if m.reverse else m.position for m in mentions if m.position is not None), 0)


def _called(need: TextNeed) -> tuple[str, ...]:
    mentions = need.linked.mentions if need.linked else ()
    return tuple(m.text for m in mentions if m.sense.attribute == need.label)


def _same(one: str, other: str) -> bool:
    """The same text printed twice (layout and punctuation aside)."""
    plain = [re.sub(r"\W", "", fold(t)) for t in (one, other)]
    return plain[0] == plain[1]


# ---------------------------------------------------------------- telling

def _items(labelled: Labelled) -> list[str]:
    """Its numbered items; those of a heading are its paragraphs that start in the style of the first of them."""
    items = items_of(labelled.text)
    if not items:
        return []
    style = _style(items[0])
    return [i for i in items if _style(i) == style]


def _style(item: str) -> tuple[bool, bool]:
    number = item_number(item)
    return item.lstrip().startswith(("（", "(")), number.isdigit()


def _place_of(labelled: Labelled, text: str) -> Citation:
    bare = fold(text)
    found = next((p for p in labelled.places if fold(p.quote) and (bare in fold(p.quote) or fold(p.quote) in bare)), None)
    place = found or labelled.places[0]
    return Citation(
        place.document, place.page, place.section, place.table, place.row, place.column, place.quote or labelled.text, text,
        place.line, place.table_id, place.row_index, place.column_index, place.bbox,
    )  # fmt: skip


def _nth(position: int, listed: Sequence[Labelled]) -> Reply | None:
    for labelled in listed:
        items = _items(labelled)
        if not 0 < abs(position) <= len(items):
            line = f"{labelled.name}一共只有 {len(items)} 条，没有第 {abs(position)} 条。"
            return Reply((line,), status=Status.ABSTAINED, reason="未披露", citations=labelled.places[:1], rule="item")
        item = items[position if position < 0 else position - 1]
        return _reply([f"{labelled.name}：", item], [item], (_place_of(labelled, item),), labelled, "item")
    return None


def _counted(counter: str, listed: Sequence[Labelled], library: Library) -> Reply | None:
    for labelled in listed:
        items = _items(labelled)
        if not items:
            continue
        places = tuple(_place_of(labelled, i) for i in items)
        unit = counter if counter in library.wording.terms.items else "条"
        number = Figure(f"{labelled.name}的条数", Decimal(len(items)), unit, Dimension.COUNT, 0, places)
        heads = [f"- {_head(i)}" for i in items]
        return Reply(
            (f"{labelled.name}一共列了 **{len(items)}** {unit}：", *heads), (number,), places, subject=labelled.name, rule="items"
        )
    return None


def _head(item: str) -> str:
    """The first words of an item, enough to know it by."""
    first = re.split(r"[。：:；;]", item, maxsplit=1)[0]
    return first if len(first) <= _SHORT else f"{first[:_SHORT]}…"


def _fitting(wanted: tuple[Term, ...], chosen: Sequence[Labelled], library: Library) -> Reply | None:
    """The items or sentences that cover what is asked beyond the label; a short text is told whole."""
    scored: list[tuple[float, Labelled, str]] = []
    for labelled in chosen:
        for text in _items(labelled) or pieces(labelled.text):
            scored.append((library.wording.cover(wanted, text, labelled.owner), labelled, clean(text)))
    best = max((score for score, _, _ in scored), default=0.0)
    if best < _SELECTED:
        short = [t for t in chosen if len(t.text) <= _SHORT and library.wording.cover(wanted, t.owner) >= _SELECTED]
        return _whole(short) if short else None
    kept = [(labelled, text) for score, labelled, text in scored if score >= best * _NEAR_BEST]
    lines: list[str] = []
    for labelled, text in kept[:6]:
        head = f"{labelled.name}："
        lines += [head] * (head not in lines) + [f"- {text}"]
    places = tuple(_place_of(labelled, text) for labelled, text in kept[:6])
    return _reply(lines, [text for _, text in kept[:6]], places, kept[0][0], "field")


def _whole(chosen: Sequence[Labelled]) -> Reply | None:
    told = [t for t in chosen if t.text]
    if not told:
        return None
    grouped: dict[str, list[Labelled]] = {}
    for labelled in told:
        grouped.setdefault(clean(labelled.text), []).append(labelled)
    lines: list[str] = []
    for text, same in grouped.items():
        name = _named(same)
        items = [clean(i) for i in (_lines(same[0].text))]
        lines += [f"{name}：{items[0] if items else text}"] if len(items) < 2 else [f"{name}：", *(f"- {i}" for i in items)]
    places = tuple(dict.fromkeys(p for t in told for p in t.places))
    return _reply(lines, [t.text for t in told], places, told[0], "field")


def _named(same: Sequence[Labelled]) -> str:
    owners = [t.owner for t in same if t.owner]
    return f"{'、'.join(dict.fromkeys(owners))}的{same[0].label}" if owners else same[0].label


def _lines(text: str) -> list[str]:
    items = items_of(text)
    lines = [line for line in text.split("\n") if line.strip()]
    return items if len(items) > len(lines) and len("".join(items)) >= 0.9 * len("".join(lines)) else lines


def _reply(lines: list[str], told: Sequence[str], places: tuple[Citation, ...], labelled: Labelled, rule: str) -> Reply:
    figures = tuple(f for text in told for f in figures_in(text, places[:1], (labelled.label,)))
    unique = tuple({(f.amount, f.unit): f for f in figures}.values())
    return Reply(
        tuple(lines), unique, places, subject=labelled.name, names=(labelled.label,),
        projects=(labelled.owner,) if labelled.owner else (), aspects=frozenset({"文字"}), rule=rule,
    )  # fmt: skip
