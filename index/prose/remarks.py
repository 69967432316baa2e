"""Reasons, uses and absences: where they begin in a sentence, and how far they reach."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.evidence import StatementKind
from index.prose.counts import count_subject
from index.prose.figures import Role, figures
from index.prose.passages import Clause, Sentence, marker
from index.prose.subjects import mentioned, read_subject
from index.prose.terms import Terms, terms

_LONGEST_LEAD = 30
_LONGEST_ABSENCE = 60


@dataclass(frozen=True, slots=True)
class Remark:
    """compact[start:end], of which [text_start:end] is the reason or use itself.

    `begin` is where its clause begins, `subject` the words in it that may name the subject;
    `within_year`: the reason is why 决算 and 预算 of one year differ.
    """

    kind: StatementKind
    start: int
    begin: int
    text_start: int
    end: int
    subject: str = ""
    within_year: bool = False


def remarks(text: str, sentence: Sentence, *, changed: bool) -> tuple[Remark, ...]:
    """The remarks of a sentence, in order. `changed`: the figures before it were changes, so 主要是 gives a reason."""
    vocabulary, found, taken = terms(), [], 0
    for index, clause in enumerate(sentence.clauses):
        if clause.start < taken:
            continue
        words = text[clause.start : clause.end]
        here = figures(words)
        if here:
            changed = here[-1].role in (Role.CHANGE, Role.RATE) or here[-1].value == 0
        remark = _remark(text, words, index, sentence, changed, vocabulary)
        if remark is not None and remark.end > remark.text_start:
            found.append(remark)
            taken = remark.end
    return tuple(found)


def _remark(text: str, words: str, index: int, sentence: Sentence, changed: bool, vocabulary: Terms) -> Remark | None:
    clause = sentence.clauses[index]
    cause = _cause(words, clause, vocabulary)
    use = vocabulary.use.search(words)
    lead = ""
    if cause and (not use or use.start() >= cause.start()):
        kind, match = StatementKind.REASON, cause
        lead = cause.groupdict().get("lead") or ""
    elif use and not _defines(text[sentence.start : clause.start + use.start()], vocabulary):
        kind, match = StatementKind.USE, use
    elif either_way := vocabulary.cause_or_use.match(words):
        kind, match = (StatementKind.REASON if changed else StatementKind.USE), either_way
    elif explains := _explains(text, words, index, sentence, vocabulary):
        kind, match = StatementKind.USE, explains
    else:
        return _absence(words, clause, vocabulary)
    text_start = clause.start + match.end()
    if text_start == clause.end and clause.closer == "：":
        text_start += 1
    end = _reach(text, text_start, index, sentence, kind, vocabulary)
    if kind is StatementKind.USE and _is_list_of_amounts(text[text_start:end]):
        return None
    start = clause.start + match.start()
    begin = clause.start if kind is StatementKind.REASON else start
    if kind is StatementKind.USE and not figures(words[: match.start()]):
        lead = words[: match.start()]
    within = all(re.search(vocabulary.alternatives("phrase", key), lead) for key in ("final", "budget"))
    return Remark(kind, start, begin, text_start, end, lead, within)


def _explains(text: str, words: str, index: int, sentence: Sentence, vocabulary: Terms) -> re.Match[str] | None:
    """为… right after an amount says what it is for."""
    before = sentence.clauses[index - 1] if index else None
    if before is None or figures(words) or sentence.clauses[index].opener != "，":
        return None
    if not any(figure.role is Role.AMOUNT and not figure.after for figure in figures(text[before.start : before.end])):
        return None
    return re.match(vocabulary.alternatives("use", "explains"), words)


def _defines(before: str, vocabulary: Terms) -> bool:
    return re.search(vocabulary.alternatives("use", "definitions"), before) is not None


def _cause(words: str, clause: Clause, vocabulary: Terms) -> re.Match[str] | None:
    match = vocabulary.cause.match(words) or vocabulary.cause.search(words)
    if match is None:
        return None
    lead = match.groupdict().get("lead") or ""
    if figures(lead):
        return None
    if len(lead) > _LONGEST_LEAD:
        return None
    named = match.groupdict().get("link")
    if match.groupdict().get("lead") is not None and not named and clause.closer != "：" and match.end() == len(words):
        return None
    return match


def _reach(text: str, start: int, index: int, sentence: Sentence, kind: StatementKind, vocabulary: Terms) -> int:
    """The end of a remark: the sentence's, or where a bracket closes, or where the next subject's figures begin."""
    own = sentence.clauses[index]
    last = own.end
    for clause in sentence.clauses[index + 1 :]:
        words = text[clause.start : clause.end]
        if clause.depth < own.depth or _is_other(words, clause, kind, vocabulary):
            break
        last = clause.end
    return max(last, start)


def _is_other(words: str, clause: Clause, kind: StatementKind, vocabulary: Terms) -> bool:
    """Whether a clause speaks of something else than the remark before it."""
    if words.startswith(vocabulary.list_of("list", "part")) and (figures(words) or clause.closer == "："):
        return True
    if vocabulary.base.match(words) and any(f.role in (Role.CHANGE, Role.RATE) for f in figures(words)):
        return True  # …，主要原因是…；比上年决算减少5万元: the next comparison
    if clause.opener in "；。" and (here := figures(words)):
        lead = here[0].lead
        if here[0].role is Role.COUNT:
            return bool(count_subject(lead, here[0].after, "", "").name)
        if here[0].role in (Role.CHANGE, Role.RATE):  # …；项目支出比上年增加5万元，主要原因是…
            return here[0].base is not None and not marker(words)[1] and read_subject(lead).known
        return here[0].role is Role.AMOUNT and (read_subject(lead).known or mentioned(lead).known)
    if kind is StatementKind.USE:
        counted = figures(words)
        if counted and counted[0].role is Role.COUNT and vocabulary.count_noun.fullmatch(counted[0].lead):
            return True  # …包括办公厅、研究室，编制338名
        cause = vocabulary.cause.match(words)
        if cause and (cause.groupdict().get("link") or cause.groupdict().get("lead") is None):
            return True
        return any(f.role in (Role.CHANGE, Role.RATE) and f.base for f in figures(words)) or (
            vocabulary.base.match(words) is not None
        )
    return words.startswith(vocabulary.list_of("use", "ends_reason"))


def _is_list_of_amounts(words: str) -> bool:
    return not words.strip("：，。") or any(
        figure.role is Role.AMOUNT or (figure.role is Role.COUNT and not figure.lead)
        for part in re.split("[，；、。]", words)[:1]
        for figure in figures(part)
    )


def _absence(words: str, clause: Clause, vocabulary: Terms) -> Remark | None:
    if figures(words) or clause.closer == "：":
        return None
    bare = words.strip()
    if bare in vocabulary.list_of("absence", "whole"):
        return Remark(StatementKind.ABSENCE, clause.start, clause.start, clause.start, clause.end)
    match = vocabulary.absence.search(words)
    if match is None or vocabulary.same.search(words):
        return None
    rest, about = words[match.end() :], mentioned(words[: match.start()])
    if not rest or len(words) > _LONGEST_ABSENCE:
        return None
    spoken = read_subject(rest)
    if not (spoken.known or spoken.fund or mentioned(rest).known):
        if not about.known:
            return None
        rest = about.name
    return Remark(StatementKind.ABSENCE, clause.start, clause.start, clause.start, clause.end, rest)


def before_change(words: str) -> str:
    """预算收支减少主要 → 预算收支: what a change is of, where the words before a reason name both."""
    vocabulary = terms()
    bare = re.sub(f"{vocabulary.alternatives('cause', 'before')}+$", "", words)
    match = (
        vocabulary.verb.search(words)
        or vocabulary.verb.search(bare)
        or vocabulary.verb.search(words.removesuffix("主要"))
    )
    return words[: match.start()] if match else ""
