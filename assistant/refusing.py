"""The kinds of nothing: another body, another year, execution figures, real-time facts, off topic.

A refusal is decided from what the index holds, before any figure is looked up, and says what it does hold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.answer import Status
from assistant.catalog import Catalog
from assistant.linking import Linked
from assistant.reply import Reply
from assistant.understanding import Understanding
from assistant.wording import Wording, _tagged

_PLACE = re.compile(r"[\u4e00-\u9fff]{1,6}?(?:省|市|区|县|局|委|厅|街道|镇|乡|旗|州|学校|医院|法院|检察院|大学|中心|公司|办事处)")
_NAME_TAGS = ("ns", "nt", "nr", "nz")


@dataclass(frozen=True, slots=True)
class Frame:
    """What the documents in scope are about. `text`: everything they say, folded, to look names up in."""

    catalog: Catalog
    year: int | None
    documents: tuple[str, ...]
    wording: Wording
    years_mentioned: frozenset[int]


def check(understood: Understanding, frame: Frame) -> Reply | None:
    """A refusal, or None when the question can be tried."""
    return _year(understood, frame) or _execution(understood, frame) or _body(understood.linked, frame)


def _holding(frame: Frame) -> str:
    entries = [d for d in frame.catalog.documents if not frame.documents or d.key in frame.documents]
    told = "；".join(f"{d.body}{d.year or ''}年{d.stage}" for d in entries[:3])
    more = f"等 {len(entries)} 份文件" if len(entries) > 3 else ""
    return f"已收录的是：{told}{more}。"


def _refused(line: str, reason: str, frame: Frame) -> Reply:
    return Reply((line, _holding(frame)), status=Status.ABSTAINED, reason=reason, rule="refusal")


def _year(understood: Understanding, frame: Frame) -> Reply | None:
    years = understood.parts.years
    outside = [y for y in years if y not in frame.catalog.years and y not in frame.years_mentioned]
    if years and len(outside) == len(years):
        told = "、".join(f"{y}年" for y in outside)
        return _refused(f"没有收录{told}的数据，不能回答。", "未收录", frame)
    return None


def _execution(understood: Understanding, frame: Frame) -> Reply | None:
    """Execution or final-account figures of a year for which only the budget is held."""
    parts = understood.parts
    if not parts.has("actual") or parts.projects or parts.has("definition", "reason"):
        return None
    query = understood.query
    if query is None and understood.text is not None:
        return None
    stages = {d.stage for d in frame.catalog.documents if not frame.documents or d.key in frame.documents}
    if "决算" in stages:
        return None
    years = [y for y in parts.years if y != frame.year]
    if years and understood.parts.nouns:
        return None
    return _refused("收录的是预算文件，没有实际支出、执行进度或决算数，不能回答。", "未收录", frame)


def _body(linked: Linked, frame: Frame) -> Reply | None:
    """A named place or body that the documents never mention."""
    for piece in linked.leftover:
        for word, tag in _tagged(piece):
            if len(word) < 2 or frame.wording.known(word):
                continue
            if tag in _NAME_TAGS or (_PLACE.fullmatch(word) and tag.startswith("n")):
                return _refused(f"没有收录“{word}”的资料，不能回答。", "未收录", frame)
    return None


def off_topic(topic: str, frame: Frame) -> Reply:
    """Nothing in the documents covers the question: unrelated words, or a subject that is not disclosed."""
    words = frame.wording.content_words(topic)
    known = [w for w in words if frame.wording.known(w)]
    if words and len(known) * 2 < len(words) or not words:
        return _refused("这个问题与已收录的预算文件无关，或文件没有涉及，不能回答。", "与预算无关", frame)
    return _refused(f"文件没有披露与“{''.join(words)}”有关的内容，不能回答。", "未披露", frame)
