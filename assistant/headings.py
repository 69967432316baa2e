"""Texts under headings, notes under tables, and numbered texts: found by the words of the question that repeat them."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from assistant import fields
from assistant.answer import Citation
from assistant.figures import Figure
from assistant.labelled import Labelled, counted, fields_of, head_of, nth, position_in, sections_in, whole, without_tail
from assistant.library import Library
from assistant.question import fold
from assistant.reply import Reply
from assistant.sentences import clean
from assistant.understanding import TextNeed
from assistant.wording import asked_counter, longest_shared
from index.evidence import Dimension

_HEADING_ALIKE = 0.75
_HEADING_RUN = 4
_HEADING_PART = 0.6
_TITLE_PART = 0.8
LONGEST = 1_500  # characters of a section that is told whole
_NUMBERED = re.compile(r"(\D+)(\d+)")


def heading(need: TextNeed, library: Library) -> Reply | None:
    """The text under a heading that the question repeats, whole or what of it fits."""
    if need.linked is not None and library.wording.asked(need.linked) and not _asks_items(need, library):
        return None
    question = fold(need.query)
    topic = without_tail(library.wording.topic(need.query))
    linked = need.linked
    named = [(m.start, m.end) for m in linked.mentions if m.sense.names or linked.set_aside(m)] if linked else []

    def run(section: Labelled) -> float:
        core = without_tail(fold(section.label))
        shared = longest_shared(question, core)
        start = question.find(shared)
        inside = any(a <= start and start + len(shared) <= b for a, b in named)
        part = len(shared) >= _HEADING_PART * len(core) or len(shared) >= _TITLE_PART * len(topic)
        enough = len(shared) >= _HEADING_RUN and part and not inside
        return len(shared) / len(core) if enough else 0.0

    scored = [(run(s), s) for s in sections_in(library)]
    best = max((score for score, _ in scored), default=0.0)
    if not best:
        return None
    chosen = [s for score, s in scored if score == best and s.text and len(s.text) <= LONGEST]
    position, counter = position_in(need), asked_counter(need.query)
    if counter:
        return counted(counter, chosen, library)
    return nth(position, chosen) if position else whole(chosen[:1]) if chosen else None


def _asks_items(need: TextNeed, library: Library) -> bool:
    """Is it a number of items that is asked for, not an amount?"""
    return asked_counter(need.query) in library.wording.terms.items


def family(need: TextNeed, library: Library) -> Reply | None:
    """One of several numbered texts (长期目标1, 长期目标2 …), or how many of them there are."""
    position, counter = position_in(need), asked_counter(need.query)
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
        return fields.answer(replace(need, label=chosen[0]), library, always=True) if chosen else None
    found = [t for label in labels for t in fields_of(replace(need, label=label), library)]
    places = tuple(p for t in found for p in t.places)
    number = Figure(f"{stem}的个数", Decimal(len(labels)), counter, Dimension.COUNT, 0, places)
    lines = (f"{stem}一共有 **{len(labels)}** {counter}：", *(f"- {t.label}：{head_of(t.text)}" for t in found))
    return Reply(lines, (number,), places, subject=stem, rule="items")


def under_name(need: TextNeed, library: Library) -> Reply | None:
    """The text under a heading that is the very name of what is asked about."""
    names = {fold(n) for n in need.names}
    chosen = [s for s in sections_in(library) if fold(s.label) in names and s.text and len(s.text) <= LONGEST]
    return whole(chosen[:2]) if chosen else None


def _digits(number: str) -> str:
    """公开表8 → 8."""
    return re.sub(r"[^\d-]", "", number) or number


def note(need: TextNeed, library: Library) -> Reply | None:
    """What is printed under a table that the question names: why it is empty, what it leaves out."""
    rows = library.executor.read(
        "SELECT t.number, t.title, t.note, t.page, t.line, d.key AS document FROM tables t "
        "JOIN documents d ON d.id = t.document_id WHERE t.note <> '' ORDER BY t.id"
    )
    question = fold(need.query)
    asked = {_digits(m.table) for m in need.linked.mentions if m.table} if need.linked else set()
    for row in rows:
        core = re.sub(r"^\d{4}年度?|表$", "", fold(row["title"]))
        run = longest_shared(question, core)
        titled = len(run) >= _HEADING_RUN and len(run) >= _TITLE_PART * len(core)
        if not library.holds(row["document"]) or not (titled or _digits(row["number"]) in asked):
            continue
        name = f"{row['number']} {row['title']}".strip()
        text = clean(row["note"])
        place = Citation(row["document"], page=row["page"], line=row["line"], table=name, quote=row["note"], mark=text)
        return Reply((f"{name}：{text}",), citations=(place,), subject=name, aspects=frozenset({"文字"}), rule="note")
    return None
