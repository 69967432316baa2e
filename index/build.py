"""Ingest: files → evidence → SQLite, lexical index and vectors, published by one atomic switch.

A built index is a directory of numbered generations and a `CURRENT` file naming the one in use. A new generation is
written aside from a copy of the current one, checked, and then named; readers of the old one are undisturbed, and a
build that dies leaves what was there before. SQLite is the truth: lexical index and vectors are made from it.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from index import database
from index.audit import audit
from index.chunking import chunk_document
from index.derivation import derive_previous
from index.document import Document
from index.embedding import open_embedder
from index.errors import BudgetIndexError, DocumentError, IndexDamaged, IndexMissing, StoreUnwritable
from index.evidence import Chunk, Evidence
from index.facts import table_facts
from index.holders import one_name
from index.joint_rows import joined
from index.lexical import indexed_text, write_lexical
from index.naming import name_totals
from index.nested_items import nest_items
from index.performance import read_forms
from index.reading import read_document
from index.statements import read_statements, statement_facts
from index.storing import Writer, read_chunks, remove_document
from index.vectors import write_vectors

BUILT_IN = "jianghan-2021"
LEXICAL_NAME = "lexical"
VECTORS_NAME = "vectors"
_CURRENT = "CURRENT"
_STAGING = ".building-"
_KEPT_GENERATIONS = 2


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: `key` when stored, `error` (Chinese, with its remedy) when not."""

    path: str
    key: str = ""
    error: str = ""
    unchanged: bool = False
    facts: int = 0
    findings: int = 0


@dataclass(frozen=True, slots=True)
class IngestReport:
    outcomes: tuple[Outcome, ...]
    directory: Path

    @property
    def failed(self) -> tuple[Outcome, ...]:
        return tuple(o for o in self.outcomes if o.error)


Progress = Callable[[str, int, int], None]


def built_in_path() -> Path:
    """The disclosure shipped with the project."""
    return Path(str(files("index").joinpath("data").joinpath(f"{BUILT_IN}.txt")))


def understand_document(document: Document) -> Evidence:
    """Everything known from one document."""
    tables = one_name(table_facts(document), document.identity.body)
    statements = read_statements(document)
    forms = read_forms(document)
    figures = joined(tables)
    prose = statement_facts(document, statements, figures)
    stated = (*figures, *prose, *forms.facts)
    derived = derive_previous(document, stated, statements)
    facts = (*figures, *prose, *derived)
    findings = audit(document, (*facts, *forms.facts), statements, forms)
    chunks = chunk_document(document, tables, statements, forms)
    return Evidence(nest_items(name_totals(facts)), statements, forms, findings, chunks)


def current(directory: Path) -> Path:
    """The generation in use. Raises IndexMissing or IndexDamaged."""
    try:
        name = (directory / _CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError as error:
        if directory.is_dir() and any(directory.glob("g[0-9]*")):
            raise IndexDamaged(f"索引没有建完：{directory}", remedy=database.BUILD_ANEW) from error
        raise IndexMissing(f"没有找到索引：{directory}", remedy="请先运行 budget ingest 建立索引") from error
    except (OSError, UnicodeDecodeError) as error:
        raise IndexDamaged(f"索引读不出来：{directory}（{error}）", remedy="请检查目录权限，或重新建立索引") from error
    generation = directory / name
    if not name or not (generation / database.DATABASE_NAME).is_file():
        raise IndexDamaged(f"索引不完整：{generation}", remedy=database.BUILD_ANEW)
    return generation


def ensure_built_in(directory: Path, *, embedding_model: str | None = None, progress: Progress | None = None) -> Path:
    """The generation in use, building the built-in disclosure first where there is no usable index yet.

    An index of another version or a damaged one that holds only the built-in document is rebuilt; one that holds
    a person's own documents is left alone and reported.
    """
    try:
        generation = current(directory)
        database.open_read_only(generation / database.DATABASE_NAME).close()
        return generation
    except IndexMissing:
        pass
    except BudgetIndexError:
        if not _holds_only_built_in(directory):
            raise
    report = ingest([built_in_path()], directory, embedding_model=embedding_model, progress=progress, fresh=True)
    if report.failed:
        raise IndexDamaged(f"内置文件没有建成索引：{report.failed[0].error}", remedy="请重新安装本项目")
    return current(directory)


def ingest(
    paths: Sequence[Path],
    directory: Path,
    *,
    key: str | None = None,
    embedding_model: str | None = None,
    progress: Progress | None = None,
    fresh: bool = False,
) -> IngestReport:
    """Read files into the index at `directory`; documents already there stay unless their key is read again.

    A file that cannot be read is reported in its Outcome and the others go on. Nothing is published when
    nothing new was read. Raises StoreUnwritable, or IndexDamaged when the existing index cannot be built upon.
    """
    with _sole_writer(directory):
        _sweep(directory)
        previous = None if fresh else _existing(directory)
        staging = Path(tempfile.mkdtemp(prefix=_STAGING, dir=directory))
        try:
            connection = _database(staging, previous)
            outcomes = tuple(_load(paths, key, connection, progress))
            if not any(o.key and not o.unchanged for o in outcomes):
                connection.close()
                return IngestReport(outcomes, directory)
            _check(connection)
            chunks = read_chunks(connection)
            connection.commit()
            connection.close()
            _write_retrieval(staging, chunks, embedding_model, progress)
            _publish(staging, directory)
        except (OSError, sqlite3.OperationalError) as error:
            raise StoreUnwritable(f"写索引失败：{error}", remedy="请检查磁盘空间与目录权限") from error
        finally:
            shutil.rmtree(staging, ignore_errors=True)
        return IngestReport(outcomes, directory)


def _load(
    paths: Sequence[Path], key: str | None, connection: sqlite3.Connection, progress: Progress | None
) -> Iterator[Outcome]:
    writer = Writer(connection)
    loaded: dict[str, Path] = {}
    for position, path in enumerate(paths, 1):
        if progress:
            progress(str(path), position, len(paths))
        try:
            document = read_document(path, key)
            namesake = loaded.setdefault(document.key, path)
            stored = connection.execute("SELECT content_hash FROM documents WHERE key = ?", (document.key,)).fetchone()
            if stored is not None and stored[0] == document.content_hash:
                yield Outcome(str(path), document.key, unchanged=True)
                continue
            if namesake is not path:
                clash = f"{path} 与 {namesake} 的键都是“{document.key}”，没有收录"
                raise DocumentError(clash, remedy="请单独导入，并用 --key 另取一个键")
            evidence = understand_document(document)
            if stored is not None:
                remove_document(connection, document.key)
            writer.add(document, evidence, path.name)
        except BudgetIndexError as error:
            yield Outcome(str(path), error=str(error))
            continue
        facts = len(evidence.facts) + len(evidence.forms.facts)
        yield Outcome(str(path), document.key, facts=facts, findings=len(evidence.findings))


def _sweep(directory: Path) -> None:
    """Remove what builds that were killed have left: only the holder of the lock builds here."""
    for left in directory.glob(f"{_STAGING}*"):
        shutil.rmtree(left, ignore_errors=True)


def _database(staging: Path, previous: Path | None) -> sqlite3.Connection:
    path = staging / database.DATABASE_NAME
    if previous is None:
        return database.create(path)
    shutil.copyfile(previous / database.DATABASE_NAME, path)
    return database.open_for_writing(path)


def _existing(directory: Path) -> Path | None:
    try:
        generation = current(directory)
    except IndexMissing:
        return None
    database.open_read_only(generation / database.DATABASE_NAME).close()
    return generation


def _check(connection: sqlite3.Connection) -> None:
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    documents = connection.execute("SELECT count(*) FROM documents").fetchone()[0]
    if broken or not documents:
        raise IndexDamaged("新建的索引没有通过自检", remedy="请把出错的文件报告给维护者；原有索引没有改动")


def _write_retrieval(
    staging: Path, chunks: Sequence[Chunk], embedding_model: str | None, progress: Progress | None
) -> None:
    if progress:
        progress("检索索引", 0, 0)
    write_lexical(staging / LEXICAL_NAME, chunks)
    embedder = open_embedder(embedding_model or None)
    ids = range(1, len(chunks) + 1)
    write_vectors(staging / VECTORS_NAME, ids, [indexed_text(chunk) for chunk in chunks], embedder)


def _publish(staging: Path, directory: Path) -> None:
    numbers = sorted(int(p.name[1:]) for p in directory.glob("g[0-9]*") if p.name[1:].isdigit())
    name = f"g{(numbers[-1] if numbers else 0) + 1:06d}"
    staging.rename(directory / name)
    pointer = directory / f".{_CURRENT}-{os.getpid()}"
    pointer.write_text(name + "\n", encoding="utf-8")
    os.replace(pointer, directory / _CURRENT)
    for number in numbers[: 1 - _KEPT_GENERATIONS]:
        shutil.rmtree(directory / f"g{number:06d}", ignore_errors=True)


@contextmanager
def _sole_writer(directory: Path) -> Iterator[None]:
    try:
        directory.mkdir(parents=True, exist_ok=True)
        handle = (directory / ".lock").open("w")
    except OSError as error:
        raise StoreUnwritable(
            f"索引目录不能写入：{directory}（{error.strerror}）",
            remedy="请换一个目录（--index 或 BUDGET_INDEX_DIR），或修改权限",
        ) from error
    with handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _holds_only_built_in(directory: Path) -> bool:
    try:
        connection = sqlite3.connect(database.address(current(directory) / database.DATABASE_NAME), uri=True)
        keys = [row[0] for row in connection.execute("SELECT key FROM documents")]
    except (BudgetIndexError, sqlite3.Error):
        return True
    return keys == [BUILT_IN]
