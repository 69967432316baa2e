"""The change of a thing that the document states only for its parts: each part's, and what follows for the whole."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from assistant import figures as fig
from assistant.executing import FactRow, StatementRow
from assistant.figures import Figure, of_row, of_statement
from assistant.query import Selector
from assistant.reply import Reply
from assistant.resolving import Resolver
from assistant.sets import container
from index.evidence import StatementKind


@dataclass(frozen=True, slots=True)
class _Moved:
    """A part with its stated change."""

    now: Figure
    change: Figure
    statement: StatementRow

    @property
    def text(self) -> str:
        if not self.change.amount:
            return f"- {self.now.label}：{self.now.text}，与上年**持平**（“{self.statement.clause}”）"
        word = "减少" if self.change.amount < 0 else "增加"
        return (
            f"- {self.now.label}：{self.now.text}，{word} {fig.absolute(self.change).text}（“{self.statement.clause}”）"
        )


def change_of_parts(selector: Selector, resolver: Resolver) -> Reply | None:
    """What is stated of the parts of a thing that has no stated change of its own; None where nothing is, or where a
    part that has money is passed over."""
    current = resolver.figure(selector.narrowed(years=(), measures=()))
    if current is None or current.row is None or current.row.project:
        return None
    moved, silent = _moved(current.row, selector, resolver)
    if not moved or any(row.value for row in silent):
        return None
    base = resolver.year - 1 if resolver.year else "上"
    lines = [f"文件没有直接写{current.label}与上年相比的增减，写明的是它的组成部分："]
    lines += [m.text for m in moved]
    change = fig.total(f"{current.label}比{base}年的增减", tuple(m.change for m in moved))
    before = fig.difference(f"{current.label}{base}年", current, change)
    size = fig.absolute(change)
    figures: list[Figure] = [size]
    noted = "、".join(dict.fromkeys(row.subject for row in silent))
    given = f"（{noted}本年为 0，上年数没有写明，按 0 推算）" if noted else ""
    if not change.amount:
        lines.insert(0, f"{current.label}与{base}年**持平**，由各部分推算{given}。")
    else:
        word = "减少" if change.amount < 0 else "增加"
        rate = fig.percentage(f"{current.label}增减率", change, before)
        lines.insert(0, f"{current.label}比{base}年**{word} {size.text}**，由各部分推算{given}。")
        sign = "+" if change.amount < 0 else "−"
        formula = f"{current.digits} {sign} {size.digits} = {before.text}"
        lines.append(f"- {base}年：{formula}；{'下降' if change.amount < 0 else '增长'}幅度：{rate.formula}")
        figures += [fig.absolute(rate), before]
    cites = (*(m.statement.citation for m in moved), *current.citations, *(c for m in moved for c in m.now.citations))
    return Reply(
        tuple(lines), (*figures, current, *(m.now for m in moved)), tuple(dict.fromkeys(cites)), subject=current.label,
        scope=f"{resolver.year}年预算与{base}年预算相比", names=(*current.names, *(m.statement.subject for m in moved)),
        aspects=frozenset({"金额", "增减"}), rule="change",
    )  # fmt: skip


def _moved(row: FactRow, selector: Selector, resolver: Resolver) -> tuple[list[_Moved], list[FactRow]]:
    """The parts with a stated change, however deep, and those without any."""
    moved: list[_Moved] = []
    silent: list[FactRow] = []
    for part in _parts(row, selector, resolver):
        names = resolver.names_of(part.subject)
        stated = resolver.executor.statements(Selector(names=names, documents=selector.documents), StatementKind.CHANGE)
        if stated:
            now = resolver.figure(Selector(names=names, documents=selector.documents)) or _nothing(part)
            moved.append(_Moved(now, of_statement(stated[0], part.subject), stated[0]))
            continue
        deeper, rest = _moved(part, selector, resolver)
        moved += deeper
        silent += rest if deeper else [part]
    return moved, silent


def _parts(row: FactRow, selector: Selector, resolver: Resolver) -> tuple[FactRow, ...]:
    """The rows right under a row of its table."""
    whole = container((row.subject,), resolver.semantics)
    inside = Selector(
        classifications=(row.classification,), table_kinds=(row.table_kind,) if row.table_kind else (),
        documents=selector.documents or (row.document,), project="",
    )  # fmt: skip
    if whole is not None and whole.classification is row.classification:
        inside = inside.narrowed(level=whole.level)
    else:
        inside = inside.narrowed(parents=(row.subject,))
    return tuple(r for r in resolver.executor.members(inside, blanks=True) if r.subject != row.subject)


def _nothing(row: FactRow) -> Figure:
    """A blank part as 0, for sums only."""
    figure = of_row(row, row.subject) if row.value is not None else None
    return figure or Figure(row.subject, Decimal(0), "万元", row.dimension, 0, (row.citation,), names=(row.subject,))
