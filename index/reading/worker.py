"""What runs in the process that opens one office file or web page: bytes on standard input → its parts as JSON.

Output: one line {"parts": bytes that follow} or {"error": reason}. A file that breaks a library ends the process.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable, Mapping
from importlib import import_module

from index.reading.content import Part, TooMuch, Unreadable, encoded

READERS: Mapping[str, str] = {
    ".docx": "index.reading.docx:read_docx",
    ".htm": "index.reading.html:read_html",
    ".html": "index.reading.html:read_html",
    ".xls": "index.reading.xls:read_xls",
    ".xlsx": "index.reading.xlsx:read_xlsx",
}


def main(suffix: str, memory: int, seconds: int) -> None:
    """Read standard input as a file of this suffix, within `memory` bytes of address space and `seconds` of CPU."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    module, name = READERS[suffix].split(":")
    read: Callable[[bytes], tuple[Part, ...]] = getattr(import_module(module), name)
    try:
        parts = encoded(read(sys.stdin.buffer.read()))
    except Unreadable as error:
        _say({"error": str(error)})
    except TooMuch:
        _say({"error": "content"})
    except MemoryError:
        _say({"error": "memory"})
    else:
        _say({"parts": len(parts)})
        sys.stdout.buffer.write(parts)
        sys.stdout.buffer.flush()


def _say(message: Mapping[str, object]) -> None:
    sys.stdout.buffer.write(json.dumps(message).encode() + b"\n")
    sys.stdout.buffer.flush()
