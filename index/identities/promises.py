"""A goal or a target that is stated twice must be the same both times; what is promised of every project must hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, groupby

from index.document import Source
from index.evidence import Dimension, Indicator, Severity, TextField
from index.identities.calculations import flat
from index.identities.figures import shown
from index.identities.ledger import Ledger, Outcome, finding, place
from index.identities.names import bigrams, compact, key, likeness
from index.numbers import parse_chinese

GOAL, TARGET, MENTION, COVERED = "目标两处不一", "指标两处不一", "目标与指标不一", "承诺与表不符"
FREQUENCY = "频次与指标不一"
_NUMBERED = re.compile(r"[一二三四五六七八九十\d]$")
_SAME, _OTHER = 0.9, 0.5
_SHORTEST = 8
_TITLE = re.compile(r"《([^》]{2,})》")
_ISSUES = frozenset({"期", "次", "份", "本", "册", "篇"})
_NAMED = 0.6
_QUANTITY = re.compile(r"(\d+(?:\.\d+)?)\s*(%|[一-鿿])")


def check(ledger: Ledger) -> Iterator[Outcome]:
    yield from _goals(ledger)
    yield from _targets(ledger)
    yield from _mentions(ledger)
    yield from _frequencies(ledger)
    yield from _covered(ledger)


def _goals(ledger: Ledger) -> Iterator[Outcome]:
    """Numbered goals (长期目标3) of one owner that are printed more than once."""

    def name(field: TextField) -> tuple[str, str]:
        return field.owner, field.label

    goals = [f for f in ledger.forms.fields if _NUMBERED.search(f.label) and len(compact(f.text)) >= _SHORTEST]
    for (owner, label), group in groupby(sorted(goals, key=name), key=name):
        for a, b in combinations(list(group), 2):
            yield _goal(owner, label, a, b)


def _goal(owner: str, label: str, a: TextField, b: TextField) -> Outcome:
    alike = likeness(a.text, b.text)
    numbers_a, numbers_b = (re.findall(r"\d+(?:\.\d+)?", compact(f.text)) for f in (a, b))
    if alike >= _SAME and numbers_a == numbers_b or alike >= _OTHER and numbers_a == numbers_b:
        return Outcome(GOAL)
    severity = Severity.CONTRADICTION
    if alike >= _OTHER:
        differing = sorted(set(numbers_a) ^ set(numbers_b))
        message = f"“{label}”印了两次，数字不同（{'、'.join(differing)}）。"
    else:
        message = f"“{label}”印了两次，内容不同：一处是“{_head(a.text)}”，另一处是“{_head(b.text)}”。"
    return Outcome(
        GOAL,
        finding(
            GOAL,
            severity,
            message,
            f"两处文字相似度 {alike:.0%}",
            (a.source, b.source),
            (label,),
            project=owner,
            aspects=("目标",),
        ),
    )


def _head(text: str, length: int = 30) -> str:
    text = compact(text)
    return text if len(text) <= length else text[:length] + "…"


def _targets(ledger: Ledger) -> Iterator[Outcome]:
    """The same indicator within one horizon, and in the body's annual targets and a project's form."""

    def name(indicator: Indicator) -> str:
        return key(indicator.name)

    for _, group in groupby(sorted(ledger.forms.indicators, key=name), key=name):
        seen: set[tuple[str, str]] = set()
        for a, b in combinations(list(group), 2):
            mark = tuple(sorted((compact(a.printed), compact(b.printed))))
            if not _comparable(a, b) or (len(mark) == 2 and mark[0] != mark[1] and mark in seen):
                continue
            seen.add((mark[0], mark[1]))
            yield _target(a, b)


def _comparable(a: Indicator, b: Indicator) -> bool:
    """Long-term targets may exceed annual ones; two projects may share an indicator's name."""
    horizons = {a.horizon, b.horizon}
    if a.project and b.project:
        return a.project == b.project and len(horizons) == 1
    return "长期" not in horizons or len(horizons) == 1


def _target(a: Indicator, b: Indicator) -> Outcome:
    if a.value is None or b.value is None or a.unit != b.unit or a.value == b.value:
        return Outcome(TARGET)
    return Outcome(
        TARGET,
        finding(
            TARGET,
            Severity.CONTRADICTION,
            f"指标“{a.name}”两处不一致：{place(a.source)}为{a.printed}，{place(b.source)}为{b.printed}。",
            f"{a.printed} ≠ {b.printed}",
            (a.source, b.source),
            (a.name,),
            project=a.project or b.project,
            aspects=("目标", "数量"),
        ),
    )


def _mentions(ledger: Ledger) -> Iterator[Outcome]:
    """Quantities promised in a goal's text against the indicators that stand under that goal."""
    for field in ledger.forms.fields:
        indicators = [
            i for i in ledger.forms.indicators if i.goal and (i.goal, i.project) == (field.label, field.owner)
        ]
        if not indicators:
            continue
        for clause in re.split(r"[，,；;。、]", flat(field.text)):
            found = _QUANTITY.findall(clause)
            if len(found) != 1:
                continue
            ((number, unit),) = found
            indicator = _named(clause, unit, indicators)
            if indicator is None or indicator.value is None:
                continue
            target = shown(Dimension.COUNT.decimal(indicator.value))
            if target == number or target.rstrip("0") == number:
                yield Outcome(MENTION)
                continue
            yield Outcome(
                MENTION,
                finding(
                    MENTION,
                    Severity.DISCREPANCY,
                    f"“{field.label}”写“{clause}”，指标“{indicator.name}”却是{indicator.printed}。",
                    f"{number}{unit} ≠ {indicator.printed}",
                    (field.source, indicator.source),
                    (indicator.name, field.label),
                    aspects=("目标", "数量"),
                ),
            )


def _named(clause: str, unit: str, indicators: Sequence[Indicator]) -> Indicator | None:
    """The one indicator that the clause names: most of its name's characters, and the same unit."""
    words = bigrams(re.sub(r"\d+(?:\.\d+)?", "", clause))
    scored = []
    for indicator in indicators:
        same_unit = unit == "%" if indicator.unit == "%" else bool(indicator.unit) and indicator.unit.startswith(unit)
        if indicator.value is not None and same_unit:
            name = bigrams(indicator.name)
            scored.append((len(words & name) / len(name), indicator))
    scored.sort(key=lambda pair: -pair[0])
    if not scored or scored[0][0] < _NAMED or (len(scored) > 1 and scored[1][0] == scored[0][0]):
        return None
    return scored[0][1]


def _frequencies(ledger: Ledger) -> Iterator[Outcome]:
    """What a project says it issues so often (每月编印《甲》) against the number of issues it aims at in the year."""
    for field in ledger.forms.fields:
        if not field.owner:
            continue
        project = ledger.project_name(field.owner)
        aims = [i for i in ledger.forms.indicators if i.project and ledger.project_name(i.project) == project]
        for clause in re.split(r"[，,；;。\n]", flat(field.text)):
            times = next((n for word, n in ledger.rules.words.times if word in clause), "")
            for title in _TITLE.findall(clause) if times else ():
                for aim in (i for i in aims if i.value is not None and i.unit in _ISSUES and key(title) in key(i.name)):
                    yield _frequency(field, clause, times, title, aim)


def _frequency(field: TextField, clause: str, times: str, title: str, aim: Indicator) -> Outcome:
    number = Dimension.COUNT.decimal(aim.value or 0)
    if number >= (parse_chinese(times) or 0):
        return Outcome(FREQUENCY)
    said = re.sub(r"^[（(]?\d+[）).、．]+", "", clause)
    return Outcome(
        FREQUENCY,
        finding(
            FREQUENCY,
            Severity.DISCREPANCY,
            f"{place(field.source)}写“{said}”，全年应为{times}{aim.unit}，指标“{aim.name}”却是{aim.printed}。",
            f"全年{times}{aim.unit} > {shown(number)}{aim.unit}",
            (field.source, aim.source),
            (aim.name, title),
            project=field.owner,
            aspects=("数量", "目标"),
        ),
    )


def _covered(ledger: Ledger) -> Iterator[Outcome]:
    """Every project has targets, says the prose; a listed project without any breaks it."""
    aimed = {ledger.project_name(i.project) for i in ledger.forms.indicators if i.project}
    missing = [p for p in ledger.forms.projects if p.name not in aimed]
    if len(aimed) < 2 or 2 * len(missing) > len(ledger.forms.projects):
        return  # the document prints the targets of some projects only
    for rule in ledger.rules.covered:
        said = next((p for p in ledger.document.paragraphs if all(w in compact(p.text) for w in rule.all)), None)
        if said is None:
            continue
        if not missing:
            yield Outcome(COVERED)
            continue
        names = "、".join(f"“{p.name}”" for p in missing)
        source = Source(ledger.document.key, ledger.document.section_path(said.section), said.position, quote=said.text)
        total, have = len(ledger.forms.projects), len(ledger.forms.projects) - len(missing)
        yield Outcome(
            COVERED,
            finding(
                COVERED,
                Severity.DISCREPANCY,
                f"文中说{rule.name}，但所列{total}个项目中只有{have}个附有绩效指标，{names}没有。",
                f"{total} − {len(missing)} = {have} 个项目有绩效指标",
                (source, *(p.source for p in missing)),
                (*rule.subjects, *(p.name for p in missing)),
                aspects=("绩效管理", "目标"),
            ),
        )
