"""How years are printed: one pattern each, shared by every reader."""

from __future__ import annotations

import re

YEAR_DIGITS = r"(?:19|20)\d{2}"
YEAR = re.compile(rf"({YEAR_DIGITS})\s*年度?")  # 2021年, 2021 年度; group 1: the digits
BARE_YEAR = re.compile(rf"({YEAR_DIGITS})年?度?")  # as in headers and titles, where 年 may be missing
