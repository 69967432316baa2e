"""A measurement in a process of its own: `eval.probe` started, timed, and its one line read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from eval.samples import BenchError

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_S = 300.0


def probe(*arguments: str, patience_s: float = PATIENCE_S, **environment: str) -> tuple[float, Mapping[str, Any]]:
    """Milliseconds from starting `python -m eval.probe` to its line, and the line. Raises BenchError if it fails."""
    started = time.perf_counter()
    done = subprocess.run(  # noqa: S603 - our own module, arguments as a list
        [sys.executable, "-m", "eval.probe", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=patience_s,
        check=False,
    )
    elapsed = (time.perf_counter() - started) * 1000
    if done.returncode != 0:
        last = done.stderr.strip().splitlines()[-1:] or ["没有输出"]
        raise BenchError(f"子进程失败：{last[0]}", remedy=f"请单独运行 python -m eval.probe {' '.join(arguments)}")
    told: Mapping[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return elapsed, told
