"""The projects of which a short field of their form says what a question says, or says otherwise.

"经常性项目有哪些", "杨俊负责几个项目", "经常性项目合计多少"; "不是经常性的有几个"; after it, "另有几个不是".
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from decimal import Decimal

from assistant.executing import citation
from assistant.figures import Figure
from assistant.library import Library
from assistant.pointing import Way, first, stands_behind
from assistant.query import SemanticQuery
from assistant.question import fold
from assistant.reply import Reply
from assistant.semantics import load
from assistant.shapes import Linked
from assistant.understanding import TextNeed
from assistant.wording import asked_counter
from index.evidence import Classification, Dimension

RULE = "holders"
_LEAST = 2  # characters of a value, and of one without the word for a project behind it


@dataclass(frozen=True, slots=True)
class _Said:
    """A value of a field, and the part of it that a question says."""

    label: str
    value: str
    word: str


def answer(linked: Linked, library: Library, typed: str, before: Linked | None = None) -> Reply | None:
    """The projects that a value of a field picks, or those it leaves out. `typed`: the question with its pointing words;
    `before`: the question before, whose set and value a question that only points goes on with. None where projects
    are not asked for or nothing picks them."""
    if not (asked_counter(linked.text) or linked.has("list", "which", "count", "existence")):
        return None
    if not _of_projects(linked) and (before is None or not _of_projects(before)):
        return None
    rows = _short_fields(library)
    said, negated = _said(linked, rows, library), False
    if said is not None:
        negated = stands_behind(linked.text, linked.text.index(said.word), Way.NEGATED)
    elif before is not None and first(typed, Way.NEGATED) >= 0:
        said, negated = _said(before, rows, library), True
    if said is None:
        return _of_no_kind(linked.text, rows, library)
    labelled = [row for row in rows if row["label"] == said.label]
    picked = {row["owner"] for row in labelled if said.word in fold(row["text"])}
    chosen = {row["owner"]: row for row in labelled if (row["owner"] in picked) is not negated}
    places = tuple(citation(row) for row in chosen.values())
    is_ = "不是" if negated else "是"
    number = Figure(f"{said.label}{is_}{said.value}", Decimal(len(chosen)), "个", Dimension.COUNT, 0, places)
    told = (f"- {owner}（{row['text']}）" if negated else f"- {owner}" for owner, row in chosen.items())
    lines = [f"{said.label}{is_}“{said.value}”的有 **{len(chosen)}** 个：", *told]
    figures = [number]
    others = {row["owner"]: row for row in labelled if row["owner"] not in chosen}
    if others and not negated:
        away = tuple(citation(row) for row in others.values())
        figures.append(Figure(f"不是{said.value}", Decimal(len(others)), "个", Dimension.COUNT, 0, away))
        lines.append(f"另有 **{len(others)}** 个不是：{_each(others)}。")
        places += away
    return Reply(tuple(lines), tuple(figures), places, subject=said.value, projects=tuple(chosen), rule=RULE)


def with_label(need: TextNeed, library: Library) -> Reply | None:
    """How many projects fill in a field (多少个项目编了绩效目标), and those that do not."""
    linked = need.linked
    if linked is None or need.project or not need.label or not _counts_projects(linked):
        return None
    rows = library.executor.read(
        "SELECT t.owner, t.text, s.*, d.key AS document FROM text_fields t JOIN sources s ON s.id = t.source_id "
        "JOIN documents d ON d.id = t.document_id WHERE t.label = ? AND t.owner <> '' ORDER BY t.id",
        (need.label,),
    )
    filled = {row["owner"]: row for row in rows if library.holds(row["document"])}
    names = library.executor.read(
        "SELECT DISTINCT p.name, d.key AS document FROM projects p JOIN documents d ON d.id = p.document_id ORDER BY p.id"
    )
    lacking = [r["name"] for r in names if library.holds(r["document"]) and r["name"] not in filled]
    if not filled:
        return None
    places = tuple(citation(row) for row in filled.values())
    number = Figure(f"有{need.label}的项目", Decimal(len(filled)), "个", Dimension.COUNT, 0, places)
    lines = [f"有{need.label}的项目共 **{len(filled)}** 个：", *(f"- {owner}" for owner in filled)]
    lines += [f"没有{need.label}的有 {len(lacking)} 个：{'、'.join(lacking)}。"] if lacking else []
    return Reply(tuple(lines), (number,), places, subject=need.label, projects=tuple(filled), rule=RULE)


def _counts_projects(linked: Linked) -> bool:
    """多少个项目, 几个项目: is it projects that are counted?"""
    nouns = [m for m in linked.mentions if m.sense.noun and m.sense.noun.classification is Classification.PROJECT]
    asks = [m.end for m in linked.mentions if m.has("count", "ask_amount") or m.head_unit]
    return any(m.start in asks for m in nouns)


def narrowed(query: SemanticQuery, linked: Linked, library: Library) -> SemanticQuery:
    """A query over all projects, of those only that a value of a field picks (经常性项目合计多少)."""
    members = query.members
    if members is None or members.classifications != (Classification.PROJECT,) or members.names:
        return query
    rows = _short_fields(library)
    said = _said(linked, rows, library) if _of_projects(linked) else None
    if said is None or stands_behind(linked.text, linked.text.index(said.word), Way.NEGATED):
        return query
    owners = dict.fromkeys(r["owner"] for r in rows if r["label"] == said.label and said.word in fold(r["text"]))
    label = f"{said.label}是“{said.value}”的项目"
    return query.with_(members=members.narrowed(names=tuple(owners), label=label))


def _of_no_kind(asked: str, rows: list[sqlite3.Row], library: Library) -> Reply | None:
    """That no project is of a kind that projects may be of (一次性项目), with the kinds that they are of."""
    terms = library.wording.terms
    kind = next((word for word in terms.project_kinds if word in asked), "")
    others = {row["owner"]: row for row in reversed(rows) if row["label"] == terms.project_kind}
    if not kind or not others:
        return None
    places = tuple(citation(row) for row in others.values())
    number = Figure(f"{kind}项目", Decimal(0), "个", Dimension.COUNT, 0, places)
    lines = (
        f"**没有**：{terms.project_kind}是“{kind}项目”的有 **0** 个。",
        f"各项目的{terms.project_kind}：{_each(others)}。",
    )
    return Reply(lines, (number,), places, subject=f"{kind}项目", rule=RULE)


def _each(rows: dict[str, sqlite3.Row]) -> str:
    return "、".join(f"{owner}（{row['text']}）" for owner, row in rows.items())


def _of_projects(linked: Linked) -> bool:
    nouns = (m.sense.noun for m in linked.mentions if m.sense.noun)
    return any(noun.classification is Classification.PROJECT for noun in nouns)


def _project_nouns() -> frozenset[str]:
    return frozenset(s for noun in load().sets if noun.classification is Classification.PROJECT for s in noun.surfaces)


def _short_fields(library: Library) -> list[sqlite3.Row]:
    rows = library.executor.read(
        "SELECT t.owner, t.label, t.text, s.*, d.key AS document FROM text_fields t "
        "JOIN sources s ON s.id = t.source_id JOIN documents d ON d.id = t.document_id "
        "WHERE t.owner <> '' AND length(t.text) BETWEEN 2 AND 8 ORDER BY t.id"
    )
    return [row for row in rows if library.holds(row["document"])]


def _said(linked: Linked, rows: list[sqlite3.Row], library: Library) -> _Said | None:
    """The longest value that a question says, with or without the word for a project behind it."""
    asked = linked.text
    for mention in linked.mentions:
        if mention.sense.document:  # the body asked about is not what a field says
            asked = asked.replace(mention.text, " " * len(mention.text))
    nouns, owners = _project_nouns(), {fold(row["owner"]) for row in rows}
    found = []
    for row in rows:
        value = fold(row["text"])
        if value in owners:
            continue
        words = {value, *(value.removesuffix(noun) for noun in nouns)}
        said = [w for w in words if len(w) >= _LEAST and w in asked and not library.wording.is_light(w)]
        found += [(len(word), -len(value), _Said(row["label"], row["text"], word)) for word in said]
    return max(found, key=lambda one: one[:2], default=(0, 0, None))[2]
