"""The projects of which a short field of their forms says what a question says (杨俊负责几个项目, 经常性项目合计多少)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from sqlite3 import Row

from assistant.executing import citation
from assistant.figures import Figure
from assistant.library import Library
from assistant.query import SemanticQuery
from assistant.question import fold
from assistant.reply import Reply
from assistant.shapes import Linked
from assistant.understanding import TextNeed
from assistant.wording import asked_counter
from index.evidence import Classification, Dimension

_LEAST_CORE = 3


@dataclass(frozen=True, slots=True)
class Held:
    """A value of a label with the projects that have it, and those that have another; by owner."""

    label: str
    value: str
    chosen: dict[str, Row]
    others: dict[str, Row]


def holders(need: TextNeed, library: Library, before: Linked | None = None) -> Reply | None:
    """The projects that are meant and those of which the field says otherwise. `before`: the question before, which may
    have said that projects are meant."""
    linked = need.linked
    if linked is None or not (asked_counter(need.query) or linked.has("list", "which", "count", "existence")):
        return None
    if not (_of_projects(linked) or _of_projects(before)):
        return None
    held = _held(linked, library)
    return None if held is None else _told(held)


def narrowed(query: SemanticQuery, linked: Linked, library: Library) -> SemanticQuery:
    """A query over all projects, of those only of which a field says what the question says."""
    members = query.members
    every = members is not None and members.classifications == (Classification.PROJECT,) and not members.names
    held = _held(linked, library) if every and _of_projects(linked) else None
    if members is None or held is None or not held.chosen:
        return query
    label = f"{held.label}是“{held.value}”的项目"
    return query.with_(members=members.narrowed(names=tuple(held.chosen), label=label))


def _of_projects(linked: Linked | None) -> bool:
    """Does a question speak of projects as a set?"""
    nouns = (m.sense.noun for m in linked.mentions if m.sense.noun) if linked is not None else ()
    return any(noun.classification is Classification.PROJECT for noun in nouns)


def _held(linked: Linked, library: Library) -> Held | None:
    rows = library.executor.read(
        "SELECT t.owner, t.label, t.text, s.*, d.key AS document FROM text_fields t "
        "JOIN sources s ON s.id = t.source_id JOIN documents d ON d.id = t.document_id "
        "WHERE t.owner <> '' AND length(t.text) BETWEEN 2 AND 8 ORDER BY t.id"
    )
    rows = [r for r in rows if library.holds(r["document"])]
    names = {fold(r["owner"]) for r in rows}
    asked = linked.text
    for mention in linked.mentions:
        if mention.sense.document:  # the body asked about is not what a field says
            asked = asked.replace(mention.text, " ")
    said = [r for r in rows if any(core in asked for core in _cores(fold(r["text"])))]
    said = [r for r in said if fold(r["text"]) not in names and not library.wording.is_light(fold(r["text"]))]
    if not said:
        return _of_no_kind(asked, rows, library)
    literal = [r["text"] for r in said if fold(r["text"]) in asked]
    value = max(literal, key=len) if literal else said[0]["text"]
    label = next(r["label"] for r in said if r["text"] == value)
    chosen = {r["owner"]: r for r in said if r["text"] == value}
    others = {r["owner"]: r for r in rows if r["label"] == label and r["owner"] not in chosen}
    return Held(label, value, chosen, others)


def _of_no_kind(asked: str, rows: Sequence[Row], library: Library) -> Held | None:
    """A kind that projects may be of (一次性项目) and none of these is."""
    terms = library.wording.terms
    kind = next((word for word in terms.project_kinds if word in asked), "")
    others = {r["owner"]: r for r in reversed(rows) if r["label"] == terms.project_kind}
    return Held(terms.project_kind, f"{kind}项目", {}, others) if kind and others else None


def _told(held: Held) -> Reply:
    places = tuple(citation(r) for r in held.chosen.values())
    away = tuple(citation(r) for r in held.others.values())
    count = Decimal(len(held.chosen))
    number = Figure(f"{held.label}{held.value}", count, "个", Dimension.COUNT, 0, places or away)
    lines = [f"{held.label}是“{held.value}”的有 **{count}** 个：", *(f"- {owner}" for owner in held.chosen)]
    if not held.chosen:
        lines = [f"**没有**：{held.label}是“{held.value}”的有 **0** 个。"]
    figures = [number]
    if held.others:
        figures.append(Figure(f"不是{held.value}", Decimal(len(held.others)), "个", Dimension.COUNT, 0, away))
        told = "、".join(f"{owner}（{r['text']}）" for owner, r in held.others.items())
        lines.append(
            f"另有 **{len(held.others)}** 个不是：{told}。" if held.chosen else f"各项目的{held.label}：{told}。"
        )
    return Reply(
        tuple(lines), tuple(figures), (*places, *away), subject=held.value, projects=tuple(held.chosen), rule="holders"
    )


def _cores(text: str) -> tuple[str, ...]:
    """A value as printed and without the word for what has it (经常性项目 → 经常性)."""
    core = re.sub(r"(?:类|型)?项目(?:支出)?$", "", text)
    return (text, core) if len(core) >= _LEAST_CORE else (text,)
