"""A PDF's bytes → positioned pages, through a killable process (`pdf_worker`) with limits on everything it may use."""

from __future__ import annotations

import json
import unicodedata
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from index.errors import UnreadableDocument
from index.reading.process import broken_off, run_reader
from index.tables.grid_geometry import Glyph, Page, Ruling

WORKER = Path(__file__).with_name("pdf_worker.py")
SLANTED = 255
_MERGE = 1.5  # points between strokes of one line
_GAP = 3.0  # points that a line may be interrupted by
_RADICALS = (range(0x2E80, 0x2FE0), range(0xF900, 0xFB00))


@dataclass(frozen=True, slots=True)
class PdfLimits:
    """What one file may use. `memory` and `output` in bytes, `seconds` of wall and of CPU time."""

    size: int = 100 * 2**20
    pages: int = 2_000
    seconds: int = 120
    memory: int = 2**30
    glyphs: int = 5_000_000
    rulings: int = 2_000_000
    output: int = 256 * 2**20


def extract_pages(data: bytes, name: str, limits: PdfLimits | None = None) -> tuple[Page, ...]:
    """Pages of a PDF. `name` is what messages call the file.

    Raises UnreadableDocument when the file is too large, not a PDF, broken, encrypted, has too many pages, or
    needs more time or memory than `limits` allow.
    """
    limits = limits or PdfLimits()
    if len(data) > limits.size:
        raise UnreadableDocument(
            f"文件 {name} 太大（{len(data) / 2**20:.0f} MB，上限 {limits.size / 2**20:.0f} MB）",
            remedy="请拆分文件，或调高文件大小上限",
        )
    if b"%PDF-" not in data[:1024]:
        raise UnreadableDocument(f"文件 {name} 不是 PDF", remedy="请确认下载完整，或重新下载后再试")
    numbers = (limits.memory, limits.seconds, limits.pages, limits.glyphs, limits.rulings)
    command = [str(WORKER), *map(str, numbers)]
    return tuple(_decoded(run_reader(command, data, name, seconds=limits.seconds, output=limits.output), name))


_REASONS: Mapping[str, tuple[str, str]] = {
    "encrypted": ("文件 {name} 有密码保护", "请解除密码后再试"),
    "broken": ("文件 {name}{page}已损坏，无法解析", "请重新下载，或用其他软件另存为 PDF 后再试"),
    "pages": ("文件 {name} 有 {count} 页，超过上限", "请拆分文件，或调高页数上限"),
    "content": ("文件 {name}{page}的内容太多", "请拆分文件后再试"),
    "memory": ("读取 {name}{page}所需的内存超过上限", "请拆分文件，或调高内存上限"),
}


def _decoded(output: bytes, name: str) -> Iterator[Page]:
    try:
        end = output.index(b"\n")
        message = json.loads(output[:end])
        if "error" in message:
            text, remedy = _REASONS[message["error"]]
            page = f" 第 {message['page']} 页" if "page" in message else " "
            raise UnreadableDocument(text.format(name=name, page=page, count=message.get("count")), remedy=remedy)
        at = end + 1
        for number in range(1, message["pages"] + 1):
            end = output.index(b"\n", at)
            head = json.loads(output[at:end])
            at = end + 1
            parts = []
            for kind, count in (("I", 1), ("B", 1), ("f", 5)):
                part = array(kind)
                size = head["glyphs"] * count * part.itemsize
                part.frombytes(output[at : at + size])
                parts.append(part)
                at += size
            rulings = array("f")
            size = head["rulings"] * 4 * rulings.itemsize
            rulings.frombytes(output[at : at + size])
            at += size
            yield _page(number, head, parts, rulings)
    except (ValueError, KeyError, TypeError) as error:
        raise broken_off(name) from error


def _page(number: int, head: Mapping[str, Any], parts: list[array[Any]], rulings: array[float]) -> Page:
    codes, angles, boxes = parts
    glyphs = []
    for index, (code, angle) in enumerate(zip(codes, angles, strict=True)):
        if angle == SLANTED or code == 0:
            continue
        left, top, right, bottom, base = boxes[index * 5 : index * 5 + 5]
        if right > left and bottom > top:
            glyphs.append(Glyph(_character(code), left, top, right, bottom, base))
    flat, upright = [], []
    for index in range(0, len(rulings), 4):
        left, top, right, bottom = rulings[index : index + 4]
        if right - left >= bottom - top:
            flat.append(Ruling((top + bottom) / 2, left, right))
        else:
            upright.append(Ruling((left + right) / 2, top, bottom))
    return Page(
        number=number,
        width=float(head["width"]),
        height=float(head["height"]),
        glyphs=tuple(glyphs),
        horizontal=merged(flat),
        vertical=merged(upright),
        picture=float(head["picture"]),
        turn=int(head["turn"]),
        display=int(head["display"]),
    )


@cache
def _character(code: int) -> str:
    """A code point as text; radicals and compatibility forms, which fonts mix up with characters, made plain."""
    if any(code in part for part in _RADICALS):
        return unicodedata.normalize("NFKC", chr(code))
    try:
        return chr(code)
    except ValueError:
        return "\ufffd"


def merged(rulings: list[Ruling]) -> tuple[Ruling, ...]:
    """Strokes that continue or double one another become one line."""
    groups: list[list[Ruling]] = []
    for ruling in sorted(rulings):
        if groups and ruling.at - groups[-1][-1].at <= _MERGE and ruling.at - groups[-1][0].at <= 2 * _MERGE:
            groups[-1].append(ruling)
        else:
            groups.append([ruling])
    found = []
    for group in groups:
        at = sum(r.at for r in group) / len(group)
        start, end = None, 0.0
        for ruling in sorted(group, key=lambda r: r.start):
            if start is None:
                start, end = ruling.start, ruling.end
            elif ruling.start <= end + _GAP:
                end = max(end, ruling.end)
            else:
                found.append(Ruling(at, start, end))
                start, end = ruling.start, ruling.end
        if start is not None:
            found.append(Ruling(at, start, end))
    return tuple(found)
