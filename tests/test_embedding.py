"""The embedding model in use: the shipped one, and what happens when a model cannot be had."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index.embedding import DEFAULT_MODEL, StaticEmbedder, open_embedder
from index.errors import EmbeddingUnavailable

TEXTS = ("公务接待费1.16万元，比上年预算减少1.74万元。", "“三公”经费 ２０２１年", "", "罕見字𠮷 abc", "预算" * 300)


def test_the_shipped_model_is_small_and_standard() -> None:
    size = sum(path.stat().st_size for path in DEFAULT_MODEL.rglob("*") if path.is_file())
    modules = json.loads((DEFAULT_MODEL / "modules.json").read_text(encoding="utf-8"))
    assert size < 3_000_000
    assert [module["type"].rsplit(".", 1)[-1] for module in modules] == ["StaticEmbedding", "Normalize"]


def test_vectors_are_unit_and_a_text_without_words_is_zero() -> None:
    embedder = open_embedder()
    vectors = embedder.encode_documents(TEXTS)
    assert vectors.shape == (len(TEXTS), embedder.dimension)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 0, 1, 1], abs=1e-5)
    assert embedder.encode_query(TEXTS[0]) == pytest.approx(vectors[0], abs=1e-6)
    assert embedder.encode_documents([]).shape == (0, embedder.dimension)


def test_related_texts_are_closer_than_others() -> None:
    near, far = open_embedder().encode_documents(
        ["公务接待费支出情况说明", "住房公积金缴存比例"]
    ) @ open_embedder().encode_query("接待费用")
    assert near > far


def test_numpy_equals_sentence_transformers() -> None:
    script = (
        "import sys, numpy as np\n"
        "from index.embedding import open_embedder\n"
        f"texts = {TEXTS!r}\n"
        "torch, numpy_ = open_embedder(engine='torch'), open_embedder()\n"
        "assert 'torch' in sys.modules\n"
        "gap = np.abs(torch.encode_documents(texts) - numpy_.encode_documents(texts)).max()\n"
        "query = np.abs(torch.encode_query(texts[0]) - numpy_.encode_query(texts[0])).max()\n"
        "assert torch.fingerprint == numpy_.fingerprint and torch.dimension == numpy_.dimension\n"
        "assert max(gap, query) < 1e-5, (gap, query)\n"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", script], check=True, timeout=120)  # noqa: S603 - our script


def test_the_default_needs_no_torch() -> None:
    script = (
        "import sys\nfrom index.embedding import open_embedder\nopen_embedder().encode_query('预算')\n"
        "assert not {'torch', 'sentence_transformers', 'transformers'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)  # noqa: S603 - our script


def test_the_fingerprint_follows_the_weights(tmp_path: Path) -> None:
    copy = tmp_path / "model"
    shutil.copytree(DEFAULT_MODEL, copy)
    assert open_embedder(copy).fingerprint == open_embedder().fingerprint
    weights = next(copy.rglob("model.safetensors"))
    changed = bytearray(weights.read_bytes())
    changed[-1] ^= 1
    weights.write_bytes(bytes(changed))
    assert open_embedder(str(copy)).fingerprint != open_embedder().fingerprint


def test_a_damaged_model(tmp_path: Path) -> None:
    copy = tmp_path / "model"
    shutil.copytree(DEFAULT_MODEL, copy)
    next(copy.rglob("tokenizer.json")).write_text("{", encoding="utf-8")
    with pytest.raises(EmbeddingUnavailable, match="已损坏"):
        open_embedder(copy)


def test_a_model_with_a_prompt_is_not_computed_by_numpy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "model"
    shutil.copytree(DEFAULT_MODEL, copy)
    settings = copy / "config_sentence_transformers.json"
    content = json.loads(settings.read_text(encoding="utf-8"))
    settings.write_text(json.dumps({**content, "prompts": {"query": "检索：", "document": ""}}), encoding="utf-8")
    monkeypatch.setattr("index.embedding.TransformerEmbedder", lambda name, allow_download: (name, allow_download))
    assert open_embedder(copy) == (str(copy), False)
    assert isinstance(open_embedder(), StaticEmbedder)


def test_a_model_that_is_not_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)  # as if not installed: import fails
    with pytest.raises(EmbeddingUnavailable) as caught:
        open_embedder("BAAI/bge-small-zh-v1.5")
    assert "BAAI/bge-small-zh-v1.5" in str(caught.value)
    assert "内置模型" in caught.value.remedy
    assert os.environ["HF_HUB_OFFLINE"] == "1"
