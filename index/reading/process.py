"""Running a reader in a process of its own: a file that hangs, crashes or swells it costs nothing but that process."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress

from index.errors import UnreadableDocument

_ALONE = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}  # threads of libraries reserve address space


def run_reader(arguments: Sequence[str], data: bytes, name: str, *, seconds: int, output: int) -> bytes:
    """Start this interpreter with `arguments`, give it `data`, and return what it writes: one line at least.

    `name` is what messages call the file. Raises UnreadableDocument when the process needs more than `seconds`,
    writes more than `output` bytes, or ends without a line.
    """
    process = subprocess.Popen(  # noqa: S603 - this interpreter, our own code, numbers as arguments
        [sys.executable, "-I", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **_ALONE},
    )
    expired = threading.Event()

    def expire() -> None:
        expired.set()
        process.kill()

    timer = threading.Timer(seconds, expire)
    timer.start()
    try:
        found = _exchange(process, data, output)
    finally:
        timer.cancel()
        process.kill()
        process.wait()
    if expired.is_set():
        raise UnreadableDocument(
            f"读取 {name} 超过 {seconds} 秒，已停止", remedy="请用其他软件重新另存后再试，或拆分文件"
        )
    if len(found) > output:
        raise UnreadableDocument(f"文件 {name} 的内容太多", remedy="请拆分文件后再试")
    if b"\n" not in found:
        raise broken_off(name)
    return found


def broken_off(name: str) -> UnreadableDocument:
    """The error for a process that ended before it had said all."""
    return UnreadableDocument(f"文件 {name} 已损坏，读取程序中途退出", remedy="请用其他软件重新另存后再试")


def _exchange(process: subprocess.Popen[bytes], data: bytes, most: int) -> bytes:
    """Send the file, then read at most one byte more than allowed."""
    if process.stdin is None or process.stdout is None:  # pragma: no cover - both are pipes
        return b""
    with suppress(BrokenPipeError):  # a process that ended does not read
        process.stdin.write(data)
    with suppress(BrokenPipeError):
        process.stdin.close()
    with process.stdout as stream:
        return stream.read(most + 1)
