"""Money allotted to the same recipient in two places of a project, and lists that name the same things."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from index.document import Source
from index.evidence import Dimension, Indicator, Severity
from index.identities.calculations import calculations, flat
from index.identities.figures import Figure, common_unit, same, shown
from index.identities.ledger import Ledger, Outcome, finding, place
from index.identities.listings import amount, amounts
from index.identities.names import key, likeness, tail_match
from index.identities.rules import Words
from index.numbers import MONEY_UNITS

TWICE, EXCESS, COUNT, TITLES = "同一对象两处金额", "分配超出总额", "数量", "份数"
_ALIKE = 0.5
_ORDINAL = re.compile(r"(?:^|(?<=[。；;，]))\d+[、.．]")


@dataclass(frozen=True, slots=True)
class Allotment:
    """`count` recipients named `name` get `amount` together. `where`: the text it stands in."""

    name: str
    amount: Figure
    count: int
    where: int


@dataclass(frozen=True, slots=True)
class Titles:
    """《…》 titles with the number printed behind them ("等40份")."""

    titles: frozenset[str]
    number: int
    unit: str
    source: Source
    subject: str

    @property
    def stated(self) -> str:
        """40份; 35份（印作“35人/份/年”）."""
        printed = f"{self.number}{self.unit}"
        return f"{self.number}份（印作“{printed}”）" if "份" in self.unit and self.unit != "份" else printed


def check(ledger: Ledger) -> Iterator[Outcome]:
    for project in ledger.forms.projects:
        name = project.name
        lines = [s for s in ledger.forms.spending if ledger.project_name(s.project) == name]
        indicators = [i for i in ledger.forms.indicators if ledger.project_name(i.project) == name and i.explanation]
        texts = [(line.text or line.content, line.source, line.content) for line in lines]
        texts += [(i.explanation, i.source, i.name) for i in indicators]
        yield from _twice(ledger, name, texts)
        for indicator in indicators:
            yield from _listed(ledger, name, indicator, project.current)
        yield from _titles(name, texts, ledger.rules.words)


def allotments(text: str, words: Words, where: int) -> Iterator[Allotment]:
    """Every "recipient amount" of a text; amounts per head (每村15万元) are multiplied where the number is known."""
    text = _ORDINAL.sub("。", flat(text))
    spans = [(c.start, c.end) for c in calculations(text, words)]
    start = 0
    for match in amounts(text):
        if any(a <= match.start() < b for a, b in spans):
            continue
        name = re.split(r"[，,；;。：:（）]", text[start : match.start()])[-1]
        name = re.split("|".join(map(re.escape, words.joiners)), name)[-1] if start else name.rsplit("、", 1)[-1]
        start = match.end()
        stated = amount(match, name)
        each = next((e for e in words.each if e in name), None)
        if each:
            noun = name.rsplit(each, 1)[1]
            counters = "|".join(words.counters)
            behind = re.match(rf"（(\d+)(?:{counters})?([^（）]*{re.escape(noun)})）", text[match.end() :])
            if noun and behind:
                times = int(behind[1])
                together = Figure(stated.value * times, stated.ulp * times, stated.printed, stated.unit)
                yield Allotment(behind[2], together, times, where)
            continue
        counted = re.search(rf"(\d+)(?:{'|'.join(words.counters)})([^\d]+)$", name)
        if counted:
            yield Allotment(counted[2], stated, int(counted[1]), where)
        elif key(name) and key(name) not in words.generic:
            yield Allotment(name, stated, 1, where)


def _twice(ledger: Ledger, project: str, texts: Sequence[tuple[str, Source, str]]) -> Iterator[Outcome]:
    found = [a for where, (text, _, _) in enumerate(texts) for a in allotments(text, ledger.rules.words, where)]
    for a, b in combinations(found, 2):
        if a.where == b.where:
            continue
        matched = _matched(a, b)
        if not matched or same(a.amount, b.amount) is None:
            if matched:
                yield Outcome(TWICE)
            continue
        (_, here, _), (_, there, _) = texts[a.where], texts[b.where]
        name = min(a.name, b.name, key=len) if a.count == 1 else f"{a.count}个{a.name}"
        unit = common_unit((a.amount, b.amount))
        gap = shown(abs(a.amount.value - b.amount.value), unit)
        yield Outcome(
            TWICE,
            finding(
                TWICE,
                Severity.CONTRADICTION,
                f"项目“{project}”里给“{name}”的金额两处不一致：一处{shown(a.amount.value, unit)}{unit}，"
                f"另一处{shown(b.amount.value, unit)}{unit}，相差{gap}{unit}。",
                f"{shown(max(a.amount.value, b.amount.value), unit)} − {shown(min(a.amount.value, b.amount.value), unit)}"
                f" = {gap} {unit}",
                (here, there),
                (name, min(a.name, b.name, key=len), *_facts(ledger, project, a), *_facts(ledger, project, b)),
                project=project,
                aspects=("金额", "明细"),
            ),
        )


def _facts(ledger: Ledger, project: str, allotment: Allotment) -> Iterator[str]:
    """What the facts call this allotment."""
    for fact in ledger.forms.facts:
        if fact.dimension is not Dimension.MONEY or fact.value is None or ledger.project_name(fact.project) != project:
            continue
        if Dimension.MONEY.decimal(fact.value) == allotment.amount.value and key(allotment.name) in key(fact.subject):
            yield fact.subject


def _listed(ledger: Ledger, project: str, indicator: Indicator, current: int | None) -> Iterator[Outcome]:
    """An explanation that allots money: its sum against the project's amount, its recipients against the target."""
    found = list(allotments(indicator.explanation, ledger.rules.words, 0))
    if len(found) < 3:
        return
    total = sum((a.amount.value for a in found), Decimal(0))
    unit = common_unit(a.amount for a in found)
    unit = unit if unit in MONEY_UNITS and "元" in unit else "万元"
    if current is not None:
        whole = Dimension.MONEY.decimal(current)
        terms = " + ".join(shown(a.amount.value, unit) for a in found)
        if total <= whole:
            yield Outcome(EXCESS)
        else:
            unmatched = _unmatched(ledger, project, found)
            names = "、".join(f"“{a.name}”{shown(a.amount.value, unit)}{unit}" for a in unmatched)
            unfunded = _unfunded(ledger, project)
            extra = f"；其中{names}在支出明细里没有对应的金额" if names else ""
            extra += f"，而另一张表的支出内容又列了“{'、'.join(unfunded)}”" if unfunded else ""
            yield Outcome(
                EXCESS,
                finding(
                    EXCESS,
                    Severity.CONTRADICTION,
                    f"项目“{project}”的“{indicator.name}”说明所列资金合计{shown(total, unit)}{unit}，"
                    f"超过项目本年预算{shown(whole, unit)}{unit}{extra}。",
                    f"{terms} = {shown(total, unit)} > {shown(whole, unit)}（{unit}）",
                    (indicator.source, ledger.project_source(project)),
                    (*(a.name for a in unmatched), *unfunded) or (indicator.name,),
                    project=project,
                    aspects=("金额", "明细"),
                ),
            )
    if indicator.value is None or indicator.operator not in ("", "="):
        return
    if indicator.unit not in ledger.rules.words.counters:
        return
    counted = sum(a.count for a in found)
    target = Dimension.COUNT.decimal(indicator.value)
    if counted == target:
        yield Outcome(COUNT)
        return
    terms = " + ".join(str(a.count) for a in found)
    yield Outcome(
        COUNT,
        finding(
            COUNT,
            Severity.DISCREPANCY,
            f"指标“{indicator.name}”是{indicator.printed}，说明里逐个列出的却有{counted}{indicator.unit}。",
            f"{terms} = {counted} ≠ {shown(target)}",
            (indicator.source,),
            (indicator.name,),
            project=project,
            aspects=("数量", "目标"),
        ),
    )


def _unmatched(ledger: Ledger, project: str, found: Sequence[Allotment]) -> list[Allotment]:
    """Recipients that no spending line of the project names, nor pays as much under a name like theirs."""
    spent = [
        a
        for line in ledger.forms.spending
        if ledger.project_name(line.project) == project
        for a in allotments(line.text, ledger.rules.words, 0)
    ]
    left, missing = list(spent), []
    for allotment in found:
        named = next((a for a in left if _matched(a, allotment)), None)
        if named:
            left.remove(named)
        else:
            missing.append(allotment)
    pairs = sorted(
        (
            (len(set(key(m.name)) & set(key(a.name))), i, j)
            for i, m in enumerate(missing)
            for j, a in enumerate(left)
            if a.amount.value == m.amount.value
        ),
        key=lambda p: (-p[0], p[1], p[2]),
    )
    taken: set[int] = set()
    settled: set[int] = set()
    for _, i, j in pairs:
        if i not in settled and j not in taken:
            settled.add(i)
            taken.add(j)
    return [m for i, m in enumerate(missing) if i not in settled]


def _matched(a: Allotment, b: Allotment) -> bool:
    """The same recipient: the same tail of its name, or as many of the same kind."""
    if a.count != b.count:
        return False
    return key(a.name) == key(b.name) if a.count > 1 else tail_match(a.name, b.name)


def _unfunded(ledger: Ledger, project: str) -> tuple[str, ...]:
    """Names joined in one line of a form whose whole amount another form spends on the other names:
    省内对口扶贫资金、援藏经费、精准扶贫经费、援疆经费 790 = 270 + 420 + 100 leaves nothing for 援藏经费."""
    words = ledger.rules.words
    lines = [s for s in ledger.forms.spending if ledger.project_name(s.project) == project and s.value]
    for line in lines:
        names = [n for n in re.split("[、，,]", line.content) if n]
        others = [o for o in lines if o.origin_form != line.origin_form]
        if len(names) < 2 or not others:
            continue
        matched: dict[str, int] = {}
        for name in names:
            best = max(others, key=lambda o: likeness(o.content, name))
            if likeness(best.content, name) >= _ALIKE:
                matched[name] = best.value or 0
        if sum(matched.values()) == line.value:
            return tuple(n for n in names if n not in matched and key(n) not in words.generic)
    return ()


def _titles(project: str, texts: Sequence[tuple[str, Source, str]], words: Words) -> Iterator[Outcome]:
    """Two listings of mostly the same titles with different numbers."""
    found = [t for text, source, subject in texts for t in titles(text, source, subject, words)]
    for a, b in combinations(found, 2):
        shared = a.titles & b.titles
        if a.source == b.source or len(shared) < 2 or 2 * len(shared) < min(len(a.titles), len(b.titles)):
            continue
        if a.number == b.number:
            yield Outcome(TITLES)
            continue
        names = "、".join(f"《{t}》" for t in sorted(shared))
        yield Outcome(
            TITLES,
            finding(
                TITLES,
                Severity.DISCREPANCY,
                f"项目“{project}”里{names}的份数两处不一致：{place(a.source)}写{a.stated}，另一处写{b.stated}。",
                f"{a.number} ≠ {b.number}",
                (a.source, b.source),
                (a.subject, b.subject, *(f"《{t}》" for t in sorted(shared))),
                project=project,
                aspects=("数量", "明细"),
            ),
        )


def titles(text: str, source: Source, subject: str, words: Words) -> Iterator[Titles]:
    """Runs of 《…》 closed by a number: 《长江日报》、《经济日报》等40份."""
    more = "|".join(words.and_so_on)
    joiners = "|".join(re.escape(j) for j in words.joiners)
    run = re.compile(rf"((?:《[^》]+》(?:{joiners}|，)?){{2,}})(?:{more})?(\d+)([^\d，。；,;（）]{{1,8}})")
    for match in run.finditer(flat(text)):
        names = frozenset(re.findall(r"《([^》]+)》", match[1]))
        yield Titles(names, int(match[2]), match[3], source, subject)
