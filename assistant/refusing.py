"""The kinds of nothing: another body, another year, execution figures, facts no budget holds, off topic.

A refusal is decided from what the index holds, before any figure is looked up, and says what it does hold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.answer import Status
from assistant.catalog import Catalog
from assistant.linking import Linked
from assistant.parts import Parts
from assistant.question import fold
from assistant.reply import Reply
from assistant.understanding import Need, Understanding
from assistant.wording import Wording, tagged

_PLACE = re.compile(
    r"[\u4e00-\u9fff]{2,8}?(?:省|市|区|县|旗|州|局|委|委员会|厅|街道|镇|乡|学校|医院|法院|检察院|大学|中心|公司|办事处|人大|政协|总工会)"
)
_REGION = re.compile(r"[\u4e00-\u9fff]{2,7}?(?:省|市|州|盟|区|县|旗)")
_NAME_TAGS = ("ns", "nt", "nr", "nz")
_AMOUNTS = ("ask_amount", "share", "rate", "sum", "difference", "change_down", "change_up", "compare_previous")
_NOT_COLLECTED, _NOT_DISCLOSED, _OFF_TOPIC = "未收录", "未披露", "与预算无关"


@dataclass(frozen=True, slots=True)
class Frame:
    """What the documents in scope are about. `years_mentioned`: years that they speak of beyond their own."""

    catalog: Catalog
    year: int | None
    documents: tuple[str, ...]
    wording: Wording
    years_mentioned: frozenset[int]


def check(understood: Understanding, frame: Frame) -> Reply | None:
    """A refusal, or None when the question can be tried."""
    checks = (_year, _execution, _body, _region, _fund, _undisclosed)
    return next((reply for test in checks if (reply := test(understood, frame)) is not None), None)


def _holding(frame: Frame) -> str:
    entries = [d for d in frame.catalog.documents if not frame.documents or d.key in frame.documents]
    told = "；".join(f"{d.body}{d.year or ''}年{d.stage}" for d in entries[:3])
    more = f"等 {len(entries)} 份文件" if len(entries) > 3 else ""
    return f"已收录的是：{told}{more}。"


def refused(line: str, reason: str, frame: Frame) -> Reply:
    return Reply((line, _holding(frame)), status=Status.ABSTAINED, reason=reason, rule="refusal")


def _year(understood: Understanding, frame: Frame) -> Reply | None:
    years = understood.parts.years
    outside = [y for y in years if y not in frame.catalog.years and not _speaks_of(y, frame)]
    if years and len(outside) == len(years):
        told = "、".join(f"{y}年" for y in outside)
        return refused(f"没有收录{told}的数据，不能回答。", _NOT_COLLECTED, frame)
    return None


def _speaks_of(year: int, frame: Frame) -> bool:
    return year in frame.years_mentioned


def _execution(understood: Understanding, frame: Frame) -> Reply | None:
    """Execution or final-account figures of a year for which only the budget is held."""
    parts = understood.parts
    if not parts.has("actual") or parts.projects or parts.has("definition", "reason", "contradiction"):
        return None
    if _offers_choice(understood.linked, frame):
        return None
    if understood.query is None and understood.text is not None:
        return None
    stages = {d.stage for d in frame.catalog.documents if not frame.documents or d.key in frame.documents}
    if "决算" in stages:
        return None
    years = [y for y in parts.years if y != frame.year]
    if years and parts.nouns:
        return None
    return refused("收录的是预算文件，没有实际支出、执行进度或决算数，不能回答。", _NOT_COLLECTED, frame)


def _offers_choice(linked: Linked, frame: Frame) -> bool:
    """预算数还是决算数: both stages are named as alternatives, and the document's own answers it."""
    return linked.has("budgeted") and any(word in linked.text for word in frame.wording.terms.alternatives)


# ---------------------------------------------------------------- other bodies, whole regions

def _body(understood: Understanding, frame: Frame) -> Reply | None:
    """A named place or body that the documents never mention."""
    linked = understood.linked
    taken = [(m.start, m.end) for m in linked.mentions if m.sense.names or m.sense.project or m.sense.document]
    for match in _PLACE.finditer(linked.text):
        if any(a < match.end() and match.start() < b for a, b in taken):
            continue
        if (name := _foreign(match[0], frame)) is not None:
            return refused(f"没有收录“{name}”的资料，不能回答。", _NOT_COLLECTED, frame)
    for piece in linked.leftover:
        for word, tag in tagged(piece):
            if len(word) > 1 and tag in _NAME_TAGS[:2] and not frame.wording.known(word):
                return refused(f"没有收录“{word}”的资料，不能回答。", _NOT_COLLECTED, frame)
    return None


def _foreign(candidate: str, frame: Frame) -> str | None:
    """The part of a candidate that is a proper name no document mentions; None when it is no other body."""
    words = list(tagged(candidate))
    for start in range(len(words)):
        name = "".join(word for word, _ in words[start:])
        if len(name) < 3 and words[start][1] not in _NAME_TAGS:
            continue
        if frame.wording.said(name, frame.documents):
            return None
        if words[start][1] in _NAME_TAGS or _PLACE.fullmatch(name):
            proper = words[start][1] in _NAME_TAGS or _is_office(name, frame)
            return name if proper else None
    return None


def _is_office(name: str, frame: Frame) -> bool:
    """财政局, 教育局: an office by its last word, of which no document speaks."""
    return len(name) >= 3 and tagged(name)[-1][1].startswith("n") and not frame.wording.known(name[-3:])


def _region(understood: Understanding, frame: Frame) -> Reply | None:
    """The finances of a whole region, where a body's own disclosure is held."""
    terms, text = frame.wording.terms, understood.linked.text
    whole = next((w for w in terms.whole_region if w in text), "")
    if not whole or not any(word in text for word in terms.fiscal):
        return None
    fiscal = re.compile(rf"{re.escape(whole)}[^，。？]{{0,12}}(?:{'|'.join(map(re.escape, terms.fiscal))})")
    match = fiscal.search(text)
    if match is None or frame.wording.said(match[0], frame.documents):
        return None
    query = understood.query
    if query is None or any(s.project for s in query.subjects):
        return None
    return refused(f"“{match[0]}”说的是整个地区；收录的只是一个单位自己的预算，不能回答。", _NOT_COLLECTED, frame)


# ---------------------------------------------------------------- what is not disclosed

def _fund(understood: Understanding, frame: Frame) -> Reply | None:
    """A kind of fund that no passage of the documents speaks of (国有资本经营预算 in a body that has none)."""
    for mention in understood.linked.mentions:
        scope = mention.sense.scope
        if scope is None or not scope.fund or mention.sense.document:
            continue
        if not frame.wording.said(scope.fund, frame.documents) and not frame.wording.said(mention.text, frame.documents):
            line = f"文件没有披露“{mention.text}”：表格和文字里都没有这一项。"
            return refused(line, _NOT_DISCLOSED, frame)
    return None


def _undisclosed(understood: Understanding, frame: Frame) -> Reply | None:
    """Suppliers, personal pay, live balances …: held only where a document says the word itself."""
    text = understood.linked.text
    for aspect in frame.wording.terms.undisclosed:
        word = next((w for w in aspect.words if w in text), "")
        if not word or (aspect.companions and not any(c in text for c in aspect.companions)):
            continue
        if not aspect.companions and frame.wording.said(word, frame.documents):
            continue
        if understood.text is not None and understood.text.need in (Need.DEFINITION, Need.CONTRADICTION):
            continue
        return refused(f"文件没有披露这方面的内容（{aspect.name}），不能回答。", _NOT_DISCLOSED, frame)
    return None


def off_topic(topic: str, frame: Frame) -> Reply:
    """Nothing in the documents covers the question: unrelated words, or a subject that is not disclosed."""
    words = frame.wording.content_words(topic)
    known = [w for w in words if frame.wording.known(w)]
    if words and len(known) * 2 < len(words) or not words:
        return refused("这个问题与已收录的预算文件无关，或文件没有涉及，不能回答。", _OFF_TOPIC, frame)
    return refused(f"文件没有披露与“{''.join(words)}”有关的内容，不能回答。", _NOT_DISCLOSED, frame)


def amount_not_given(parts: Parts, frame: Frame) -> str:
    """The names of a question that the documents say without an amount."""
    return "、".join(w for w in frame.wording.weighty(parts.linked.text) if frame.wording.said(fold(w), frame.documents))
