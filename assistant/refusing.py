"""The kinds of nothing: another body, another year, execution figures, facts no budget holds, off topic.

A refusal is decided from what the index holds, before any figure is looked up, and says what it does hold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant import elsewhere
from assistant.answer import Status
from assistant.catalog import Catalog
from assistant.question import fold
from assistant.reply import Reply
from assistant.shapes import Linked
from assistant.text_terms import Undisclosed, load
from assistant.understanding import Need, Understanding
from assistant.wording import Wording, tagged

_NAME_TAGS = ("ns", "nt", "nr", "nz")
_ARITHMETIC = re.compile(r"\d\s*[+＋\-*×÷/]\s*\d")
_OFFICE = 4
_CODE_LENGTH = 5
_LEAST_OFFICE = 2
_GAP = 10
_CLOSE = 6
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
    checks = (_year, _execution, _body, _region, _fund, _code, _sum, _undisclosed)
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
    if understood.linked.has("next_year") and not understood.linked.has(*_AMOUNTS, "max", "min", "list"):
        return None  # 会不会影响下一年的预算: nothing of that year is asked
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
    inherited = understood.query is not None and any(s.project for s in understood.query.subjects)
    chosen = parts.has("actual") and _offers_choice(understood.linked, frame)
    if (
        not (chosen or _spent(parts.linked))
        or (parts.projects or inherited)
        and parts.years != (frame.year,)
        or understood.missing
        or parts.has("definition", "reason", "contradiction")
    ):
        return None
    if chosen:
        named = parts.subjects or parts.contexts or parts.nouns
        return None if named else _stage(frame)
    if understood.text is not None and (understood.query is None or understood.text.need is Need.MANNER):
        return None
    stages = {d.stage for d in frame.catalog.documents if not frame.documents or d.key in frame.documents}
    if "决算" in stages:
        return None
    years = [y for y in parts.years if y != frame.year]
    if years and parts.nouns:
        return None
    return refused("收录的是预算文件，没有实际支出、执行进度或决算数，不能回答。", _NOT_COLLECTED, frame)


def _spent(linked: Linked) -> bool:
    """Is what was spent asked for, not what is meant to be (打算用掉多少)?"""
    actual = [m for m in linked.mentions if m.has("actual")]
    meant = [m.start for m in linked.mentions if m.has("intended") and not m.sense.names]
    firm = any(word in m.text for m in actual for word in load().firm)
    return bool(actual) and (firm or not any(start < actual[0].start for start in meant))


def _offers_choice(linked: Linked, frame: Frame) -> bool:
    """预算数还是决算数: both stages are named as alternatives, and the document's own answers it."""
    offered = any(word in linked.text for word in frame.wording.terms.alternatives)
    return offered and linked.has("budgeted", "planned")


def _stage(frame: Frame) -> Reply:
    """Which stage the figures of the documents are of."""
    entries = [d for d in frame.catalog.documents if not frame.documents or d.key in frame.documents]
    lines = tuple(f"{d.title or d.body}所列的是**{d.year or ''}年{d.stage}数**。" for d in entries[:3])
    note = "预算数是计划安排的数，不是已经花出去的实际支出或决算数。" if any(d.stage == "预算" for d in entries) else ""
    return Reply((*lines, *((note,) if note else ())), rule="stage")


# ---------------------------------------------------------------- other bodies, whole regions


def _body(understood: Understanding, frame: Frame) -> Reply | None:
    """A named place or body that the documents never mention."""
    linked = understood.linked
    bodies = _bodies(frame)
    organ = (
        _other_organ(linked.text, frame)
        or elsewhere.region(linked, bodies, frame.wording)
        or elsewhere.place(linked, frame.wording, frame.documents)
        or (elsewhere.foreign(linked, own, bodies, frame.wording) if (own := _own_accounts(linked, frame)) else None)
    )
    if organ is not None:
        return refused(f"没有收录“{organ}”的资料，不能回答。", _NOT_COLLECTED, frame)
    taken = [(m.start, m.end) for m in linked.mentions if m.sense.names or m.sense.project or m.sense.document]
    for start, name in _proper_names(linked.text, frame):
        if any(a <= start and start + len(name) <= b for a, b in taken):
            continue
        if any(m.start <= start < m.end for m in linked.mentions if m.via == "body"):
            continue
        if any(start < m.end and m.start < start + len(name) == m.end for m in linked.mentions if m.has("self")):
            continue  # 那府办: cut wrongly before a word for the body itself
        if elsewhere.leads_to_body(start + len(name), name, linked):
            continue  # 湖北省武汉市江汉区…
        if not name.isascii() and not _said_whole(name, frame):
            return refused(f"没有收录“{name}”的资料，不能回答。", _NOT_COLLECTED, frame)
    return None


def _own_accounts(linked: Linked, frame: Frame) -> tuple[str, ...]:
    """The linked accounts, where none of them is also budgeted inside a project."""
    names = tuple(n for m in linked.mentions if m.via == "exact" for n in m.sense.names)
    entries = [frame.catalog.by_name[n] for n in names if n in frame.catalog.by_name]
    projects = any(m.sense.project for m in linked.mentions) or any(e.projects for e in entries)
    return () if projects else names


def _bodies(frame: Frame) -> list[str]:
    """The bodies that the documents in scope are of."""
    return [fold(d.body) for d in frame.catalog.documents if not frame.documents or d.key in frame.documents]


def _said_whole(name: str, frame: Frame) -> bool:
    """Do the documents speak of a name, or of what it is without the verb that was cut with it (大河镇能)?"""
    offices = frame.wording.terms.offices
    cut = (name[:end] for end in range(len(name), _LEAST_OFFICE, -1) if name[:end].endswith(offices))
    forms = (name,) if name.endswith(offices) else (name, *cut)
    return any(frame.wording.said(form, frame.documents) for form in forms)


def _other_organ(text: str, frame: Frame) -> str | None:
    """The office of another level or organ than the bodies that are held ("市政府办公厅", "区委办")."""
    organs = frame.wording.terms.organs
    names = {name: group for group in organs.groups for name in group}
    pattern = rf"([{''.join(organs.levels)}])({'|'.join(names)})(?:{'|'.join(organs.offices)})"
    bodies = _bodies(frame)
    for match in re.finditer(pattern, text):
        held = any(match[1] + name in body for name in names[match[2]] for body in bodies)
        if not held and not frame.wording.said(match[0], frame.documents):
            return match[0]
    return None


def _proper_names(text: str, frame: Frame) -> list[tuple[int, str]]:
    """Names of places and bodies in a question, with where each starts: a proper noun with what makes it a place or
    body ("江岸" + "区"), and common nouns that end like an office ("财政局")."""
    offices = frame.wording.terms.offices
    words = tagged(text)
    found: list[tuple[int, str]] = []
    place = 0
    for number, (word, tag) in enumerate(words):
        following = words[number + 1][0] if number + 1 < len(words) else ""
        if tag in _NAME_TAGS and len(word) > 1:
            if word.endswith(offices):
                found.append((place, word + following if following in offices else word))
            elif following.startswith(offices) and len(following) <= _OFFICE:
                found.append((place, word + following))
        elif (
            tag.startswith("n")
            and len(word) > _LEAST_OFFICE
            and word.endswith(offices)
            and not word.endswith(frame.wording.terms.kinds)
            and not frame.wording.known(word)
        ):
            found.append((place, word))
        place += len(word)
    return found


def _region(understood: Understanding, frame: Frame) -> Reply | None:
    """The finances of a whole region, where a body's own disclosure is held."""
    terms, text = frame.wording.terms, understood.linked.text
    if (named := _of_named_region(text, frame)) and not frame.wording.said(named, frame.documents):
        return refused(f"“{named}”说的是整个地区；收录的只是一个单位自己的预算，不能回答。", _NOT_COLLECTED, frame)
    if len(_bodies(frame)) == 1 and (every := elsewhere.all_bodies(understood.linked)) is not None:
        return refused(f"“{every}”说的是许多单位；收录的只是一个单位自己的预算，不能回答。", _NOT_COLLECTED, frame)
    whole = next((w for w in terms.whole_region if w in text), "")
    if not whole or not any(word in text for word in terms.fiscal):
        return None
    fiscal = re.compile(rf"{re.escape(whole)}[^，。？]{{0,12}}(?:{'|'.join(map(re.escape, terms.fiscal))})")
    match = fiscal.search(text)
    if match is None or frame.wording.said(match[0], frame.documents):
        return None
    if any(m.has("self") and match.start() < m.start < match.start() + len(whole) for m in understood.linked.mentions):
        return None  # 我区政府办的预算
    query = understood.query
    if query is None or any(s.project for s in query.subjects):
        return None
    return refused(f"“{match[0]}”说的是整个地区；收录的只是一个单位自己的预算，不能回答。", _NOT_COLLECTED, frame)


def _of_named_region(text: str, frame: Frame) -> str:
    """A bare name of the bodies' own region with what only a region has ("江汉区2021年税收收入"); "" when none."""
    levels = "".join(frame.wording.terms.organs.levels)
    bodies = _bodies(frame)
    regions = {region for body in bodies for region in re.findall(rf"[^{levels}]{{2,6}}[{levels}]", body)}
    if not regions:
        return ""
    names, what = ("|".join(map(re.escape, group)) for group in (regions, frame.wording.terms.regional))
    match = re.search(rf"(?:{names})(?:的|(?:19|20)\d\d年度?|今年|本年|全年|本级|一年)*(?:{what})", text)
    return match[0] if match else ""


# ---------------------------------------------------------------- what is not disclosed


def _fund(understood: Understanding, frame: Frame) -> Reply | None:
    """A kind of fund that no passage of the documents speaks of (国有资本经营预算 in a body that has none)."""
    for mention in understood.linked.mentions:
        scope = mention.sense.scope
        if scope is None or not scope.fund or mention.sense.document:
            continue
        held = scope.fund in frame.catalog.funds or frame.wording.said(scope.fund, frame.documents)
        if not held and not frame.wording.said(mention.text, frame.documents):
            line = f"文件没有披露“{mention.text}”：表格和文字里都没有这一项。"
            return refused(line, _NOT_DISCLOSED, frame)
    return None


def _code(understood: Understanding, frame: Frame) -> Reply | None:
    """An account code that no table prints, with no other name beside it that has a figure."""
    mentions = understood.linked.mentions
    codes = [m.code for m in mentions if m.code and len(m.code) >= _CODE_LENGTH]
    known = {code for entry in frame.catalog.names for code in entry.codes}
    if not codes or known.intersection(codes) or any(m.sense.names and m.via == "exact" for m in mentions):
        return None
    return refused(f"文件里没有编码为“{'、'.join(codes)}”的科目，也没有它的金额。", _NOT_DISCLOSED, frame)


def _undisclosed(understood: Understanding, frame: Frame) -> Reply | None:
    """Suppliers, personal pay, live balances …: held only where a document says the word itself."""
    text = _asking(understood.linked, frame)
    for aspect in frame.wording.terms.undisclosed:
        word = next((w for w in aspect.words if _within(w, text)), "")
        beside = _near(aspect, text, frame) if aspect.near else any(c in text for c in aspect.companions)
        if not word or (aspect.companions and not beside):
            continue
        if not aspect.companions and frame.wording.said(word, frame.documents):
            continue
        if understood.text is not None and understood.text.need in (Need.DEFINITION, Need.CONTRADICTION):
            continue
        if _of_past_project(understood) and not aspect.companions and not aspect.unrelated:
            continue  # 2019年没花完，账上剩多少: its own figures are printed
        if aspect.unrelated:
            return refused("这个问题与已收录的预算文件无关，不能回答。", _OFF_TOPIC, frame)
        return refused(f"文件没有披露这方面的内容（{aspect.name}），不能回答。", _NOT_DISCLOSED, frame)
    return None


def _asking(linked: Linked, frame: Frame) -> str:
    """A question without its opening, which says who asks or what for (卖电脑的供应商问：…, 想投标，…), where what stands
    behind it names a thing of its own."""
    opening = re.match(r"[^，：]*", linked.text)
    said, terms = opening[0] if opening else "", frame.wording.terms.opening
    named = any(m.start > len(said) and (m.sense.names or m.sense.project) for m in linked.mentions)
    opens = said.startswith(terms.starts) or said.endswith(terms.ends)
    return linked.text[len(said) :] if named and opens else linked.text


def _of_past_project(understood: Understanding) -> bool:
    """Is a figure of a project asked for, of a year that its form tells the spending of?"""
    query, parts = understood.query, understood.parts
    return query is not None and bool(parts.stages) and any(s.project and s.years for s in query.subjects)


def _within(word: str, text: str) -> bool:
    """Does a text hold a word, or the two parts of one that takes something between them ("中了.标")?"""
    before, gap, after = word.partition(".")
    return bool(re.search(rf"{re.escape(before)}.{{0,{_GAP}}}?{re.escape(after)}", text)) if gap else word in text


def _near(aspect: Undisclosed, text: str, frame: Frame) -> bool:
    """A companion close before one of the words, unless it begins a name that the documents say (区长专线)."""
    words, companions = ("|".join(map(re.escape, group)) for group in (aspect.words, aspect.companions))
    return any(
        not frame.wording.said(match[0][: len(match[1]) + 2], frame.documents)
        for match in re.finditer(rf"({companions})[^，。？；]{{0,{_CLOSE}}}(?:{words})", text)
    )


def _sum(understood: Understanding, frame: Frame) -> Reply | None:
    """Bare arithmetic that names nothing."""
    linked = understood.linked
    senses = [m.sense for m in linked.mentions]
    named = any(s.names or s.project or s.noun or s.attribute for s in senses) or any(m.code for m in linked.mentions)
    if named or not _ARITHMETIC.search(linked.text):
        return None
    return refused("这个问题与已收录的预算文件无关，不能回答。", _OFF_TOPIC, frame)


def off_topic(topic: str, frame: Frame) -> Reply:
    """Nothing in the documents covers the question: unrelated words, or a subject that is not disclosed."""
    words = [w for w in frame.wording.content_words(topic) if len(w) > 1]
    words = [w for w in words if not any(w in body for body in frame.wording.bodies)]
    known = [w for w in words if frame.wording.known(w)]
    nouns = [w for w, tag in tagged(topic) if tag.startswith("n") and tag not in _NAME_TAGS and len(w) > 1]
    said = any(frame.wording.said(noun, frame.documents) for noun in nouns)
    if not said and (not words or len(known) * 2 < len(words)):
        return refused("这个问题与已收录的预算文件无关，或文件没有涉及，不能回答。", _OFF_TOPIC, frame)
    return refused(f"文件没有披露与“{''.join(words) or topic}”有关的内容，不能回答。", _NOT_DISCLOSED, frame)
