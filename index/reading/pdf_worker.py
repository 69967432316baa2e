"""The killable process that opens one PDF: bytes on standard input → glyphs and ruling lines on standard output.

A script of its own: it imports nothing of the project, so that it starts in a twentieth of a second, and a file that
crashes or hangs it costs nothing but this process. Limits come as arguments and are enforced on itself.

Output: one JSON line {"pages": n} or {"error": reason, "page": p}, then for every page one JSON line
{"width", "height", "turn", "display", "glyphs", "rulings", "picture"} followed by the arrays it announces:
glyph code points (uint32), glyph angles (uint8, quarter turns relative to the page's own text, 255: slanted),
glyph boxes and baselines (float32: left, top, right, bottom, base), rulings (float32: left, top, right, bottom).
Coordinates are points from the top left of the page as its text reads.
"""

from __future__ import annotations

import ctypes
import json
import math
import resource
import sys
from array import array
from collections import Counter

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

SLANTED = 255
THIN = 3.0  # points: what is thinner is a line
SHORTEST = 2.0
MAX_DEPTH = 6  # of forms inside forms
MAX_SEGMENTS = 400  # of one path; longer ones are drawings
PASSWORD_ERROR = 4

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class TooMuch(Exception):
    """More glyphs or lines than any disclosure has."""


def main() -> None:
    """Arguments: address space in bytes, CPU seconds, pages, glyphs and rulings of the whole file."""
    memory, seconds, pages, glyphs, rulings = (int(text) for text in sys.argv[1:6])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    data = sys.stdin.buffer.read()
    out = sys.stdout.buffer
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        code = pdfium.FPDF_GetLastError()
        return _say({"error": "encrypted" if code == PASSWORD_ERROR else "broken"})
    count = pdfium.FPDF_GetPageCount(document)
    if count < 1:
        return _say({"error": "broken"})
    if count > pages:
        return _say({"error": "pages", "count": count})
    chunks: list[bytes] = []
    for number in range(count):
        page = pdfium.FPDF_LoadPage(document, number)
        if not page:
            return _say({"error": "broken", "page": number + 1})
        try:
            content = _Page(page, glyphs, rulings)
        except TooMuch:
            return _say({"error": "content", "page": number + 1})
        except MemoryError:
            return _say({"error": "memory", "page": number + 1})
        glyphs -= len(content.codes)
        rulings -= len(content.rulings) // 4
        chunks += content.encoded()
        pdfium.FPDF_ClosePage(page)
    _say({"pages": count})
    for chunk in chunks:
        out.write(chunk)
    out.flush()
    return None


def _say(message: dict[str, object]) -> None:
    sys.stdout.buffer.write(json.dumps(message).encode() + b"\n")
    sys.stdout.buffer.flush()


class _Page:
    """Glyphs and rulings of one page, turned so that its text runs from left to right."""

    def __init__(self, page: object, most_glyphs: int, most_rulings: int) -> None:
        self.page = page
        self.most_glyphs, self.most_rulings = most_glyphs, most_rulings
        self.rotation = pdfium.FPDFPage_GetRotation(page)
        width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
        self.size = (height, width) if self.rotation % 2 else (width, height)  # before rotation
        self.origin = self._origin()
        self.codes, self.angles = array("I"), array("B")
        self.boxes, self.rulings = array("f"), array("f")
        self.picture = 0.0
        raw = self._glyphs()
        counted = Counter(angle for _, angle, _, _ in raw if angle != SLANTED)
        self.turn = max(counted, key=lambda a: (counted[a], -a)) if counted else self.rotation
        for code, angle, box, base in raw:
            self.codes.append(code)
            self.angles.append(angle if angle == SLANTED else (angle - self.turn) % 4)
            left, top, right, bottom = self._turned(box)
            level = self._turned((base[0], base[1], base[0], base[1]))
            self.boxes.extend((left, top, right, bottom, level[3]))
        self._objects(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, IDENTITY, 0)

    def _origin(self) -> tuple[float, float]:
        box = [ctypes.c_float() for _ in range(4)]
        for get in (pdfium.FPDFPage_GetCropBox, pdfium.FPDFPage_GetMediaBox):
            if get(self.page, *box):
                return min(box[0].value, box[2].value), min(box[1].value, box[3].value)
        return 0.0, 0.0

    def _turned(self, box: Box) -> Box:
        """(left, bottom, right, top) in page space → (left, top, right, bottom) in reading space."""
        (width, height), (x, y) = self.size, self.origin
        left, bottom, right, top = box[0] - x, box[1] - y, box[2] - x, box[3] - y
        if self.turn == 0:
            return left, height - top, right, height - bottom
        if self.turn == 1:
            return bottom, left, top, right
        if self.turn == 2:
            return width - right, bottom, width - left, top
        return height - top, width - right, height - bottom, width - left

    def _glyphs(self) -> list[tuple[int, int, Box, tuple[float, float]]]:
        text = pdfium.FPDFText_LoadPage(self.page)
        if not text:
            return []
        found = []
        count = pdfium.FPDFText_CountChars(text)
        if count > self.most_glyphs:
            raise TooMuch
        box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        matrix = pdfium.FS_MATRIX()
        for index in range(count):
            code = pdfium.FPDFText_GetUnicode(text, index)
            if code in {10, 13, 32, 160, 0x3000} or pdfium.FPDFText_IsGenerated(text, index) == 1:
                continue
            pdfium.FPDFText_GetLooseCharBox(text, index, box)
            pdfium.FPDFText_GetCharOrigin(text, index, x, y)
            pdfium.FPDFText_GetMatrix(text, index, matrix)
            quarter = math.atan2(matrix.b, matrix.a) / (math.pi / 2)  # of the baseline: an italic's is level
            angle = round(quarter) % 4 if abs(quarter - round(quarter)) < 0.05 else SLANTED
            found.append((code, angle, (box.left, box.bottom, box.right, box.top), (x.value, y.value)))
        pdfium.FPDFText_ClosePage(text)
        return found

    def _objects(self, holder: object, count: object, get: object, matrix: Matrix, depth: int) -> None:
        """Thin paths and pictures are rulings; the edges of stroked rectangles too. Forms are entered."""
        sides = [ctypes.c_float() for _ in range(4)]
        for index in range(count(holder)):  # type: ignore[operator]
            item = get(holder, index)  # type: ignore[operator]
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
                inner = _multiplied(_matrix(item), matrix)
                self._objects(item, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, inner, depth + 1)
            elif kind in {pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE}:
                if not pdfium.FPDFPageObj_GetBounds(item, *sides):
                    continue
                box = (sides[0].value, sides[1].value, sides[2].value, sides[3].value)
                left, bottom, right, top = _moved(box, matrix)
                if min(right - left, top - bottom) < THIN:
                    self._rule((left, bottom, right, top))
                elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                    self.picture += (right - left) * (top - bottom) / (self.size[0] * self.size[1] or 1.0)
                else:
                    self._path(item, matrix)

    def _path(self, item: object, matrix: Matrix) -> None:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
        count = pdfium.FPDFPath_CountSegments(item)
        if count > MAX_SEGMENTS:
            return
        own = _multiplied(_matrix(item), matrix)
        x, y = ctypes.c_float(), ctypes.c_float()
        points: list[list[tuple[float, float]]] = []
        for index in range(count):
            segment = pdfium.FPDFPath_GetPathSegment(item, index)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
                return
            point = _applied(own, x.value, y.value)
            if kind == pdfium.FPDF_SEGMENT_MOVETO or not points:
                points.append([])
            points[-1].append(point)
            if pdfium.FPDFPathSegment_GetClose(segment) and points[-1]:
                points[-1].append(points[-1][0])
        for run in points:
            xs, ys = [p[0] for p in run], [p[1] for p in run]
            if min(max(xs) - min(xs), max(ys) - min(ys)) < THIN:
                self._rule((min(xs), min(ys), max(xs), max(ys)))
            elif stroke.value:
                for (x0, y0), (x1, y1) in zip(run, run[1:], strict=False):
                    if min(abs(x0 - x1), abs(y0 - y1)) < 1.0:
                        self._rule((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))

    def _rule(self, box: Box) -> None:
        if max(box[2] - box[0], box[3] - box[1]) < SHORTEST:
            return
        self.rulings.extend(self._turned(box))
        if len(self.rulings) > self.most_rulings * 4:
            raise TooMuch

    def encoded(self) -> list[bytes]:
        width, height = self.size if self.turn % 2 == 0 else self.size[::-1]
        head = {
            "width": width,
            "height": height,
            "turn": self.turn,
            "display": self.rotation,
            "glyphs": len(self.codes),
            "rulings": len(self.rulings) // 4,
            "picture": round(self.picture, 3),
        }
        arrays = (self.codes, self.angles, self.boxes, self.rulings)
        return [json.dumps(head).encode() + b"\n", *(part.tobytes() for part in arrays)]


def _matrix(item: object) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, found):
        return IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _multiplied(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _applied(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _moved(box: Box, matrix: Matrix) -> Box:
    if matrix == IDENTITY:
        return box
    corners = [_applied(matrix, x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


if __name__ == "__main__":
    main()
