"""What a measurement runs in a fresh process: `python -m eval.probe first|memory|warm|ingest …` prints one JSON line."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path


def peak_memory_mb() -> float:
    """The largest resident size this process has had (Linux: VmHWM, which unlike ru_maxrss starts anew on exec)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(kilobytes) / 1024


def main(arguments: list[str]) -> None:
    """`first INDEX QUESTION`: one answer. `memory INDEX SUITE`: the peak after a suite. `warm`: opens the index.
    `ingest INDEX FOLDER`: reads every PDF of a folder into a new index; the peak is that of the largest process.

    INDEX "" is the built-in one.
    """
    task, index, *rest = [*arguments, ""]
    if task == "ingest":
        _told(_ingested(Path(rest[0]), Path(index)))
        return
    from assistant import Assistant

    assistant = Assistant.open(Path(index) if index else None)
    told: dict[str, object] = {}
    if task == "first":
        told["status"] = str(assistant.ask(rest[0]).to_dict()["status"])
    elif task == "memory":
        from eval.running import run
        from eval.samples import load_suite

        samples = load_suite(Path(rest[0]))
        told["cases"] = sum(1 for _ in run(samples, assistant, pairs=False))
    told["memory_mb"] = peak_memory_mb()
    _told(told)


def _ingested(folder: Path, index: Path) -> dict[str, object]:
    """How many files failed, and the peak of this process and of those it started."""
    from index.build import ingest

    report = ingest(sorted(folder.rglob("*.pdf")), index)
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {"failed": len(report.failed), "memory_mb": max(children, peak_memory_mb())}


def _told(told: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
