"""Selectors → readings, with honest relaxations and a reason when there is nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from assistant.answer import Citation
from assistant.catalog import Catalog
from assistant.executing import Executor, FactRow, StatementRow
from assistant.figures import Figure, absolute, common_unit, of_row, of_statement, total
from assistant.query import ALL_FUNDS, CHANGED, DECREASE, INCREASE, Selector
from assistant.question import fold
from assistant.scoping import PARTS, Reading, Readings, choose
from assistant.semantics import Defaults, Semantics
from index.document import Stage
from index.evidence import Classification, Dimension, StatementKind
from index.prose.facts import subject_key


@dataclass(frozen=True, slots=True)
class Resolver:
    """Finds the figures of named things in one setting."""

    executor: Executor
    catalog: Catalog
    semantics: Semantics
    year: int | None
    stage: str = ""

    @property
    def defaults(self) -> Defaults:
        return self.semantics.defaults

    def names_of(self, subject: str) -> tuple[str, ...]:
        """A printed name and its synonyms."""
        groups = (s.names for s in self.semantics.synonyms if subject in s.names)
        return tuple(dict.fromkeys((subject, *(name for names in groups for name in names))))

    def readings(self, selector: Selector) -> Readings:
        """All readings of a name; axes that exclude everything are dropped one by one, 口径 words first."""
        selector = self._staged(selector)
        for candidate in _relaxed(self.coded(selector)):
            rows = self.of_stage(self.executor.facts(candidate), candidate)
            if candidate.inside:
                rows += self._budgeted_under(candidate)
            coded = any(r.code for r in rows) or bool(candidate.project)
            if not candidate.measures and not candidate.table_numbers and coded:
                rows += self._budgeted_under(candidate)
            found = choose(rows, candidate, self.defaults, self.year)
            if found.main is None or self._other_part(found, selector):
                continue
            found = self._as_printed(found, selector)
            return (self._part_of_total(selector) if found.main and found.main.blank else None) or found
        return self._part_of_total(selector) or Readings(None)

    def _other_part(self, found: Readings, selector: Selector) -> bool:
        """Is what was found one part of a thing of which another part is asked? All of its 公用经费 is 基本支出."""
        asked, told = PARTS.intersection(selector.measures), [r for r in (found.main, *found.others) if r is not None]
        parts = {r.row.measure for r in told} & PARTS
        first = told[0].row.measure
        inside = self.semantics.within.get(first) in asked and len(parts) == 1
        return bool(asked) and first in PARTS - asked and not inside

    def _as_printed(self, found: Readings, selector: Selector) -> Readings:
        """收入总计 and 本年收入合计 are two figures of final accounts: the one that is called by its printed name."""
        readings = [r for r in (found.main, *found.others) if r is not None]
        named = next((r for r in readings if _called(r.row.subject, selector)), None)
        if self.stage != Stage.FINAL or named is None or named is found.main or not named.row.is_total:
            return found
        return replace(found, main=named, others=tuple(r for r in readings if r is not named))

    def _staged(self, selector: Selector) -> Selector:
        """In final accounts budget and spending are stages of one figure, not measures of their own."""
        asked = [m for m in selector.measures if m in _STAGES]
        own = not selector.years or selector.years == (self.year,)
        if self.stage != Stage.FINAL or not asked or not own:
            return selector
        measures = tuple(m for m in selector.measures if m not in _STAGES)
        return selector.narrowed(measures=measures, stages=_STAGES[asked[0]], years=())

    def of_stage(self, rows: tuple[FactRow, ...], selector: Selector) -> tuple[FactRow, ...]:
        """Of figures of the year that final accounts give at two stages, what was spent, unless the budget is asked."""
        if selector.stages[:1] == (Stage.ADJUSTED,):
            return tuple(r for r in rows if r.stage == Stage.ADJUSTED) or rows
        if self.stage != Stage.FINAL or selector.stages:
            return rows
        spent = {(r.document, r.year) for r in rows if r.stage == Stage.FINAL and r.year == self.year}
        plans = Classification.INDICATOR
        return tuple(
            r for r in rows if r.stage == Stage.FINAL or r.classification is plans or (r.document, r.year) not in spent
        )

    def at_stage(self, selector: Selector, measure: str) -> Figure | None:
        """The figure of a name at a stage (预算, 调整后预算, 实际支出), and of no other."""
        figure = self.figure(selector.narrowed(measures=(measure,)))
        if figure is None or figure.row is None:
            return None
        staged = self.stage == Stage.FINAL and measure in _STAGES and figure.row.stage == _STAGES[measure][0]
        return figure if staged or figure.row.measure == measure else None

    def coded(self, selector: Selector) -> Selector:
        """A part of an account (基本支出 of 一般公共服务支出) may be printed under another of its names: by its code."""
        if selector.codes or selector.project or not PARTS.intersection(selector.measures):
            return selector
        entries = (self.catalog.by_name[n] for n in selector.names if n in self.catalog.by_name)
        codes = tuple(sorted({code for entry in entries for code in entry.codes if len(code) >= _CODED}))
        return selector.narrowed(codes=codes) if codes else selector

    def _part_of_total(self, selector: Selector) -> Readings | None:
        """人员经费 of the whole body, where a table has it as a column of its totals."""
        parts = tuple(name for name in selector.names if name in PARTS)
        if not parts or selector.codes or selector.project:
            return None
        total = selector.narrowed(names=(), measures=parts, classifications=(Classification.TOTAL,), totals=True)
        found = choose(self.executor.facts(total), total, self.defaults, self.year)
        return found if found.main is not None and not found.main.blank else None

    def _budgeted_under(self, selector: Selector) -> tuple[FactRow, ...]:
        """Spending lines of projects that are budgeted under an economic account of this name."""
        if not selector.names:
            return ()
        lines = selector.narrowed(
            names=(), codes=(), parents=selector.names, classifications=(Classification.SPENDING_LINE,), level=1
        )
        return tuple(r for r in self.executor.facts(lines) if r.subject not in selector.names)

    def stated(self, selector: Selector, kind: StatementKind) -> tuple[StatementRow, ...]:
        """What prose states of a name; of final accounts also under its other form (培训费, 培训支出)."""
        found = self.executor.statements(selector, kind)
        if self.stage == Stage.FINAL:
            found = tuple(s for s in found if _called(s.subject, selector)) or found
        if found or self.stage != Stage.FINAL or selector.codes:
            return found
        keys = {subject_key(name) for name in selector.names}
        rows = self.executor.statements(selector.narrowed(names=()), kind)
        return tuple(row for row in rows if subject_key(row.subject) in keys)

    def figure(self, selector: Selector) -> Figure | None:
        """The default figure of a name, or None when there is no number."""
        if selector.measures and selector.measures[0] in (CHANGED, DECREASE, INCREASE):
            return self._stated_change(selector)
        main = self.readings(selector).main
        if main is None and selector.project:
            return self._total_inside(selector)
        if main is None:
            return self._sum_of_items(selector)
        return None if main is None or main.blank or main.row.dimension is Dimension.TEXT else self.of(main)

    def _stated_change(self, selector: Selector) -> Figure | None:
        """By how much the document says that a thing moved: signed, or the size of a move that way."""
        stated = self.executor.statements(selector.narrowed(measures=()), StatementKind.CHANGE)
        own = next((s for s in stated if s.year in (None, self.year) and s.value is not None), None)
        if own is None:
            return None
        figure = of_statement(own, f"{own.subject}{selector.measures[0]}")
        if selector.measures[0] == CHANGED:
            return figure
        fits = figure.amount < 0 if selector.measures[0] == DECREASE else figure.amount > 0
        return absolute(figure) if fits else None

    def aligned(self, part: Selector, whole: Selector) -> tuple[Figure | None, Figure | None]:
        """Figures of two names printed in one table, where there are such; else the default of each."""
        parts, wholes = self.readings(part), self.readings(whole)
        for one in (parts.main, *parts.others):
            for other in (wholes.main, *wholes.others):
                if one and other and not one.blank and not other.blank and _tables(one) & _tables(other):
                    return self.of(one), self.of(other)
        return self.figure(part), self.figure(whole)

    def _total_inside(self, selector: Selector) -> Figure | None:
        """A total asked of one project (督查工作的政府采购): the sum of its lines there."""
        container = next((c for c in self.semantics.containers if set(c.names) & set(selector.names)), None)
        if container is None or container.classification is not Classification.PROCUREMENT:
            return None
        lines = self.executor.members(Selector(classifications=(container.classification,), project=selector.project))
        figures = tuple(of_row(r, name_of(r)) for r in lines if r.value is not None)
        return total(f"{selector.project}的{selector.names[0]}", figures) if figures else None

    def _sum_of_items(self, selector: Selector) -> Figure | None:
        """A whole that is printed only by its items (“三公”经费 where the three alone are told): their sum."""
        folded = {fold(name) for name in selector.names}
        whole = next((c for c in self.semantics.containers if not folded.isdisjoint(c.names)), None)
        if whole is None or not whole.parts:
            return None
        years = selector.years or ((self.year,) if self.year is not None else ())
        items = Selector(
            classifications=(whole.classification,), level=whole.level, documents=selector.documents, years=years,
            project="",
        )  # fmt: skip
        first = {r.subject: r for r in self.executor.members(items) if r.value is not None}
        if len(first) != whole.parts or selector.bodies:
            return None
        return total(selector.names[0], common_unit(tuple(of_row(r, name_of(r)) for r in first.values())))

    def of(self, reading: Reading) -> Figure:
        return of_row(reading.row, name_of(reading.row), citations=self.places(reading))

    def places(self, reading: Reading) -> tuple[Citation, ...]:
        """Where a reading is printed: its best place, further places of the same figure, sources it derives from."""
        own = [row.citation for row in reading.rows[:4]]
        derived = [c for row in reading.rows[:1] if row.formula for c in self.executor.sources_of(row.id)]
        return tuple(dict.fromkeys([*own, *derived]))

    def cite(self, rows: Iterable[FactRow]) -> tuple[Citation, ...]:
        return tuple(dict.fromkeys(row.citation for row in rows))


def _tables(reading: Reading) -> frozenset[str]:
    return frozenset(row.table_number for row in reading.rows if row.table_number)


def name_of(row: FactRow) -> str:
    """What to call the subject of a row: 项目“督查工作”, 行政运行, 扶贫开发工作的援疆经费."""
    if row.classification is Classification.PROJECT:
        name = row.project or row.subject
        return name if row.measure in ("", "本年预算") else f"{name}{row.year or ''}年{row.measure}"
    if row.project:
        return f"{row.project}·{row.subject}"
    return row.subject


def _called(subject: str, selector: Selector) -> bool:
    """Is a total called as it is printed, or without 本年 (支出合计 for 本年支出合计, not for 支出总计)?"""
    return bool(selector.label) and subject.endswith(selector.label)


_CODED = 3  # digits of an account's code
_STAGES = {
    "预算": (Stage.BUDGET, Stage.ADJUSTED), "调整后预算": (Stage.ADJUSTED, Stage.BUDGET), "实际支出": (Stage.FINAL,),
}  # fmt: skip
STAGE_MEASURES = frozenset({"实际支出", "调整后预算", "结余", "执行率"})


def _relaxed(selector: Selector) -> Iterable[Selector]:
    yield selector
    if selector.dimension is Dimension.MONEY:  # asked for in money, and counted only
        yield from _relaxed(selector.narrowed(dimension=None))
        return
    if selector.classifications and selector.project and selector.classifications == (Classification.PROJECT,):
        if selector.measures and not set(selector.measures) & STAGE_MEASURES:
            yield selector.narrowed(measures=())
        return
    if selector.measures and selector.funds == (ALL_FUNDS,):
        yield from _relaxed(selector.narrowed(funds=()))
        return
    if selector.measures == ("项目支出",) and not selector.project:
        yield selector.narrowed(measures=(), inside=True)
    if selector.measures:
        yield selector.narrowed(measures=())
    if selector.funds:
        yield selector.narrowed(funds=())
        yield selector.narrowed(funds=(), measures=())
    if selector.years and not selector.project:  # a number of people or things is told once, of whatever date
        yield selector.narrowed(years=(), measures=(), classifications=(Classification.QUANTITY,))
