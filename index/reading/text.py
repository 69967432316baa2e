"""A plain text file, usually taken out of a PDF → positioned lines.

`"\\f"` is a page break. Some tools flatten it to one leading space on the first line of the page;
that is only a hypothesis, adopted when a printed page number agrees with the count.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from index.document import Line, Position
from index.errors import UnreadableDocument

ENCODINGS = ("utf-8-sig", "gb18030")
_DASHES = r"[-－—–―‐‑─]"
_MARKED_NUMBER = re.compile(
    rf"{_DASHES}{{1,2}}\s*(\d{{1,3}})\s*{_DASHES}{{1,2}}|第\s*(\d{{1,3}})\s*页(?:[\s,，、/]*共\s*\d{{1,3}}\s*页)?"
)
_BARE_NUMBER = re.compile(r"\d{1,3}")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\ufffd]")
_MAX_CONTROL_SHARE = 0.01
MIN_RUNNING = 3  # pages


class TextLines(NamedTuple):
    """Lines without blanks and page numbers; `pages` is None when page breaks are unknown."""

    lines: tuple[Line, ...]
    pages: int | None


class _Raw(NamedTuple):
    number: int
    text: str
    page: int


def read_text(data: bytes, name: str) -> TextLines:
    """Lines of the file called `name`, numbered as in the file, with their page where it is known.

    Raises UnreadableDocument when the bytes are binary, in another encoding or have no Chinese text.
    """
    text = _decode(data, name)
    return paginate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def _decode(data: bytes, name: str) -> str:
    if b"\x00" in data:
        raise UnreadableDocument(f"文件 {name} 是二进制文件，不是文本", remedy="请提供 UTF-8 编码的 .txt 文本")
    for encoding in ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        break
    else:
        raise UnreadableDocument(f"文件 {name} 的编码无法识别", remedy="请另存为 UTF-8 或 GB18030 编码后再试")
    if len(_CONTROL.findall(text)) > _MAX_CONTROL_SHARE * len(text):
        raise UnreadableDocument(f"文件 {name} 含有大量控制字符，不是文本", remedy="请提供 UTF-8 编码的 .txt 文本")
    if not _HAN.search(text):
        raise UnreadableDocument(f"文件 {name} 里没有中文文字", remedy="请确认它是中文预算或决算公开文本")
    return text


def paginate(texts: Sequence[str]) -> TextLines:
    """File lines → content lines with pages; blank lines and page numbers are dropped."""
    if any("\f" in text for text in texts):
        raws, pages = _split_at_form_feeds(texts)
    else:
        raws, pages = _split_at_flattened(texts)
    known = pages is not None
    dropped = {raw.number for raw in raws if _printed_number(raw.text) is not None}
    if pages is not None:
        dropped |= _folios(raws) | _running(raws, pages)
    lines = tuple(
        Line(raw.text.strip(), Position(page=raw.page if known else None, line=raw.number), _indent(raw.text))
        for raw in raws
        if raw.number not in dropped
    )
    return TextLines(lines, pages)


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _split_at_form_feeds(texts: Sequence[str]) -> tuple[list[_Raw], int | None]:
    page = 1
    raws: list[_Raw] = []
    for number, text in enumerate(texts, 1):
        for order, piece in enumerate(text.split("\f")):
            page += order > 0
            if piece.strip():
                raws.append(_Raw(number, piece, page))
    return raws, max((raw.page for raw in raws), default=1)


def _split_at_flattened(texts: Sequence[str]) -> tuple[list[_Raw], int | None]:
    """Count pages by lines with exactly one leading space whose predecessor does not end in white space.

    A printed number one ahead of the count opens a page whose mark was lost with the number's own line.
    """
    page, agreed, disputed = 1, 0, 0
    raws: list[_Raw] = []
    for index, text in enumerate(texts):
        if not text.strip():
            continue
        previous = texts[index - 1] if index else ""
        opens = index > 0 and _indent(text) == 1 and not previous[-1:].isspace()
        if opens and raws and _BARE_NUMBER.fullmatch(last := raws[-1].text.strip()):
            agreed += int(last) == page
        page += opens
        if number := _printed_number(text):
            if number == page + 1:
                page, agreed = number, agreed + 1
            elif number == page:
                agreed += 1
            else:
                disputed += 1
        raws.append(_Raw(index + 1, text[1:] if opens else text, page))
    return raws, page if agreed > disputed else None


def _printed_number(text: str) -> int | None:
    match = _MARKED_NUMBER.fullmatch(text.strip())
    return int(match[1] or match[2]) if match else None


def _folios(raws: Sequence[_Raw]) -> set[int]:
    """Line numbers of bare page numbers: at a page's edge, and running with the count."""
    edges = [
        raw
        for index, raw in enumerate(raws)
        if _BARE_NUMBER.fullmatch(raw.text.strip())
        and (index in {0, len(raws) - 1} or raws[index - 1].page != raw.page or raws[index + 1].page != raw.page)
    ]
    offsets = Counter(int(raw.text) - raw.page for raw in edges)
    kept = {offset for offset, count in offsets.items() if count > 1 and count * 2 > len(edges)}
    return {raw.number for raw in edges if int(raw.text) - raw.page in kept}


def _running(raws: Sequence[_Raw], pages: int) -> set[int]:
    """Line numbers of running heads and feet: the same text at the edge of more than half of the pages."""
    edges: dict[int, tuple[_Raw, _Raw]] = {}
    for raw in raws:
        edges[raw.page] = (edges.get(raw.page, (raw, raw))[0], raw)
    repeated = Counter(text for pair in edges.values() for text in {raw.text.strip() for raw in pair})
    running = {text for text, count in repeated.items() if count >= MIN_RUNNING and count * 2 > pages}
    return {raw.number for pair in edges.values() for raw in pair if raw.text.strip() in running}
