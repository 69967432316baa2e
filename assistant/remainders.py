"""How many the rest of several are and what they get together, where a document prints the whole number, the exceptions
and what each of the rest gets (37个单位（其中三个单位6万元，其余每单位3万元的标准）)."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from assistant import figures as fig
from assistant.covering import amount_term, tell
from assistant.figures import Figure
from assistant.library import Library, search
from assistant.question import fold
from assistant.reply import Reply
from assistant.sentences import figures_in
from assistant.shapes import Linked
from assistant.wording import Term
from index.evidence import Dimension
from index.numbers import parse_number

_KIND = 2  # last characters of a name, that say what kind of thing it is (行政事业单位)
_TELLING = 2  # printed amounts by which alone a question means a sentence
_NUMBER = r"[\d一二两三四五六七八九十百]+"
_ONE = "[个家户名座所]?"
_SHARED = re.compile(
    rf"(?P<whole>{_NUMBER})(?P<unit>[个家户名座所])(?P<what>[一-龥]{{2,12}}?)[（(，,]?其中(?P<some>{_NUMBER}){_ONE}"
    rf"[一-龥]{{0,6}}?(?P<own>[\d.]+[万千]?元)[，,；;](?:其余|其他|余下|另外)[一-龥]{{0,3}}?每{_ONE}[一-龥]{{0,3}}?"
    rf"(?P<each>[\d.]+[万千]?元)"
)


def answer(linked: Linked, library: Library) -> Reply | None:
    """The rest, its number and its money; None where no rest is asked of, or no sentence tells what each of it gets."""
    if not linked.has("rest") or not (linked.has("ask_amount", "sum", "calculation", "count") or _asks_number(linked)):
        return None
    named = tuple(t for t in library.wording.terms_of(linked) if t.named or library.wording.said(t.word))
    asked = tuple(_as_printed(amount_term(m)) for m in linked.mentions if m.quantity is not None)
    for found in search(linked.text, (*named, *asked), library):
        text = fold(found.sentence.text)
        match = _SHARED.search(text)
        if match is None or any(library.wording.held(t, text) < 1 for t in asked):
            continue
        if match["what"][-_KIND:] not in linked.text and len(asked) < _TELLING:
            continue  # the rest of other things
        told = tell([found.sentence], (*named, *asked))
        rest, money = _worked_out(match, told)
        lines = (f"其余：**{rest.text}**（{rest.formula}）", f"{money.label}：**{money.text}**（{money.formula}）")
        return replace(told, lines=(*lines, *told.lines), figures=(money, rest, *told.figures), rule="remainder")
    return None


def _asks_number(linked: Linked) -> bool:
    return any(m.head_unit for m in linked.mentions)


def _as_printed(term: Term) -> Term:
    """An amount that is said without its 元 (六万)."""
    return replace(term, others=(*term.others, *(o.removesuffix("元") for o in term.others if o.endswith("万元"))))


def _worked_out(match: re.Match[str], told: Reply) -> tuple[Figure, Figure]:
    """The number of the rest, and what they get together."""
    whole, some = (parse_number(match[key]) or Decimal(0) for key in ("whole", "some"))
    unit = match["unit"]
    rest = Figure(
        "其余", whole - some, unit, Dimension.COUNT, 0, told.citations, f"{whole} − {some} = {whole - some} {unit}"
    )
    each = figures_in(match["each"], told.citations)[0]
    money = fig.in_unit(replace(each, amount=each.amount * rest.amount), each.unit)
    return rest, replace(money, label="其余合计", formula=f"{rest.digits} × {each.digits} = {money.text}")
