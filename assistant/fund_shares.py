"""What share of a project one kind of money pays: of the project that is named or was spoken of, or the project with
the largest share.

"网格员补助里单位资金占多大比例", "单位资金占这个项目总额的比例"; "结转占预算比例最高的是哪个项目".
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant import figures as fig
from assistant.executing import FactRow
from assistant.figures import Figure
from assistant.funding import said_in, terms
from assistant.parts import Parts
from assistant.query import ALL_FUNDS, Selector
from assistant.reply import Reply
from assistant.resolving import Resolver, name_of
from index.evidence import Classification, Dimension

RULE = "fund share"
_OTHER = ("difference", "compare_previous", "change_any", "reason")


def answer(parts: Parts, project: str, resolver: Resolver, documents: tuple[str, ...]) -> Reply | None:
    """`project`: the one spoken of before, which a question may point at. None where no share of a project is asked."""
    named_so = [(m.start, m.end) for m in parts.linked.mentions if m.sense.project]
    said = [
        fund
        for fund in said_in(parts.linked.text)
        if not fund.fund.whole
        and not any(a <= fund.start and fund.end <= b and b - a > fund.end - fund.start for a, b in named_so)
    ]  # 区财政安排项目: a word within a name is no money
    asked = parts.has("share", "rate") or any(word in parts.linked.text for word in terms().shares)
    if len(said) != 1 or not asked or parts.has(*_OTHER):
        return None
    if 0 <= parts.at("share") < said[0].start:
        return None  # 占单位资金的比例: the money is the whole
    funds = said[0].fund.names
    things = {
        s.selector.names for s in (*parts.subjects, *parts.contexts) if not said[0].start <= s.start < said[0].end
    }
    pointed = (project,) if project and parts.has("refer") else ()
    named = parts.projects or (things.pop() if len(things) == 1 else pointed)
    asks_each = any(m.sense.noun and m.sense.noun.classification is Classification.PROJECT for m in parts.nouns)
    ranked = parts.has("max", "min") and asks_each
    if not named and not ranked or len(parts.projects) > 1:
        return None
    rows = _rows(funds, () if ranked else named, resolver, documents)
    if not rows:
        return None
    if ranked:
        return _ranked(rows, lowest=parts.has("min"))
    share, part, whole = rows[0]
    line = f"{part.label}（{part.text}）占{whole.label}（{whole.text}）的 **{share.text}**（{share.formula}）"
    return _reply((line,), (share, part, whole), rows)


_Row = tuple[Figure, Figure, Figure]  # a share, its part and its whole


def _rows(funds: tuple[str, ...], names: tuple[str, ...], resolver: Resolver, documents: tuple[str, ...]) -> list[_Row]:
    """Each project with a part that the money pays, in the order of the table that prints both."""
    selector = Selector(classifications=(Classification.PROJECT,), documents=documents, names=names)
    places: dict[tuple[int | None, int | None], list[FactRow]] = {}
    for row in resolver.of_stage(resolver.executor.facts(selector), selector):
        if row.value is not None and not row.is_total and row.dimension is Dimension.MONEY:
            places.setdefault((row.citation.table_id, row.citation.row_index), []).append(row)
    found = []
    for own in places.values():
        whole = next((row for row in own if row.fund == ALL_FUNDS), None)
        paid = next(
            ([r for r in own if _is(r.fund, fund)] for fund in funds if any(_is(r.fund, fund) for r in own)), []
        )
        if whole is None or not whole.value or not paid:
            continue
        total = fig.of_row(whole, name_of(whole))
        parts = fig.common_unit(tuple(fig.of_row(r, r.fund) for r in paid))
        part = fig.total(funds[0], parts) if len(parts) > 1 else parts[0]
        found.append((fig.percentage(f"{part.label}占{total.label}", part, total), part, total))
    return found


def _is(fund: str, asked: str) -> bool:
    """A fund, or a part of it that is printed apart (上年结转结余（一般公共预算）)."""
    return fund == asked or fund.startswith(f"{asked}（")


def _ranked(rows: list[_Row], *, lowest: bool) -> Reply:
    ordered = sorted(rows, key=lambda row: row[0].amount, reverse=not lowest)
    best = [row for row in ordered if row[0].amount == ordered[0][0].amount]
    told = "、".join(f"**{whole.label}**（**{share.text}**）" for share, _, whole in best)
    lines = [f"占比最{'低' if lowest else '高'}的是 {told}；共比较 {len(rows)} 项。"]
    lines += [f"- {whole.label}：{share.formula}" for share, _, whole in ordered]
    return _reply(tuple(lines), tuple(f for row in best for f in row), best)


def _reply(lines: tuple[str, ...], told: tuple[Figure, ...], rows: Sequence[_Row]) -> Reply:
    projects = tuple(dict.fromkeys(whole.project for _, _, whole in rows if whole.project))
    items = tuple(whole for _, _, whole in rows)
    return Reply(
        lines, told, tuple(dict.fromkeys(c for f in told for c in f.citations)), subject=items[0].label,
        names=projects, projects=projects, aspects=frozenset({"占比"}), items=items, rule=RULE,
    )  # fmt: skip
