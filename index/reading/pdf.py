"""A text PDF → `Document`: pages through a killable process, lattices, captions, prose between the tables."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from index.document import Document, Line, Position
from index.errors import UnreadableDocument
from index.layout import MAX_HEADING, lay_out
from index.reading.identity import identify
from index.reading.pdf_lines import Flow, flow_of, left_margins
from index.reading.pdf_process import PdfLimits, extract_pages
from index.tables.grid_captions import Found, find_tables, read_again
from index.tables.grid_geometry import Box, Page, TextLine
from index.tables.grid_rulings import ruled_grids
from index.tables.grid_tables import believed, rule_of, table_of
from index.tables.grid_unruled import reread
from index.tables.regions import PART, Region

FEW_GLYPHS = 10
MUCH_PICTURE = 0.4
LARGER = 1.15  # than most of the text: the least size of a title
CENTRED = 0.05  # of the page's width, between its middle and a title's
MOST_SHOWN = 12  # page numbers in a message
_FORMAT = "pdf"


def read_pdf(path: Path, key: str, limits: PdfLimits | None = None) -> Document:
    """Read a text PDF. Raises UnreadableDocument when it cannot be opened, breaks a limit or is only pictures."""
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableDocument(f"找不到文件 {path}", remedy="请检查路径是否正确") from error
    except OSError as error:
        raise UnreadableDocument(f"无法读取 {path}：{error.strerror}", remedy="请检查文件类型与权限") from error
    if not data:
        raise UnreadableDocument(f"文件 {path.name} 是空的", remedy="请重新下载后再试")
    pages = extract_pages(data, path.name, limits)
    scanned = scanned_pages(pages)
    if scanned and len(scanned) == sum(bool(page.glyphs) or page.picture > 0 for page in pages):
        raise UnreadableDocument(
            f"文件 {path.name} 的{shown_pages(scanned)}是扫描图片，没有文字层",
            remedy="请先用 OCR 软件识别成可检索的 PDF",
        )
    if not any(page.glyphs for page in pages):
        raise UnreadableDocument(f"文件 {path.name} 里没有文字", remedy="请确认它是文字版 PDF，而不是图片")
    return _document(pages, key, hashlib.sha256(data).hexdigest(), scanned)


def scanned_pages(pages: Sequence[Page]) -> tuple[int, ...]:
    """Numbers of the pages that are a picture without text."""
    return tuple(p.number for p in pages if len(p.glyphs) < FEW_GLYPHS and p.picture >= MUCH_PICTURE)


def shown_pages(numbers: Sequence[int]) -> str:
    """ "第 3、4、7 页", shortened when there are many."""
    shown = "、".join(str(n) for n in numbers[:MOST_SHOWN])
    return f"第 {shown}{' 等' if len(numbers) > MOST_SHOWN else ''} 页（共 {len(numbers)} 页）"


def _document(pages: Sequence[Page], key: str, content_hash: str, scanned: tuple[int, ...]) -> Document:
    by_number = {page.number: page for page in pages}
    flow = flow_of(pages, {page.number: ruled_grids(page) for page in pages})
    found = find_tables(flow)
    lines, starts, row_lines = _lines(flow, by_number)
    regions = tuple(_region(table, starts) for table in found)
    layout = lay_out(lines, regions, _titles(flow, starts, found, by_number))
    identity = identify(lines, layout)

    def place(page: int, box: Box) -> Position:
        line = _line_at(row_lines.get(page, ()), (box[1] + box[3]) / 2)
        return Position(page, line, by_number[page].displayed(box))

    tables = []
    for table, region, section in zip(found, layout.regions, layout.region_sections, strict=True):
        first = lines[region.first].position
        read = believed(table_of(table, section, first, place, identity.year))
        if read.confidence < 1 and (again := read_again(table, reread(by_number, table.grids))) is not None:
            read = believed(read, table_of(again, section, first, place, identity.year))
        tables.append(read)
    return Document(
        key=key,
        identity=identity,
        lines=lines,
        sections=layout.sections,
        paragraphs=layout.paragraphs,
        tables=tuple(tables),
        content_hash=content_hash,
        format=_FORMAT,
        pages=len(pages),
        unread_pages=scanned,
    )


RowLines = list[tuple[float, float, int]]  # top, bottom, line number


def _lines(flow: Flow, pages: Mapping[int, Page]) -> tuple[tuple[Line, ...], list[int], dict[int, RowLines]]:
    """Lines of the document; where each item of the flow begins in them; the lines of table rows by page."""
    margins = left_margins(flow, pages)
    lines: list[Line] = []
    starts: list[int] = []
    row_lines: dict[int, RowLines] = {}
    for item in flow:
        starts.append(len(lines))
        page = pages[item.page]
        if isinstance(item, TextLine):
            position = Position(item.page, len(lines) + 1, page.displayed(item.box))
            indent = max(0, round((item.box[0] - margins[page.number]) / (item.size / 2)))
            lines.append(Line(item.text, position, min(indent, 40)))
            continue
        for row in range(item.height):
            cells = [cell for cell in item.row_cells(row) if cell.row == row and cell.text]
            if not cells:
                continue
            top, bottom = item.rows[row], item.rows[row + 1]
            number = len(lines) + 1
            box = page.displayed((item.columns[0], top, item.columns[-1], bottom))
            lines.append(Line("  ".join(cell.text for cell in cells), Position(item.page, number, box)))
            row_lines.setdefault(item.page, []).append((top, bottom, number))
    starts.append(len(lines))
    return tuple(lines), starts, row_lines


def _titles(flow: Flow, starts: Sequence[int], tables: Sequence[Found], pages: Mapping[int, Page]) -> frozenset[int]:
    """Lines set large in the middle of the page over running text, in a document whose parts bear no number."""
    tabled = {at for table in tables for at in range(table.first, table.end)}
    prose = [item for at, item in enumerate(flow) if isinstance(item, TextLine) and at not in tabled]
    if not prose or any(PART.match(line.text) for line in prose):
        return frozenset()
    sizes = sorted(size for line in prose for size in [line.size] * len(line.text))
    least = sizes[len(sizes) // 2] * LARGER
    found = []
    for at, item in enumerate(flow[:-1]):
        below = flow[at + 1]
        if not isinstance(item, TextLine) or at in tabled or item.size < least or len(item.text) > MAX_HEADING:
            continue
        middle = abs((item.box[0] + item.box[2]) / 2 - pages[item.page].width / 2)
        if middle <= pages[item.page].width * CENTRED and isinstance(below, TextLine) and below.page == item.page:
            found.append(starts[at])
    return frozenset(found)


def _line_at(rows: Sequence[tuple[float, float, int]], y: float) -> int | None:
    """The number of the line that holds a height, or of the one nearest to it."""
    return min(rows, key=lambda row: max(row[0] - y, y - row[1]), default=(0.0, 0.0, None))[2]


def _region(table: Found, starts: Sequence[int]) -> Region:
    first, end = starts[table.first], starts[table.end]
    body = starts[next(i for i in range(table.first, table.end) if i >= table.caption.first)]
    return Region(rule_of(table, (), ()), table.caption.number, table.caption.title, first, body, end)
