"""The figure of a named thing: its value, its other readings, blank, zero, stated none, or why there is none."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant import bridging
from assistant import figures as fig
from assistant.answer import Citation, Status
from assistant.executing import citation
from assistant.figures import Figure
from assistant.query import Operation, Selector, SemanticQuery
from assistant.reply import Reply, join
from assistant.resolving import Resolver, name_of
from assistant.scoping import Reading, Readings, scope_label
from index.evidence import Classification, Dimension, StatementKind

_HISTORY = "预算及执行情况"
_SENTENCE = re.compile(r"[^。\n]+[。.]?")


def value(query: SemanticQuery, resolver: Resolver) -> Reply:
    """Each subject's figure, with its other readings."""
    lines: list[str] = []
    shown: list[Figure] = []
    citations: list[Citation] = []
    names: list[str] = []
    projects: list[str] = []
    scopes: list[str] = []
    missing = 0
    for selector in query.subjects:
        if (part := bridging.project_part(selector, resolver)) is not None:
            gap, whole, basic = part
            held = bridging.inside_projects(gap, whole, resolver)
            lines.append(f"{gap.label}：**{fig.in_unit(gap, query.unit).text}**")
            lines.append(f"- 算式：全部 {whole.text} − 基本支出 {basic.text}：{gap.formula}")
            lines += [bridging.told(held)] if held else []
            shown += (fig.in_unit(gap, query.unit), whole, basic, *held)
            citations += (*gap.citations, *(c for h in held for c in h.citations))
            names += gap.names
            continue
        if (left := bridging.left_over(selector, resolver)) is not None:
            gap, budget, spent = left
            lines.append(
                f"{budget.project}{budget.row.year if budget.row else ''}年结余：**{fig.in_unit(gap, query.unit).text}**"
            )
            lines.append(f"- 算式：{budget.label} − {spent.label}：{gap.formula}")
            shown += (fig.in_unit(gap, query.unit), budget, spent)
            citations += gap.citations
            names += gap.names
            projects.append(budget.project)
            continue
        readings = resolver.readings(selector)
        if readings.main is None or readings.main.blank:
            none = stated_none(selector, resolver)
            if none is not None:
                lines += none.lines
                citations += none.citations
                names += none.names
                continue
        inner = resolver.figure(selector) if readings.main is None else None
        if inner is not None:
            shown.append(fig.in_unit(inner, query.unit))
            lines.append(f"{inner.label}：**{shown[-1].text}**（{inner.formula}）")
            citations += inner.citations
            names += inner.names
            continue
        if readings.main is None:
            history = _history_sentence(selector, resolver)
            if history is not None:
                lines += history.lines
                citations += history.citations
                projects += history.projects
                continue
            missing += 1
            lines.append(absence(selector, resolver))
            continue
        names += [row.subject for row in readings.main.rows]
        projects += [readings.main.row.project]
        scopes.append(scope_label(readings.main.row))
        text, figures, places = _told(readings.main, readings, query, resolver)
        lines += text
        shown += figures
        citations += places
    if missing and missing == len(query.subjects):
        return Reply(tuple(lines), status=Status.ABSTAINED, reason="未披露", names=tuple(names), rule="value")
    return Reply(
        tuple(lines),
        tuple(shown),
        tuple(dict.fromkeys(citations)),
        subject="、".join(dict.fromkeys(f.label for f in shown)) or "、".join(s.label for s in query.subjects),
        scope="；".join(dict.fromkeys(scopes)),
        names=tuple(dict.fromkeys(names)),
        projects=tuple(dict.fromkeys(p for p in projects if p)),
        aspects=frozenset({"金额"}),
        items=tuple(shown) if len(query.subjects) > 1 else (),
        rule="value",
    )


def _told(
    main: Reading, readings: Readings, query: SemanticQuery, resolver: Resolver
) -> tuple[list[str], list[Figure], list[Citation]]:
    label = name_of(main.row)
    places = list(resolver.places(main))
    if main.blank:
        row = main.row
        text = f"{row.citation.label()}印有“{label}”这一行，但金额是**空白**，没有填数；空白不等于写明为 0。"
        return [text], [], places
    if main.row.dimension is Dimension.TEXT:
        return [f"{label}：**{main.row.printed}**（{scope_label(main.row)}）", *explained(main, resolver)], [], places
    figure = fig.in_unit(resolver.of(main), query.unit)
    figures = [figure]
    lines = [f"{label}：**{figure.text}**（{scope_label(main.row)}）"]
    if main.row.classification is Classification.SPENDING_LINE and main.row.parent and main.row.code:
        lines.append(f"列在经济科目：{main.row.parent}")
    if main.row.classification is Classification.INDICATOR:
        if figure.text.replace(" ", "") != main.row.printed.replace(" ", ""):
            lines.append(f"文件印作“{main.row.printed}”。")
        lines += explained(main, resolver)
    if figure.formula:
        lines.append(f"算式：{figure.formula}")
    lines += _kinds(main, resolver)
    printed_zero = [r for r in main.rows if r.value == 0]
    if printed_zero and main.row.dimension is Dimension.MONEY:
        lines.append("文件写明为 0，不是漏填。")
        lines += _why_nothing(main, resolver)
    for blank in readings.blanks:
        lines.append(f"- 另：{blank.row.citation.label()}也有“{name_of(blank.row)}”一行，金额**空白**，未填数")
        places.append(blank.row.citation)
    seen = {(figure.amount, figure.unit)}
    for other in (*readings.others, *readings.inner):
        if other.row.dimension is Dimension.TEXT:
            continue
        extra = fig.in_unit(resolver.of(other), query.unit)
        if (extra.amount, extra.unit) in seen or len(figures) > 8:
            continue
        seen.add((extra.amount, extra.unit))
        lines.append(f"- 另一口径：{name_of(other.row)} **{extra.text}**（{scope_label(other.row)}）")
        figures.append(extra)
        places += resolver.places(other)
    return lines, figures, places


def _kinds(main: Reading, resolver: Resolver) -> list[str]:
    """The kinds that a number of things falls into, as the same sentence counts them."""
    row = main.row
    if row.classification is not Classification.QUANTITY or not row.value:
        return []
    told = resolver.executor.facts(Selector(classifications=(Classification.QUANTITY,), documents=(row.document,)))
    place = (row.citation.page, row.citation.line, row.citation.section)
    alike = (r for r in told if r.unit == row.unit and r.value and r.subject != row.subject and r.id > row.id)
    kinds = {
        r.subject: fig.of_row(r, r.subject)
        for r in alike
        if (r.citation.page, r.citation.line, r.citation.section) == place
    }
    if not kinds or fig.total("", tuple(kinds.values())).amount != resolver.of(main).amount:
        return []
    return [f"其中：{'、'.join(f'{f.label} {f.text}' for f in kinds.values())}"]


def _why_nothing(main: Reading, resolver: Resolver) -> list[str]:
    """The reason that the document gives for what became of a thing for which nothing is budgeted."""
    if main.row.project or not main.row.subject:
        return []
    own = Selector(names=(main.row.subject,), documents=(main.row.document,))
    told = resolver.executor.statements(own, StatementKind.REASON)
    return [f"文件说明：“{told[0].clause}”"] if told else []


def _history_sentence(selector: Selector, resolver: Resolver) -> Reply | None:
    """What a project's form says of an earlier year in words ("2019年无此项目")."""
    if not selector.project or not selector.years:
        return None
    rows = resolver.executor.read(
        "SELECT t.text, s.*, d.key AS document FROM text_fields t JOIN sources s ON s.id = t.source_id "
        "JOIN documents d ON d.id = t.document_id WHERE t.owner = ? AND t.label = ? ORDER BY t.id",
        (selector.project, _HISTORY),
    )
    for row in rows:
        for sentence in _SENTENCE.findall(row["text"]):
            if any(str(year) in sentence for year in selector.years):
                place = replace(citation(row), mark=sentence)
                return Reply((f"{selector.project}：{sentence}",), (), (place,), projects=(selector.project,))
    return None


def explained(reading: Reading, resolver: Resolver) -> list[str]:
    """The printed explanations of an indicator."""
    told = [text for row in reading.rows if (text := resolver.executor.explanation(row.source_id))]
    return [f"指标说明：{text}" for text in dict.fromkeys(told)]


def absence(selector: Selector, resolver: Resolver) -> str:
    """Why there is no figure: the year, the 口径, or the name itself."""
    label = selector.label or "、".join(selector.names[:1])
    if selector.years:
        held = resolver.readings(selector.narrowed(years=(), measures=()))
        years = "、".join(str(y) for y in selector.years)
        if held.main is not None and not held.main.blank:
            figure = resolver.of(held.main)
            return f"文件没有披露“{label}”{years}年的数；它列出的是{figure.text}（{scope_label(held.main.row)}）。"
        return f"文件没有披露“{label}”{years}年的数。"
    return f"文件没有披露“{label}”的金额。"


def existence(query: SemanticQuery, resolver: Resolver) -> Reply:
    """Yes, no (0 or stated none), blank, or not disclosed; for each subject."""
    replies = tuple(_exists(s, query, resolver) for s in query.subjects)
    return replies[0] if len(replies) == 1 else join(replies, "existence")


def _exists(selector: Selector, query: SemanticQuery, resolver: Resolver) -> Reply:
    none = stated_none(selector, resolver)
    if none is not None:
        return none
    reply = value(query.with_(operation=Operation.VALUE, subjects=(selector,)), resolver)
    if not reply.figures:
        return reply
    verdict = "**没有**：预算数为 0。" if not reply.figures[0].amount else "**有**。"
    return replace(reply, lines=(verdict, *reply.lines), rule="existence")


def stated_none(selector: Selector, resolver: Resolver) -> Reply | None:
    """What the document says it does not have (没有使用政府性基金预算财政拨款安排的支出)."""
    called = selector.names or selector.codes or selector.project  # a column of a unit's total has no name of its own
    absent = resolver.executor.statements(selector, StatementKind.ABSENCE) if called else ()
    if not absent:
        return None
    lines = tuple(f"**没有**。文件写明：“{s.clause}”" for s in absent[:2])
    places = tuple(s.citation for s in absent[:2])
    return Reply(lines, (), places, subject=selector.label, names=selector.names, rule="existence")
