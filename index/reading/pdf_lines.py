"""Pages with their grids → the document's flow of text lines and tables, without page numbers and running heads."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from index.layout import tidy
from index.tables.grid_geometry import Flow, Glyph, Grid, Page, TextLine, bounds
from index.tables.grid_text import lines_of, text_of
from index.tables.grid_unruled import unruled_grids
from index.tables.kinds import KindRules, kind_rules
from index.tables.regions import is_title

_DASHES = r"[-－—–―‐‑─·•~～]"
_PAGE_NUMBER = re.compile(
    rf"(?:{_DASHES}{{1,2}}\s*)?\d{{1,4}}(?:\s*{_DASHES}{{1,2}})?|第\s*\d{{1,4}}\s*页(?:[\s,，、/]*共\s*\d{{1,4}}\s*页)?"
    r"|\d{1,4}\s*/\s*\d{1,4}|[ivxlcIVXLC]{1,6}"
)
_DIGITS = re.compile(r"\d+")
HEAD, FOOT = 0.14, 0.12  # shares of the page height where running heads and feet stand
MIN_RUNNING = 3  # pages
RUNNING_SHARE = 0.25
COMMON = 0.15  # of the full lines begin at the margin, at least
FEW_FULL = 6  # full lines that a page needs to tell its own margin
_SAME_HEIGHT = 4.0


def flow_of(pages: Sequence[Page], grids: Mapping[int, Sequence[Grid]]) -> Flow:
    """Everything that is text or table, page after page from top to bottom. `grids`: the ruled ones of each page."""
    lines = {page.number: text_lines(page, grids.get(page.number, ())) for page in pages}
    furniture = _furniture(pages, lines)
    kept = {number: [line for line in own if id(line) not in furniture] for number, own in lines.items()}
    unruled = unruled_grids(pages, kept)
    flow: Flow = []
    for page in pages:
        tables = unruled.get(page.number, [])
        items: list[TextLine | Grid] = [
            line for line in kept[page.number] if not any(_holds(grid, line) for grid in tables)
        ]
        items += [*grids.get(page.number, ()), *tables]
        flow += sorted(items, key=lambda item: (item.box[1], item.box[0]))
    return flow


def _holds(grid: Grid, line: TextLine) -> bool:
    return grid.box[1] - 1 <= (line.box[1] + line.box[3]) / 2 <= grid.box[3] + 1


def left_margins(flow: Flow, pages: Mapping[int, Page]) -> dict[int, float]:
    """By page: where the lines of running text begin. Only lines that reach the right edge tell.

    A page with few of them has the margin of the pages of its width.
    """
    lines = [item for item in flow if isinstance(item, TextLine)]
    by_width: dict[float, float] = {}
    for width in {page.width for page in pages.values()}:
        by_width[width] = _margin([line for line in lines if pages[line.page].width == width], 1) or 0.0
    by_page: dict[int, list[TextLine]] = defaultdict(list)
    for line in lines:
        by_page[line.page].append(line)
    return {number: _margin(by_page[number], FEW_FULL) or by_width[page.width] for number, page in pages.items()}


def _margin(lines: Sequence[TextLine], least: int) -> float | None:
    """The leftmost common beginning of the lines that reach as far right as the others; None with too few of them."""
    rights = sorted(line.box[2] for line in lines)
    edge = rights[int(len(rights) * 0.9)] if rights else 0.0
    full = Counter(round(line.box[0]) for line in lines if line.box[2] >= edge - 2 * line.size)
    if full.total() < least or least > 1 and len(full) < 2:
        return None
    common = [left for left, count in full.items() if count >= COMMON * full.total()]
    return float(min(common or full))


def text_lines(page: Page, grids: Sequence[Grid]) -> list[TextLine]:
    """The lines of a page outside its tables, top to bottom."""
    boxes = [grid.box for grid in grids]

    def outside(glyph: Glyph) -> bool:
        x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        return not any(b[0] <= x <= b[2] and b[1] <= y <= b[3] for b in boxes)

    found = []
    for glyphs in lines_of(glyph for glyph in page.glyphs if outside(glyph)):
        box = bounds([(g.left, g.top, g.right, g.bottom) for g in glyphs])
        found.append(TextLine(page.number, glyphs, text_of(glyphs).strip(), box=box))
    return found


def _furniture(pages: Sequence[Page], lines: Mapping[int, Sequence[TextLine]]) -> set[int]:
    """ids of the lines that belong to the page and not to the text."""
    rules = kind_rules()
    found: set[int] = set()
    running: dict[tuple[str, int], list[TextLine]] = defaultdict(list)
    for page in pages:
        own = lines[page.number]
        for order, line in enumerate(own):
            middle = (line.box[1] + line.box[3]) / 2 / page.height
            at_edge = order in {0, len(own) - 1} or line.box[1] >= own[-1].box[1] - _SAME_HEIGHT
            if not (middle < HEAD or middle > 1 - FOOT):
                continue
            if at_edge and _PAGE_NUMBER.fullmatch(line.text):
                found.add(id(line))
            elif not _names_table(line.text, rules):
                running[_DIGITS.sub("#", tidy(line.text)), middle > 0.5].append(line)
    for same in running.values():
        heights = Counter(round(line.box[3] / _SAME_HEIGHT) for line in same)
        most = max(heights.values())
        if len(same) >= MIN_RUNNING and len(same) >= RUNNING_SHARE * len(pages) and most * 2 >= len(same):
            found.update(id(line) for line in same)
    return found


def _names_table(text: str, rules: KindRules) -> bool:
    plain = tidy(text)
    return bool(
        is_title(plain, rules) or rules.unit.search(plain) or rules.body.match(plain) or rules.label.fullmatch(plain)
    )
