"""A question as typed → a `Question` ready for linking.

Traditional characters become simplified, full-width becomes half-width, layout and quotes go, relative
years become years. What was changed in substance is kept, so that the answer can say what was understood.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any

import opencc

from assistant.data_files import load_toml
from assistant.errors import QuestionRejected
from index.numbers import parse_chinese

MAX_LENGTH = 500

_DROPPED = re.compile(r"[\s“”\"'‘’《》〈〉「」『』【】\[\]()（）{}·`*_#~^|\\]+")
_SEPARATORS = str.maketrans({",": "，", "?": "？", "!": "？", "！": "？", ";": "；", ":": "：", "。": "。", "~": "，"})
_DOTS = re.compile(r"(?<!\d)\.|\.(?!\d)")
_RUNS = re.compile(r"(?:，|。{2,}){2,}|。{2,}")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))|(?<=\d)，(?=\d{3}\.\d)")  # a full-width comma only before decimals
_YEAR_DIGITS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"零": "0"}
_CHINESE_YEAR = re.compile(r"[二一][〇零一二三四五六七八九]{3}(?=年)")
_SHORT_YEAR = re.compile(r"(?<!\d)([12]\d)年(?!度?内)")
_CJK = re.compile(r"[\u3400-\u9fff]")
_LATIN_UNIT = (
    (re.compile(r"(?i)wan(?=元|块|$)"), "万"),
    (re.compile(r"(?<=\d)[wW](?![a-zA-Z])"), "万"),
    (re.compile(r"(?<=\d)[kK](?![a-zA-Z])"), "千"),
)
_LETTER_O = re.compile(r"(?<=\d)[oO](?=\d)")
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_FORMAL_NUMBER = re.compile(r"[壹贰叁肆伍陆柒捌玖拾佰仟零〇一二三四五六七八九十百千万亿]{4,}(?=元|块)")
_SPLIT = re.compile(r"[？；。\n]+")


@dataclass(frozen=True, slots=True)
class Question:
    """`text` is folded for linking; `typed` is what the person wrote; `changed` if the difference matters."""

    typed: str
    text: str
    changed: bool = False


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@cache
def _dialect() -> tuple[tuple[str, str], ...]:
    """Regional words and what they stand for, longest first. Raises SemanticDataError."""
    return load_toml("dialect.toml", _longest_first)


def _longest_first(data: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    pairs = [(said, str(entry["means"])) for entry in data["word"] for said in entry["said"]]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def _asides() -> re.Pattern[str]:
    """What says nothing of what is asked: mere examples in a bracket or between dashes ("（办公费、印刷费之类的）"), and who asks
    ("作为人大代表我…"). Raises SemanticDataError."""
    return load_toml("grammar.toml", _aside)


def _aside(data: dict[str, Any]) -> re.Pattern[str]:
    examples, asker = ("|".join(map(re.escape, data[key])) for key in ("examples", "asker"))
    dashed = rf"[—–]{{1,2}}[^—–？。；]*(?:{examples})[—–]{{1,2}}"
    return re.compile(
        rf"[（(][^（）()]*(?:{examples})[）)]|{dashed}|^(?:{asker})[^，,：:。]{{2,10}}?(?:[，,：:]|(?=我|想))"
    )


def fold(text: str) -> str:
    """The form in which questions and names are compared: half-width, simplified, no spaces, quotes or brackets."""
    text = unicodedata.normalize("NFKC", text.replace("…", "，"))
    return _DROPPED.sub("", text).translate(_SEPARATORS)


def simplify(text: str) -> str:
    """Traditional → simplified characters."""
    return str(_converter().convert(text))


def normalise(typed: str, *, longest: int = MAX_LENGTH) -> Question:
    """Raises QuestionRejected for a question that is empty, too long, or has no Chinese in it at all."""
    stripped = "".join(c for c in typed if c.isprintable() or c.isspace()).strip()
    if not stripped:
        raise QuestionRejected("问题是空的", remedy="请输入一个问题，例如：公务接待费比上年减少多少？")
    if len(stripped) > longest:
        raise QuestionRejected(
            f"问题太长（{len(stripped)} 字，上限 {longest} 字）", remedy="请把要问的一句话单独提出来"
        )
    plain = _asides().sub("", unicodedata.normalize("NFKC", _THOUSANDS.sub("", stripped)))
    simplified = simplify(plain)
    text = "\n".join(fold(line) for line in simplified.splitlines())
    text = _RUNS.sub("，", _DOTS.sub("，", _LETTER_O.sub("0", text))).strip("，\n")
    for said, means in _dialect():
        text = text.replace(said, means)
    for pattern, unit in _LATIN_UNIT:
        text = pattern.sub(unit, text)
    text = _FORMAL_NUMBER.sub(_in_digits, text)
    text = _CHINESE_YEAR.sub(lambda m: "".join(_YEAR_DIGITS[c] for c in m[0]), text)
    text = _SHORT_YEAR.sub(lambda m: f"20{m[1]}年", text)
    if not _CJK.search(text) and not re.search(r"\d{3,}", text):
        raise QuestionRejected("没有看懂这个问题", remedy="请用中文提问，例如：三公经费一共多少？")
    return Question(typed=typed.strip(), text=text, changed=simplified != plain)


def _in_digits(match: re.Match[str]) -> str:
    """A sum of money in words, as it is put on a bill (贰拾万零伍仟 → 205000)."""
    number = parse_chinese(match[0].translate(_FORMAL))
    return match[0] if number is None else f"{number:f}"


def split(text: str) -> tuple[str, ...]:
    """Several questions in one → each of them, in order. Pieces without any word are dropped."""
    return tuple(piece for piece in _SPLIT.split(text) if len(piece.strip("，、：")) > 0)
