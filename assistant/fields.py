"""Labelled texts of forms: whole, the nth item, how many items, or what of them fits the question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant import covering
from assistant.answer import Status
from assistant.asking import without_labels
from assistant.labelled import (
    SHORT,
    Labelled,
    counted,
    fields_of,
    items,
    nth,
    place_of,
    position_in,
    reply_of,
    sections_in,
    whole,
    without_tail,
)
from assistant.library import Library
from assistant.question import fold
from assistant.reply import Reply, join
from assistant.sentences import clean, pieces
from assistant.text_terms import load
from assistant.understanding import Need, TextNeed
from assistant.wording import Term, asked_counter

_HEADING_ALIKE = 0.75
_ENDING = 0.9
_LEAST_NAME = 4
_SELECTED = 0.4
_LABEL_ALIKE = 0.6
_NEAR_BEST = 0.85
_LONGEST_SECTION = 3_000


def answer(need: TextNeed, library: Library, *, always: bool = False) -> Reply | None:
    """The field or section that a label names; what of it fits the question. `always`: all of it where nothing fits."""
    found = fields_of(need, library)
    if need.project and not any(t.owner == need.project for t in found):
        found = _nearest(need, library) or found
    topic = library.wording.terms.topics.get(need.label, ())
    sections = [] if need.project else _sections((need.label, *topic, *_called(need)), library, need)
    position, counter = position_in(need), asked_counter(need.query)
    if position or counter in library.wording.terms.items:
        listed = [t for t in (*sections, *found) if len(items(t)) > 1]
        if listed:
            item = nth(position, listed) if position else None
            many = counted(counter, listed, library) if counter in library.wording.terms.items else None
            return join((many, item), "items") if item and many and item.answered else item or many
    if found and sections and found[0].owner == "" and _same(found[0].text, sections[0].text):
        found = [*sections[:1], *found[1:]]
    chosen = found or sections
    if not chosen:
        return None
    if sum(_is_blank(t.text) for t in chosen) * 2 > len(chosen) and (said := _read_plainly(need, library)) is not None:
        return said
    owned = any(t.owner for t in chosen)
    wanted = _beyond(residue(need, library, owned=owned), chosen, library)
    if all(len(t.text) <= SHORT for t in chosen):
        if wanted and owned and not need.project and (said := covering.passage(need, library)) is not None:
            return said
        wanted = tuple(t for t in wanted if t.is_thing)
    fitting = _fitting(wanted, chosen, library) if wanted else None
    return fitting or (
        whole(chosen) if not wanted or always or need.label in library.wording.terms.whole_topics else None
    )


def _read_plainly(need: TextNeed, library: Library) -> Reply | None:
    """A sentence elsewhere that answers, the name of the blank field read as words like any other."""
    plain = without_labels(need.linked) if need.linked is not None and not need.project else None
    elsewhere = covering.passage(replace(need, need=Need.PASSAGE, label="", linked=plain), library)
    return elsewhere or covering.passage(need, library)


def absent(need: TextNeed, library: Library) -> Reply | None:
    """That a project has no form in which the label would stand, where other projects have one."""
    if not need.project:
        return None
    rows = library.executor.read(
        "SELECT DISTINCT t.owner, d.key AS document FROM text_fields t JOIN documents d ON d.id = t.document_id "
        "WHERE t.label = ? AND t.owner <> ''",
        (need.label,),
    )
    owners = [r["owner"] for r in rows if library.holds(r["document"])]
    if not owners or need.project in owners:
        return None
    line = f"文件没有“{need.project}”的项目申报表，没有写它的{need.label}。"
    return Reply((line,), status=Status.ABSTAINED, reason="未披露", projects=(need.project,), rule="absent")


def _nearest(need: TextNeed, library: Library) -> list[Labelled]:
    """The project's text whose label says the same or is most like the one that is needed (单位职能概述 for 部门职能概述)."""
    if not need.project:
        return []
    rows = library.executor.read("SELECT DISTINCT label FROM text_fields WHERE owner = ?", (need.project,))
    held = {row["label"] for row in rows}
    for label in library.wording.terms.instead.get(need.label, ()):
        if label in held:
            return fields_of(replace(need, label=label), library)
    scored = [(library.wording.likeness(need.label, row["label"]), row["label"]) for row in rows]
    best = max(scored, default=(0.0, ""))
    return fields_of(replace(need, label=best[1]), library) if best[0] >= _LABEL_ALIKE else []


def residue(need: TextNeed, library: Library, *, owned: bool) -> tuple[Term, ...]:
    """What the question says beyond the label and the body that it names, and the project where texts are `owned`."""
    if need.linked is None:
        return ()
    project = need.project if owned else ""
    taken = [
        m
        for m in need.linked.mentions
        if m.sense.attribute or m.sense.document or (m.sense.project == project != "" and m.via == "exact")
    ]
    spoken = {m.text for m in taken}
    label = fold(need.label)
    return tuple(
        t
        for t in library.wording.terms_of(need.linked)
        if t.word not in spoken and t.word not in label and not any(t.word in s for s in spoken)
    )


def _beyond(terms: tuple[Term, ...], chosen: Sequence[Labelled], library: Library) -> tuple[Term, ...]:
    """The terms that neither the form nor the section the text stands in says."""
    place = chosen[0].places[0]
    around = fold(" ".join((place.table or "", place.section, place.row or "", chosen[0].label, chosen[0].owner)))
    left = tuple(t for t in terms if library.wording.held(t, around) < 0.5 and not t.kind)
    known = tuple(t for t in left if library.wording.known(t.word))
    alone = len(left) == len(terms)  # nothing else says what is meant
    return known or (tuple(t for t in left if t.is_telling) if alone else ())


def _fitting(wanted: tuple[Term, ...], chosen: Sequence[Labelled], library: Library) -> Reply | None:
    """The items or sentences that cover what is asked beyond the label; a short text is told whole."""
    scored: list[tuple[float, Labelled, str]] = []
    for labelled in chosen:
        for text in items(labelled) or pieces(labelled.text):
            scored.append((library.wording.cover(wanted, text, labelled.owner), labelled, clean(text)))
    best = max((score for score, _, _ in scored), default=0.0)
    if best < _SELECTED:
        short = [t for t in chosen if len(t.text) <= SHORT and library.wording.cover(wanted, t.owner) >= _SELECTED]
        return whole(short) if short else None
    kept = [(labelled, text) for score, labelled, text in scored if score >= best * _NEAR_BEST]
    lines: list[str] = []
    for labelled, text in kept[:6]:
        head = f"{labelled.name}："
        lines += [head] * (head not in lines) + [f"- {text}"]
    places = tuple(place_of(labelled, text) for labelled, text in kept[:6])
    return reply_of(lines, [text for _, text in kept[:6]], places, kept[0][0], "field")


def _sections(names: Iterable[str], library: Library, need: TextNeed) -> list[Labelled]:
    """Sections whose heading is one of these names, or nearly; the most alike, first one that says what is asked about
    ("三公"经费的单位范围)."""
    about = [fold(m.text) for m in need.linked.mentions if m.sense.names and m.via == "exact"] if need.linked else []
    wanted = [fold(n) for n in names if n]
    scored = []
    for section in sections_in(library):
        title = fold(section.label)
        own = next((name for name in about if name in title), "")
        core = without_tail(title.replace(own, "").lstrip("的")) if own else without_tail(title)
        score = max((_alike(w, title, core, library) for w in wanted), default=0.0)
        score += bool(own and score >= _HEADING_ALIKE)
        if score >= _HEADING_ALIKE and section.text and len(section.text) <= _LONGEST_SECTION:
            scored.append((score, section))
    best = max((score for score, _ in scored), default=0)
    return [section for score, section in scored if score == best]


def _alike(name: str, title: str, core: str, library: Library) -> float:
    """How much a heading is a name; one with the name of the body before it (上海市审计局机构设置) is nearly it."""
    if name in (title, core):
        return 1.0
    ends = len(name) >= _LEAST_NAME and core.endswith(name)
    return max(_ENDING if ends else 0.0, library.wording.likeness(name, core))


def _called(need: TextNeed) -> tuple[str, ...]:
    mentions = need.linked.mentions if need.linked else ()
    return tuple(m.text for m in mentions if m.sense.attribute == need.label)


def _is_blank(text: str) -> bool:
    return re.sub(r"[。.\s]", "", text) in load().blank


def _same(one: str, other: str) -> bool:
    """The same text printed twice (layout and punctuation aside)."""
    plain = [re.sub(r"\W", "", fold(t)) for t in (one, other)]
    return plain[0] == plain[1]
