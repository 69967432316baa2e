"""A run as a report: the same blocks as Markdown or as one self-contained HTML page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from eval.samples import Category
from eval.scoring import Outcome
from eval.statistics import Proportion
from eval.summary import Judged, Summary, answer_text, expectation_text

OUTCOME_NAMES = {
    Outcome.RIGHT: "答对",
    Outcome.WRONG: "答错",
    Outcome.MADE_UP: "编造",
    Outcome.MISSED: "漏答",
    Outcome.UNFLAGGED: "未指出矛盾",
    Outcome.ERROR: "出错",
}
CATEGORY_NAMES = {
    Category.LOOKUP: "查数",
    Category.YOY: "同比",
    Category.SHARE: "占比",
    Category.RANK: "排名",
    Category.AGGREGATE: "汇总",
    Category.COMPARE: "比较",
    Category.LIST: "列举",
    Category.COUNT: "计数",
    Category.REASON: "原因",
    Category.DEFINITION: "名词",
    Category.TEXT: "文字",
    Category.PROJECT: "项目",
    Category.PERFORMANCE: "绩效",
    Category.PROCUREMENT: "采购",
    Category.MULTI_HOP: "多步",
    Category.UNIT: "单位",
    Category.CONFLICT: "矛盾",
    Category.SCOPE: "口径",
    Category.CLARIFY: "歧义",
    Category.UNANSWERABLE: "不可答",
    Category.FOLLOWUP: "追问",
    Category.NOISY: "噪声",
}
_ROUTE_NAMES = {"all": "全部", "sql": "SQL", "text": "检索", "both": "两者", "clarify": "反问", "abstained": "拒答"}


@dataclass(frozen=True, slots=True)
class Block:
    """A titled table. `note` says how to read it."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class FailingCase:
    """One case that is not right, with what a person needs to see why."""

    id: str
    outcome: str
    question: str
    expected: str
    got: str
    faults: str
    evidence: str


def blocks(summary: Summary) -> Iterator[Block]:
    """The tables of a report, in order."""
    yield Block(
        "结果",
        ("指标", "比例 [95% 区间]"),
        (
            ("答对（正确率）", str(summary.right)),
            ("误导（答错或编造）", str(summary.wrong)),
            ("答对且没有误报矛盾", str(summary.strict)),
            *((OUTCOME_NAMES[outcome], str(count)) for outcome, count in summary.outcomes.items()),
        ),
        "区间为 Wilson 95% 置信区间。被误导比被告知“未披露”更糟，所以误导率与正确率并列。",
    )
    yield Block(
        "分类",
        ("类别", "正确率", "误导率", *OUTCOME_NAMES.values()),
        tuple(
            (
                f"{CATEGORY_NAMES[row.category]} {row.category}",
                str(row.right),
                _brief(row.wrong),
                *(str(count or "") for count in row.outcomes.values()),
            )
            for row in summary.categories
        ),
    )
    yield Block(
        "各层",
        ("层", "比例 [95% 区间]"),
        (
            ("不可答的没有编造", str(summary.refusal)),
            ("可答的却拒答或反问", str(summary.over_refusal)),
            ("该反问的反问了", str(summary.clarifying)),
            ("矛盾被指出", str(summary.conflict_found)),
            ("误报矛盾", str(summary.false_alarms)),
            ("追问答对", str(summary.followup)),
            ("两种历史写法结果一致", str(summary.history_forms)),
            ("引用覆盖依据的全部出处", str(summary.citation)),
            ("依据的出处被引用", str(summary.citation_places)),
            ("引用的表内行与依据相符", str(summary.citation_row)),
            ("作答时给出了引用", str(summary.cited)),
            ("作答的每个数都有来处", str(summary.faithful)),
        ),
        "“—”表示没有可计的题：未计分不等于零分。",
    )
    yield _route_block(summary)
    if any(speed.cases for speed in summary.speeds):
        yield Block(
            "速度（毫秒）",
            ("路径", "题数", "p50", "p95"),
            tuple(
                (_ROUTE_NAMES.get(speed.label, speed.label), str(speed.cases), _ms(speed.median), _ms(speed.p95))
                for speed in summary.speeds
            ),
        )
    yield from _lists(summary)


def _route_block(summary: Summary) -> Block:
    routes = tuple(dict.fromkeys(route for row in summary.routes.values() for route in sorted(row)))
    return Block(
        "路由（类别 × 实际去向）",
        ("类别", *(_ROUTE_NAMES.get(route, route) for route in routes)),
        tuple(
            (CATEGORY_NAMES[category], *(str(row.get(route, "")) for route in routes))
            for category, row in summary.routes.items()
        ),
        "题集不写应走的路由，这张表只显示各类问题去了哪里。",
    )


def _lists(summary: Summary) -> Iterator[Block]:
    untraced = [(case.sample.id, "、".join(case.untraceable)) for case in summary.cases if case.untraceable]
    if untraced:
        yield Block("来处不明的数", ("题", "数"), tuple(untraced), "文字里出现、但引用和算式都给不出的数。")
    uncited = [
        (case.sample.id, "、".join(case.citation.missing))
        for case in summary.cases
        if case.citation is not None and not case.citation.right
    ]
    if uncited:
        yield Block("没有引用到的出处", ("题", "出处"), tuple(uncited))
    alarms = [(case.sample.id, _conflicts(case)) for case in summary.cases if case.score.false_alarm]
    if alarms:
        yield Block("误报的矛盾", ("题", "说法"), tuple(alarms))
    apart = [(case.sample.id, case.sample.question) for case in summary.cases if case.result.forms_agree is False]
    if apart:
        yield Block("历史写法不同、答案也不同的追问", ("题", "问题"), tuple(apart))


def _conflicts(case: Judged) -> str:
    return "；".join(str(conflict.get("message", "")) for conflict in case.result.answer.get("conflicts") or ())


def failing_cases(cases: Sequence[Judged]) -> Iterator[FailingCase]:
    for case in cases:
        if not case.right:
            yield FailingCase(
                id=case.sample.id,
                outcome=OUTCOME_NAMES[case.score.outcome],
                question=" » ".join((*case.sample.history, case.sample.question)),
                expected=expectation_text(case.sample),
                got=answer_text(case.result.answer),
                faults="；".join(case.score.faults),
                evidence=case.sample.evidence,
            )


def to_markdown(summary: Summary, title: str) -> str:
    """The report as Markdown, ending in a newline."""
    parts = [f"# {title}"]
    for block in blocks(summary):
        parts.append(f"## {block.title}")
        if block.note:
            parts.append(block.note)
        lines = [block.columns, tuple("---" for _ in block.columns), *block.rows]
        parts.append("\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines))
    failing = list(failing_cases(summary.cases))
    parts.append(f"## 没有答对的题（{len(failing)}）")
    parts.extend(
        f"- **{case.id}** {case.outcome}：{_cell(case.question)}\n"
        f"  - 应为：{_cell(case.expected)}\n"
        f"  - 得到：{_cell(case.got)}\n"
        f"  - 差在：{_cell(case.faults)}\n"
        f"  - 依据：{_cell(case.evidence)}"
        for case in failing
    )
    return "\n\n".join(parts) + "\n"


def to_html(summary: Summary, title: str) -> str:
    """The report as one page with no script and nothing to fetch."""
    body = [f"<h1>{escape(title)}</h1>"]
    for block in blocks(summary):
        head = "".join(f"<th>{escape(column)}</th>" for column in block.columns)
        rows = "\n".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in block.rows)
        note = f"<p>{escape(block.note)}</p>" if block.note else ""
        body.append(
            f"<h2>{escape(block.title)}</h2>{note}\n<table><thead><tr>{head}</tr></thead>\n<tbody>{rows}</tbody></table>"
        )
    failing = list(failing_cases(summary.cases))
    body.append(f"<h2>没有答对的题（{len(failing)}）</h2>")
    body.extend(_html_case(case) for case in failing)
    return _PAGE.format(title=escape(title), body="\n".join(body))


def _html_case(case: FailingCase) -> str:
    fields = (("应为", case.expected), ("得到", case.got), ("差在", case.faults), ("依据", case.evidence))
    listed = "".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in fields)
    return (
        f"<details open><summary><b>{escape(case.id)}</b> {escape(case.outcome)}：{escape(case.question)}</summary>"
        f"<dl>{listed}</dl></details>"
    )


_PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 15px/1.6 system-ui, "Noto Sans CJK SC", sans-serif; }}
body {{ max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }}
table {{ border-collapse: collapse; display: block; overflow-x: auto; }}
th, td {{ border: 1px solid #8886; padding: .25rem .6rem; text-align: left; font-variant-numeric: tabular-nums; }}
details {{ border-left: 3px solid #c33; margin: .8rem 0; padding-left: .8rem; }}
dl {{ display: grid; grid-template-columns: 4rem 1fr; gap: .2rem .6rem; }} dd {{ margin: 0; }}
</style></head>
<body>
{body}
</body></html>
"""


def _brief(proportion: Proportion) -> str:
    return "—" if proportion.share is None else f"{proportion.share:.1%}"


def _ms(value: float | None) -> str:
    return "—" if value is None else f"{value:.1f}"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
