"""Amounts that a document prints for a single one: per head, per month, per piece (五险968元/人/月, 其余每单位3万元)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant import figures as fig
from assistant.covering import COVERED_BESIDE, tell, told
from assistant.figures import Figure
from assistant.library import Found, Library, search
from assistant.question import fold
from assistant.reply import Reply
from assistant.sentences import figures_in
from assistant.text_terms import load
from assistant.understanding import TextNeed
from assistant.wording import Term
from index.numbers import MONEY_UNITS

_FACTOR = r"(?P<amount>[\d.]+[千万]?元)(?P<per>)(?=[*×]|\d+[月期次份人])"  # the first factor of a printed product
_EACH_ASKED = re.compile(r"每一?个?([一-龥]{1,2}?)(?=能|可|得|拿|分|给|多少|要|花|是|有|平均|[，。？]|$)")
_EACH_PRINTED = re.compile(r"(?P<who>其余|其他|另外|余下)?每个?(?P<of>[一-龥]{1,2}?)(?P<amount>[\d.]+[千万]?元)")
_PER_UNIT = r"(?P<amount>[\d.]+[千万]?元)(?P<per>(?:[/、每][人月天年套本期份次辆村])+)"


def standard(need: TextNeed, library: Library) -> Reply | None:
    """What is printed for a single one right behind what is asked about; of several things, each, and where they are
    asked together and are of the same span, their sum."""
    if need.linked is None:
        return None
    terms = [t for t in library.wording.terms_of(need.linked) if not t.kind]
    for found in search(need.query, terms, library):
        if found.covered < COVERED_BESIDE:
            continue
        text = fold(found.sentence.text)
        behind = [(t, m) for t in terms if (m := _behind(_names(t), text)) is not None]
        alone = [(t, m) for t in terms if (m := _only(_names(t), text)) is not None] if not behind else []
        if behind or alone:
            return _priced(behind or alone[:1], found, terms, need)
    return None


def _names(term: Term) -> tuple[str, ...]:
    return (term.word, *term.others, *term.near)


def _priced(
    matches: Sequence[tuple[Term, re.Match[str]]], found: Found, terms: Sequence[Term], need: TextNeed
) -> Reply:
    """The standards of the things, with the sentence that prints them; the sum first where it is asked."""
    reply = told([found], terms)
    places = (found.sentence.citation,)
    unit = next((m.unit for m in need.linked.mentions if m.unit in MONEY_UNITS), "") if need.linked else ""
    own = [replace(figures_in(m["amount"], places, (t.word,))[0], label=t.word) for t, m in matches]
    lines = [_line(figure, match["per"], unit) for figure, (_, match) in zip(own, matches, strict=True)]
    figures = [fig.in_unit(figure, unit) for figure in own]
    months = _months(need.query) if len(own) == 1 and re.search(r"[/、每]月", matches[0][1]["per"]) else 0
    if months:
        year = fig.in_unit(replace(own[0], amount=own[0].amount * months), unit)
        formula = f"{own[0].digits} × {months} = {year.text}"
        lines.insert(0, f"{own[0].label}{months}个月：**{year.text}**（{formula}）")
        figures.insert(0, replace(year, formula=formula))
    if len(own) > 1 and need.linked is not None and need.linked.has("sum"):
        spans = {re.sub(r"\W", "", match["per"].replace("每", "")): match["per"] for _, match in reversed(matches)}
        if len(spans) == 1:
            total = fig.total("合计", fig.common_unit(tuple(figures)))
            lines.insert(0, f"合计：**{total.text}{next(iter(spans.values()))}**（{total.formula}）")
            figures.insert(0, total)
        else:
            lines.append("这几项的计算周期不同，不能直接相加。")
    rest = tuple(f for f in reply.figures if all(f.amount != figure.amount for figure in figures))
    return replace(reply, lines=(*lines, *reply.lines), figures=(*figures, *rest), rule="standard")


def _months(text: str) -> int:
    """Is a year asked of what is printed for a month?"""
    return 12 if any(word in text for word in load().whole_year) else 0


def _line(figure: Figure, per: str, unit: str) -> str:
    asked = fig.in_unit(figure, unit)
    also = f"，即 {asked.text}" if asked.unit != figure.unit else ""
    return f"{figure.label}：**{figure.text.replace(' ', '')}{per}**（文件所印的标准{also}）"


def each(need: TextNeed, library: Library) -> Reply | None:
    """The amount printed behind 每 and what the question counts by (每家拿多少: 其余每单位3万元)."""
    counted = _EACH_ASKED.search(need.query)
    if need.linked is None or counted is None:
        return None
    terms = library.wording.terms_of(need.linked)
    for found in search(need.query, terms, library):
        for match in _EACH_PRINTED.finditer(found.sentence.text) if found.covered >= COVERED_BESIDE else ():
            if library.wording.terms.same_counter(counted[1], match["of"]):
                reply = tell([found.sentence], terms)
                line = f"{match['who'] or ''}每{match['of']}：**{match['amount']}**（文件所印）"
                return replace(reply, lines=(line, *reply.lines), rule="standard")
    return None


def _behind(names: Sequence[str], text: str) -> re.Match[str] | None:
    """An amount for a single one right behind a name."""
    words = "|".join(map(re.escape, names))
    return re.search(rf"(?:{words}){_PER_UNIT}", text) or re.search(rf"(?:{words}){_FACTOR}", text)


def _only(names: Sequence[str], text: str) -> re.Match[str] | None:
    """The only amount for a single one in the item that holds a name."""
    words = "|".join(map(re.escape, names))
    items = [item for item in re.split(r"[；;。]", text) if re.search(words, item)]
    only = [match for item in items for match in re.finditer(_PER_UNIT, item)]
    return only[0] if len(only) == 1 else None
