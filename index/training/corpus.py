"""Development documents → headings, paragraphs and table rows, roughly: good enough to learn words from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_NUMERAL = "[一二三四五六七八九十]"
_HEADINGS = (
    re.compile(rf"第{_NUMERAL}+(?:部分|章)[\s、]*(.{{2,40}})"),
    re.compile(rf"{_NUMERAL}+、(.{{2,40}})"),
    re.compile(rf"[（(]{_NUMERAL}+[)）](.{{2,40}})"),
)
_ITEM = re.compile(r"\d{1,2}[、.．]\D")
_PAGE_NUMBER = re.compile(r"[-—\s]*\d{1,4}[-—\s]*|第\s*\d+\s*页.*")
_AMOUNT = re.compile(r"(?<![\d.])-?[\d,]*\d\.\d{1,2}(?![\d.])|(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d.])")
_TITLE = re.compile(r"[^。；，]{4,30}表")
_ENDS = "。；：！？"


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph and the headings above it, outermost first."""

    headings: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """A printed row: the table's title, the row's name, the whole line."""

    title: str
    name: str
    line: str


@dataclass(frozen=True, slots=True)
class Material:
    """What is learned from one document."""

    passages: tuple[Passage, ...]
    rows: tuple[TableRow, ...]


def document_texts(paths: list[Path]) -> Iterator[str]:
    """The plain text of every .txt and .pdf among `paths` and below the directories among them, in order."""
    for path in paths:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.suffix == ".txt":
                yield file.read_text(encoding="utf-8")
            elif file.suffix == ".pdf":
                yield _pdf_text(file)


def _pdf_text(path: Path) -> str:
    import pypdfium2  # type: ignore[import-untyped, unused-ignore]

    document = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def read_material(text: str) -> Material:
    """Split a document's text into passages under headings and table rows."""
    passages: list[Passage] = []
    rows: list[TableRow] = []
    headings: list[str] = []
    title, pending = "", ""

    def finish() -> None:
        nonlocal pending
        if len(pending) >= 8:
            passages.append(Passage(tuple(headings), pending))
        pending = ""

    for raw in text.splitlines():
        spaced = " ".join(raw.split())
        line = spaced.replace(" ", "")
        if not line or _PAGE_NUMBER.fullmatch(line):
            continue
        amounts = _AMOUNT.findall(spaced)
        if amounts and not any(sign in line for sign in "。；，：元") and (name := _row_name(spaced)):
            finish()
            rows.append(TableRow(title, name, line))
            continue
        if _TITLE.fullmatch(line):
            finish()
            title = line
            continue
        level = next((level for level, pattern in enumerate(_HEADINGS) if pattern.match(line)), None)
        if level is None:
            if _ITEM.match(line):
                finish()
            pending += line
        elif len(line) <= 40 and line[-1] not in _ENDS and "：" not in line:
            finish()
            headings[level:] = [line]
        else:
            finish()
            pending = line
        if pending and pending[-1] in _ENDS and len(pending) > 20:
            finish()
    finish()
    return Material(tuple(passages), tuple(rows))


def _row_name(line: str) -> str:
    """The Chinese words before the first amount of a table row ("" if there are hardly any)."""
    first = _AMOUNT.search(line)
    name = re.sub(r"[\d\s.、]+", "", line[: first.start()] if first else line)
    return name if 2 <= len(name) <= 30 else ""
