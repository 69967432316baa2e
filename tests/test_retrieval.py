"""Score fusion, filters, determinism, and what happens when the dense side cannot be had."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from index.document import Position, Source
from index.embedding import open_embedder
from index.errors import EmbeddingUnavailable
from index.evidence import Chunk
from index.lexical import indexed_text, open_lexical, write_lexical
from index.retrieval import Embedding, Hit, Retriever
from index.vectors import write_vectors


def chunk(text: str, document: str = "甲", kind: str = "prose", heading: str = "") -> Chunk:
    return Chunk(text, heading, kind, Source(document, heading, Position(1, 1), quote=text))


CHUNKS = (
    chunk("公务接待费1.16万元，比上年预算减少1.74万元。减少原因主要是厉行节约。", heading="（二）公务接待费"),
    chunk("公务用车运行维护费10万元，用于车辆的燃料费、维修费。", heading="（三）公务用车购置及运行维护费"),
    chunk("事业收入：指事业单位开展专业业务活动取得的收入。", kind="definition", heading="名词解释"),
    chunk("公务接待费3.20万元，与上年持平。", document="乙"),
    chunk("公开表7 30217 公务接待费：小计1.16", kind="row", heading="公开表7"),
)


def chunk_of(chunk_id: int) -> Chunk:
    return CHUNKS[chunk_id - 1]


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    write_lexical(tmp_path / "lexical", CHUNKS)
    write_vectors(tmp_path / "vectors", range(1, 6), [indexed_text(chunk) for chunk in CHUNKS], open_embedder())
    return tmp_path


@pytest.fixture
def retriever(directory: Path) -> Retriever:
    return Retriever(open_lexical(directory / "lexical"), chunk_of, directory / "vectors")


def found(hits: tuple[Hit, ...]) -> list[int]:
    return [CHUNKS.index(hit.chunk) + 1 for hit in hits]


def test_the_score_is_lexical_share_plus_weighted_cosine(retriever: Retriever) -> None:
    hits = retriever.search("公务接待费为什么减少", k=5)
    assert found(hits)[0] == 1
    assert hits[0].lexical == 1.0
    for hit in hits:
        assert hit.dense is not None
        assert hit.score == pytest.approx(hit.lexical + 0.25 * hit.dense)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert retriever.warnings == ()


def test_the_dense_side_finds_what_shares_no_character(retriever: Retriever, directory: Path) -> None:
    lexical = Retriever(open_lexical(directory / "lexical"), chunk_of)
    assert found(lexical.search("汽油", k=5)) == []
    assert len(retriever.search("汽油", k=5)) == 5


def test_filters(retriever: Retriever) -> None:
    assert found(retriever.search("公务接待费", documents=["乙"])) == [4]
    assert found(retriever.search("公务接待费", kinds={"row"})) == [5]
    assert retriever.search("公务接待费", documents=["未收录"]) == ()
    assert len(retriever.search("公务接待费", k=2)) == 2


def test_the_same_answer_cold_warm_and_again(directory: Path) -> None:
    def fresh() -> Retriever:
        return Retriever(open_lexical(directory / "lexical"), chunk_of, directory / "vectors")

    warm, cold = fresh(), fresh()
    warm.warm()
    questions = ("公务接待费", "车辆", "事业收入是什么", "", "？")
    answers = [cold.search(question) for question in questions]
    assert [warm.search(question) for question in questions] == answers
    assert [cold.search(question) for question in questions] == answers


def test_weight_zero_is_lexical_and_never_loads_the_rest(directory: Path) -> None:
    retriever = Retriever(open_lexical(directory / "lexical"), chunk_of, directory / "nowhere", dense_weight=0)
    hits = retriever.search("公务接待费减少")
    assert hits[0] == Hit(CHUNKS[0], 1.0, 1.0, None)
    assert retriever.warnings == ()


def remove(directory: Path) -> None:
    for path in sorted(directory.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()


def garble(directory: Path) -> None:
    (directory / "chroma.sqlite3").write_bytes(b"garbage" * 5000)


def fewer(directory: Path) -> None:
    write_vectors(directory, [1], ["公务接待费"], open_embedder())


@pytest.mark.parametrize(
    ("damage", "warning"), [(remove, "没有向量索引"), (garble, "向量索引打开失败"), (fewer, "向量索引有 1 段")]
)
def test_without_vectors_the_answer_is_lexical_with_a_warning_until_rebuilt(
    directory: Path, damage: Callable[[Path], None], warning: str
) -> None:
    damage(directory / "vectors")
    retriever = Retriever(open_lexical(directory / "lexical"), chunk_of, directory / "vectors")
    hits = retriever.search("公务接待费减少")
    assert (found(hits)[0], hits[0].score, hits[0].dense) == (1, 1.0, None)
    assert len(retriever.warnings) == 1
    assert warning in retriever.warnings[0]
    retriever.rebuild()
    assert retriever.warnings == ()
    assert retriever.search("公务接待费减少")[0].dense is not None


def test_a_model_that_cannot_be_loaded_gives_way_to_the_embedded_one(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unavailable(name: str, *, allow_download: bool) -> None:
        raise EmbeddingUnavailable(f"无法加载向量模型“{name}”", remedy="请检查")

    monkeypatch.setattr("index.embedding.TransformerEmbedder", unavailable)
    retriever = Retriever(
        open_lexical(directory / "lexical"), chunk_of, directory / "vectors", embedding=Embedding("不存在的模型")
    )
    assert retriever.search("公务接待费")[0].dense is not None
    assert retriever.warnings == ("无法加载向量模型“不存在的模型”。请检查；已改用内置向量模型",)


def test_vectors_of_another_model_are_not_mixed_in(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Other:
        fingerprint, dimension = "other", 4

    monkeypatch.setattr("index.retrieval.open_embedder", lambda *_, **__: Other())
    retriever = Retriever(open_lexical(directory / "lexical"), chunk_of, directory / "vectors")
    assert retriever.search("公务接待费")[0].dense is None
    assert "另一个模型" in retriever.warnings[0]


def test_as_a_langchain_retriever(retriever: Retriever) -> None:
    from index.langchain_retriever import BudgetRetriever

    documents = BudgetRetriever(retriever=retriever, k=1, kinds=("row",)).invoke("公务接待费")
    assert [document.page_content for document in documents] == [CHUNKS[4].text]
    assert documents[0].metadata["document"] == "甲"
    assert documents[0].metadata["kind"] == "row"


def test_searching_imports_neither_torch_nor_langchain(directory: Path) -> None:
    script = (
        "import sys\nfrom pathlib import Path\n"
        "from index.lexical import open_lexical\nfrom index.retrieval import Retriever\n"
        "assert 'chromadb' not in sys.modules\n"
        f"root = Path({str(directory)!r})\n"
        "retriever = Retriever(open_lexical(root / 'lexical'), lambda i: i, root / 'vectors')\n"
        "assert retriever.search('公务接待费')[0].dense is not None, retriever.warnings\n"
        "assert not {'torch', 'sentence_transformers', 'langchain_core'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", script], check=True, timeout=60)  # noqa: S603 - our script
