"""A whole that prose states and the parts that always make it up: amounts, and changes against the previous year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from index.evidence import Dimension, Severity, Statement, StatementKind
from index.identities.figures import Figure, common_unit, figure_of, shown, sum_severity
from index.identities.ledger import Ledger, Outcome, finding, subject_key
from index.identities.rules import Partition

KIND = "分项合计"
AMOUNT_ASPECTS, CHANGE_ASPECTS = ("金额", "合计"), ("增减", "合计")


def check(ledger: Ledger) -> Iterator[Outcome]:
    for partition in ledger.rules.partitions:
        told: set[tuple[Decimal, ...]] = set()
        narrower = dict(partition.of_year)
        for whole in _stated(ledger, StatementKind.AMOUNT, partition.wholes):
            if (name := narrower.get(subject_key(whole.subject))) and _has(ledger, name, whole):
                continue
            yield from _amounts(ledger, partition, whole, told)


def _has(ledger: Ledger, name: str, whole: Statement) -> bool:
    """Does the document give another figure under the narrower name, of the same year and stage?"""
    known = [f for f in ledger.facts if f.dimension is Dimension.MONEY and subject_key(f.subject) == name]
    return any((f.year, f.stage) == (whole.year, whole.stage) and f.value not in (None, whole.value) for f in known)


def _stated(ledger: Ledger, kind: StatementKind, names: Sequence[str]) -> list[Statement]:
    keys = {subject_key(name) for name in names}
    return [
        s
        for s in ledger.statements
        if (s.kind, s.dimension, s.project) == (kind, Dimension.MONEY, "")
        and s.value is not None
        and subject_key(s.subject) in keys
    ]


def _part(
    ledger: Ledger, kind: StatementKind, names: Sequence[str], whole: Statement, *, near: bool
) -> Statement | None:
    """The one statement of a part beside the whole: same year, stage and fund, in or under its section if `near`."""
    found = [
        s
        for s in _stated(ledger, kind, names)
        if (s.year, s.stage, s.measure) == (whole.year, whole.stage, whole.measure)
        and _of_one_fund(ledger, kind, s, whole)
        and not _of_less(ledger, s, whole)
        and (not near or s.source.section.startswith(whole.source.section))
    ]
    if len({s.value for s in found}) == 1:
        return found[0]
    beside = [s for s in found if s.source == whole.source]
    return beside[0] if len({s.value for s in beside}) == 1 else None


def _of_less(ledger: Ledger, part: Statement, whole: Statement) -> bool:
    """基本支出中，事业收入安排10万元，其中人员经费6万元: is it told as part of something that is less than the whole?"""
    if not part.whole or subject_key(part.whole) == subject_key(whole.subject) or whole.value is None:
        return False
    held = [s for s in _stated(ledger, part.kind, (part.whole,)) if s.source.position == part.source.position]
    return bool(held) and all(s.value is not None and abs(s.value) < abs(whole.value or 0) for s in held)


def _of_one_fund(ledger: Ledger, kind: StatementKind, part: Statement, whole: Statement) -> bool:
    """Are a part and the whole of one fund? Where only one of them names its fund, they are unless the document states
    the like of it that leaves its fund open too."""
    if part.fund == whole.fund:
        return True
    if part.fund and whole.fund:
        return False
    named, open_ = (part, whole) if part.fund else (whole, part)
    alike = [
        s
        for s in _stated(ledger, kind, (named.subject,))
        if s is not named and (s.year, s.stage, s.measure) == (named.year, named.stage, named.measure)
    ]
    return all(s.fund != open_.fund for s in alike)


def _resolved(ledger: Ledger, names: Sequence[str], whole: Statement) -> tuple[list[Statement], bool]:
    """The part as stated, or the parts that in turn make it up, and whether that is all of it; of an open partition
    some may stand for all that is stated."""
    stated = _part(ledger, StatementKind.AMOUNT, names, whole, near=True)
    if stated:
        return [stated], True
    keys = {subject_key(name) for name in names}
    for partition in ledger.rules.partitions:
        if keys & {subject_key(name) for name in partition.wholes}:
            inner = [_part(ledger, StatementKind.AMOUNT, part, whole, near=True) for part in partition.parts]
            if all(inner) or partition.open:
                return [s for s in inner if s], all(inner)
    return [], False


def _amounts(
    ledger: Ledger, partition: Partition, whole: Statement, told: set[tuple[Decimal, ...]]
) -> Iterator[Outcome]:
    """The whole against its parts. With a part unstated only an excess contradicts, and only where that is allowed."""
    resolved = [_resolved(ledger, names, whole) for names in partition.parts]
    complete = all(entire for _, entire in resolved)
    known = [s for part, _ in resolved for s in part]
    if not complete and not (partition.open and len(known) > 1):
        if _adds_up(ledger, partition, whole):
            yield from _changes(ledger, partition, whole)
        return
    total, amounts = figure_of(whole), [f for f in map(figure_of, known) if f]
    if total is None or (total.value, *(a.value for a in amounts)) in told:
        return
    told.add((total.value, *(a.value for a in amounts)))
    severity = sum_severity(total, amounts)
    others = [p for name in partition.others if (p := _part(ledger, StatementKind.AMOUNT, (name,), whole, near=True))]
    if severity and others:
        known += others
        amounts = [f for f in map(figure_of, known) if f]
        severity = sum_severity(total, amounts)
    if severity is Severity.CONTRADICTION and complete and not _announced(ledger, partition, whole, known):
        return
    if not complete and sum((a.value for a in amounts), Decimal(0)) <= total.value:
        severity = None
    yield _outcome(whole, known, total, amounts, severity, AMOUNT_ASPECTS)
    if severity is not Severity.CONTRADICTION and complete and not others:
        yield from _changes(ledger, partition, whole)


def _announced(ledger: Ledger, partition: Partition, whole: Statement, known: Sequence[Statement]) -> bool:
    """Are these all the parts of the whole? In one paragraph with it they are told as such; told apart they are where
    tables have the same parts and no further one."""
    if any(part.source.position == whole.source.position for part in known):
        return True
    told = {subject_key(part.subject) for part in known}
    of_year = [f for f in ledger.money if (f.year, f.stage) == (whole.year, whole.stage) and f.value]
    printed = {subject_key(name) for f in of_year for name in (f.subject, f.measure)}
    return told <= printed and not printed & {subject_key(name) for name in partition.others} - told


def _adds_up(ledger: Ledger, partition: Partition, whole: Statement) -> bool:
    """Do the parts, stated under other headings, make up the whole?"""
    parts = [_part(ledger, StatementKind.AMOUNT, names, whole, near=False) for names in partition.parts]
    amounts = [f for f in (figure_of(p) for p in parts if p) if f]
    total = figure_of(whole)
    if total is None or len(amounts) < len(parts):
        return False
    return sum_severity(total, amounts) is not Severity.CONTRADICTION


def _changes(ledger: Ledger, partition: Partition, whole: Statement) -> Iterator[Outcome]:
    """If the amounts add up, the stated changes must too."""
    for change in _stated(ledger, StatementKind.CHANGE, partition.wholes):
        if (change.year, change.stage) != (whole.year, whole.stage):
            continue
        parts = [_part(ledger, StatementKind.CHANGE, names, change, near=False) for names in partition.parts]
        known = [p for p in parts if p]
        amounts = [f for f in map(figure_of, known) if f]
        total = figure_of(change)
        base = (change.base_year, change.base_stage)
        if total is None or len(known) < len(parts) or any((p.base_year, p.base_stage) != base for p in known):
            continue
        yield _outcome(change, known, total, amounts, sum_severity(total, amounts), CHANGE_ASPECTS)
        return


def _outcome(
    whole: Statement,
    parts: Sequence[Statement],
    total: Figure,
    amounts: Sequence[Figure],
    severity: Severity | None,
    aspects: tuple[str, ...],
) -> Outcome:
    if severity is None:
        return Outcome(KIND)
    unit = common_unit((total, *amounts))
    listed = sum((a.value for a in amounts), Decimal(0))
    terms = " ".join(
        (("− " if a.value < 0 else "+ ") if i else ("−" if a.value < 0 else "")) + shown(abs(a.value), unit)
        for i, a in enumerate(amounts)
    )
    what = "增减额" if aspects == CHANGE_ASPECTS else "金额"
    gap = shown(abs(listed - total.value), unit)
    high, low = sorted((abs(listed), abs(total.value)), reverse=True)
    apart = "−" if (listed < 0) == (total.value < 0) else "+"
    ending = "，在印刷取整的范围内" if severity is Severity.ROUNDING else ""
    return Outcome(
        KIND,
        finding(
            KIND,
            severity,
            f"“{whole.subject}”的{what}与各部分之和不一致：各部分合计{_told(listed, unit, aspects)}，"
            f"所写总数{_told(total.value, unit, aspects)}，相差{gap}{unit}{ending}。",
            f"{terms} = {shown(listed, unit)} {unit} ≠ {shown(total.value, unit)} {unit}；"
            f"{shown(high, unit)} {apart} {shown(low, unit)} = {gap} {unit}",
            (whole.source, *(p.source for p in parts)),
            (whole.subject, *(p.subject for p in parts)),
            aspects=aspects,
        ),
    )


def _told(value: Decimal, unit: str, aspects: tuple[str, ...]) -> str:
    """An amount; a change in words (减少178.84万元)."""
    if aspects != CHANGE_ASPECTS:
        return f"{shown(value, unit)}{unit}"
    return f"{'减少' if value < 0 else '增加'}{shown(abs(value), unit)}{unit}"
