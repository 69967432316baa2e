"""Text → vector, with the SentenceTransformer in use: the embedded default or a configured model.

The default (`data/embedding`) is an ordinary saved SentenceTransformer of two modules, StaticEmbedding and
Normalize: a text's vector is the normalised mean of its tokens' vectors. That arithmetic needs NumPy and the
`tokenizers` library only, so a model of exactly this make is computed by `StaticEmbedder`, equal to
`SentenceTransformer.encode` within 1e-5, without torch's 5 seconds and 450 MB. Every other model is run by
`TransformerEmbedder`, which imports sentence-transformers when it is made. `engine="torch"` runs the default
through sentence-transformers as well.

No model is fetched from a network unless `allow_download` is given.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import EmbeddingUnavailable

DEFAULT_MODEL = Path(__file__).parent / "data" / "embedding"
Vectors = NDArray[np.float32]
_STATIC_MODULES = (("StaticEmbedding",), ("StaticEmbedding", "Normalize"))
_BATCH = 1024
_FINGERPRINTED = ("*.json", "*.safetensors", "*.bin", "*.txt", "*.model")


class Embedder(Protocol):
    """A model that turns texts into unit vectors, one row a text."""

    @property
    def fingerprint(self) -> str:
        """Changes when vectors of this model stop being comparable with stored ones."""

    @property
    def dimension(self) -> int: ...

    def encode_documents(self, texts: Sequence[str]) -> Vectors: ...

    def encode_query(self, text: str) -> Vectors:
        """One unit vector, shape (dimension,)."""


class StaticEmbedder:
    """A saved StaticEmbedding SentenceTransformer, computed by NumPy."""

    def __init__(self, directory: Path) -> None:
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        modules = _modules(directory)
        folder = directory / str(modules[0].get("path", ""))
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._weights: Vectors = load_file(str(folder / "model.safetensors"))["embedding.weight"].astype(np.float32)
        self.fingerprint = _fingerprint(directory)
        self.dimension = int(self._weights.shape[1])

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), _BATCH):
            batch = self._tokenizer.encode_batch(list(texts[start : start + _BATCH]), add_special_tokens=False)
            tokens = [encoding.ids for encoding in batch]
            filled = [place for place, ids in enumerate(tokens, start) if ids]
            if filled:
                lengths = np.array([len(ids) for ids in tokens if ids])
                every = np.concatenate([np.array(ids) for ids in tokens if ids])
                sums = np.add.reduceat(self._weights[every], np.cumsum(lengths) - lengths, axis=0)
                vectors[filled] = sums / lengths[:, np.newaxis]
        return _unit(vectors)

    def encode_query(self, text: str) -> Vectors:
        vector: Vectors = self.encode_documents([text])[0]
        return vector


class TransformerEmbedder:
    """Any SentenceTransformer, run by sentence-transformers on the CPU."""

    def __init__(self, name: str, *, allow_download: bool = False) -> None:
        if not allow_download:
            os.environ["HF_HUB_OFFLINE"] = "1"
        try:
            from sentence_transformers import SentenceTransformer

            self._model = SentenceTransformer(name, device="cpu", local_files_only=not allow_download)
            dimension = self._model.get_embedding_dimension()
        except Exception as error:  # noqa: BLE001 - hub, disk, format and torch all have errors of their own
            raise EmbeddingUnavailable(
                f"无法加载向量模型“{name}”（{type(error).__name__}）",
                remedy="请给出本机上的模型目录，或在允许下载后重试；不设置 BUDGET_EMBEDDING_MODEL 则使用内置模型",
            ) from error
        local = Path(name)
        self.dimension = int(dimension or self.encode_query("预算").shape[0])
        self.fingerprint = _fingerprint(local) if local.is_dir() else f"{name}@{self.dimension}"

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return _unit(np.asarray(self._model.encode_document(list(texts), show_progress_bar=False), dtype=np.float32))

    def encode_query(self, text: str) -> Vectors:
        vector = np.asarray(self._model.encode_query(text, show_progress_bar=False), dtype=np.float32)
        unit: Vectors = _unit(vector[np.newaxis])[0]
        return unit


def open_embedder(
    model: str | Path | None = None, *, allow_download: bool = False, engine: Literal["auto", "torch"] = "auto"
) -> Embedder:
    """The embedder of `model`: None for the embedded default, else a directory or a Hugging Face name.

    Raises EmbeddingUnavailable, with what to do, when it cannot be loaded.
    """
    directory = DEFAULT_MODEL if model is None else Path(model)
    if engine == "auto" and _is_static(directory):
        try:
            return StaticEmbedder(directory)
        except Exception as error:  # noqa: BLE001 - tokenizers raises bare Exception on a damaged file
            raise EmbeddingUnavailable(f"向量模型已损坏：{directory}", remedy="请重新安装或重新训练模型") from error
    return TransformerEmbedder(str(directory if model is None else model), allow_download=allow_download)


def _modules(directory: Path) -> list[dict[str, Any]]:
    modules: list[dict[str, Any]] = json.loads((directory / "modules.json").read_text(encoding="utf-8"))
    return modules


def _is_static(directory: Path) -> bool:
    """Whether the model is made of StaticEmbedding (and Normalize) alone, with no prompt before a text."""
    try:
        kinds = tuple(str(module["type"]).rsplit(".", 1)[-1] for module in _modules(directory))
        settings = json.loads((directory / "config_sentence_transformers.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return kinds in _STATIC_MODULES and not any(settings.get("prompts", {}).values())


def _fingerprint(directory: Path) -> str:
    """Hash of every file that decides a vector."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in _FINGERPRINTED for path in directory.rglob(pattern)}):
        digest.update(path.relative_to(directory).as_posix().encode())
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def _unit(vectors: Vectors) -> Vectors:
    """Rows scaled to length 1; a row of zeros stays."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Vectors = (vectors / np.maximum(lengths, 1e-12)).astype(np.float32)
    return scaled
