"""When do two printed names mean the same thing? Spacing, quotation marks and brackets never matter."""

from __future__ import annotations

import re
import unicodedata

_BRACKETED = re.compile(r"[（(][^（）()]*[）)]")
_NOISE = re.compile(r"[\s　“”\"'‘’《》〈〉·、，,。.；;：:（）()【】\[\]\-—]")
_ORDINAL = re.compile(r"^(?:[一二三四五六七八九十]+、|\d+[、.．]|[（(](?:\d+|[一二三四五六七八九十]+)[）)]|其中[:：])+")


def compact(text: str) -> str:
    """Without any white space, full-width forms folded."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def key(name: str) -> str:
    """A name as compared: no ordinal, no brackets' marks, no quotation marks, no spaces."""
    return _NOISE.sub("", compact(_ORDINAL.sub("", name.strip())))


def core(name: str) -> str:
    """`key` without what stands in brackets: 一般行政管理事务（政府办公厅） → 一般行政管理事务."""
    stripped = _BRACKETED.sub("", _ORDINAL.sub("", name.strip()))
    return _NOISE.sub("", compact(stripped)) or key(name)


def bigrams(text: str) -> frozenset[str]:
    text = key(text)
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) or frozenset({text})


def likeness(a: str, b: str) -> float:
    """Dice coefficient of character bigrams, 0 … 1."""
    left, right = bigrams(a), bigrams(b)
    return 2 * len(left & right) / (len(left) + len(right))


def tail_match(a: str, b: str, shortest: int = 4) -> bool:
    """One name is the tail of the other, and the shared tail is long enough to be a name:
    按照对口来凤县大河镇 / 来凤县大河镇."""
    a, b = key(a), key(b)
    short, long = sorted((a, b), key=len)
    return len(short) >= shortest and long.endswith(short)
