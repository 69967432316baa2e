"""BM25 over character 1- and 2-grams: needs no word segmentation, no model, and half a millisecond.

On disk an index is five NumPy arrays and a small JSON file, opened by memory map. A posting list holds
the chunks of one n-gram with the whole BM25 weight of that n-gram in each, so that scoring a query is
adding slices. N-grams are 42-bit integers (two code points), looked up by binary search.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.data_files import DATA, invalid, load_text
from index.errors import IndexDamaged, IndexMissing
from index.evidence import Chunk

FORMAT = 1
_ARRAYS = ("ngrams", "starts", "postings", "weights", "labels")
_QUESTION_WORDS = DATA / "question_words.txt"
_BITS = 21  # a code point
_CHUNK_BITS = 64 - 2 * _BITS
# Chunks run from a form's eight characters to a paragraph's four hundred: the usual 1.2 and 0.75 favour the short
# ones too much. Chosen on the suite and on 440 questions over 26 development documents (MRR +.03 and ±.00).
_SATURATION = 0.9  # k1
_LENGTH_WEIGHT = 0.4  # b

Keys = NDArray[np.uint64]
Scores = NDArray[np.float32]


def normalise(text: str) -> str:
    """What n-grams are taken from: NFKC, lower case, everything but letters and digits a single space.

    Spaces between two Chinese characters are typesetting and vanish.
    """
    text = unicodedata.normalize("NFKC", text).lower()
    out: list[str] = []
    broken = False
    for char in text:
        if char.isspace():
            continue
        if not char.isalnum():
            broken = bool(out)
            continue
        if broken:
            out.append(" ")
            broken = False
        out.append(char)
    return "".join(out)


def indexed_text(chunk: Chunk) -> str:
    """The text a chunk is found by in both indexes: its heading, unless the text says it, then the text."""
    return chunk.text if chunk.heading in chunk.text else f"{chunk.heading}：{chunk.text}"


@cache
def question_words() -> tuple[tuple[str, str], ...]:
    """(word, what stands for it in a query: mostly nothing) of `data/question_words.txt`, longest word first."""
    lines = [line.strip() for line in load_text(_QUESTION_WORDS).splitlines()]
    pairs = [line.partition("=") for line in lines if line and not line.startswith("#")]
    words = {normalise(word): normalise(instead) for word, _, instead in pairs}
    if not words or "" in words or len(words) != len(pairs):
        raise invalid(_QUESTION_WORDS, "没有词、有空词或有重复")
    return tuple(sorted(words.items(), key=lambda entry: (-len(entry[0]), entry)))


def query_text(question: str) -> str:
    """A question without the words that only ask: "请问公务接待费是多少" → "公务接待费".

    A question made of nothing else is returned whole.
    """
    whole = normalise(question)
    rest = whole
    for word, instead in question_words():
        rest = rest.replace(word, f" {instead} ")
    rest = " ".join(rest.split())
    return rest or whole


def _ngrams(text: str) -> Keys:
    """The 1- and 2-grams of a normalised text, repeated as often as they occur; none spans a space."""
    points = np.frombuffer(text.encode("utf-32-le"), dtype="<u4").astype(np.uint64)
    letters = points != 32
    single = points[letters]
    both = letters[:-1] & letters[1:]
    pairs = (points[:-1][both] << np.uint64(_BITS)) | points[1:][both]
    return np.concatenate([single, pairs])


class Match(NamedTuple):
    """A chunk id (1..n) and its BM25 score."""

    chunk_id: int
    score: float


@dataclass(frozen=True, eq=False)
class Lexical:
    """An opened index. `labels` has a row (document, kind) a chunk, as positions in the name lists."""

    ngrams: Keys
    starts: NDArray[np.int64]
    postings: NDArray[np.int32]
    weights: Scores
    labels: NDArray[np.int32]
    documents: tuple[str, ...]
    kinds: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.labels)

    def scores(self, question: str) -> Scores:
        """BM25 of every chunk, in order of chunk id (position 0 is chunk 1)."""
        total = np.zeros(len(self), dtype=np.float32)
        wanted = np.unique(_ngrams(query_text(question)))
        places = np.searchsorted(self.ngrams, wanted)
        for ngram, place in zip(wanted.tolist(), places.tolist(), strict=True):
            if place < len(self.ngrams) and int(self.ngrams[place]) == ngram:
                span = slice(int(self.starts[place]), int(self.starts[place + 1]))
                total[self.postings[span]] += self.weights[span]
        return total

    def allowed(
        self, documents: Collection[str] | None = None, kinds: Collection[str] | None = None
    ) -> NDArray[np.bool_] | None:
        """A mask over chunks of these documents and kinds; None when nothing is restricted."""
        mask: NDArray[np.bool_] | None = None
        for column, (names, chosen) in enumerate(((self.documents, documents), (self.kinds, kinds))):
            if chosen is not None:
                inside = np.array([name in chosen for name in names], dtype=np.bool_)
                part = inside[self.labels[:, column]] if len(self) else np.zeros(0, dtype=np.bool_)
                mask = part if mask is None else mask & part
        return mask

    def search(
        self,
        question: str,
        k: int,
        *,
        documents: Collection[str] | None = None,
        kinds: Collection[str] | None = None,
    ) -> tuple[Match, ...]:
        """The `k` best chunks that share an n-gram with the question, best first, ties in document order."""
        scores = self.scores(question)
        if (mask := self.allowed(documents, kinds)) is not None:
            scores = np.where(mask, scores, np.float32(0))
        return tuple(Match(place + 1, float(scores[place])) for place in best(scores, k))


def best(scores: Scores, k: int) -> list[int]:
    """Positions of the `k` largest positive scores, largest first, ties by position."""
    if k < len(scores):
        threshold = np.partition(scores, len(scores) - k)[len(scores) - k]
        found = np.flatnonzero((scores >= threshold) & (scores > 0))
    else:
        found = np.flatnonzero(scores > 0)
    order = np.lexsort((found, -scores[found]))
    return [int(place) for place in found[order][:k]]


def write_lexical(directory: Path, chunks: Sequence[Chunk]) -> None:
    """Write the index of `chunks` (ids 1..n by position) into `directory`, which is made if need be."""
    directory.mkdir(parents=True, exist_ok=True)
    documents = tuple(dict.fromkeys(chunk.source.document for chunk in chunks))
    kinds = tuple(dict.fromkeys(chunk.kind for chunk in chunks))
    place = {name: i for names in (documents, kinds) for i, name in enumerate(names)}
    rows = [(place[chunk.source.document], place[chunk.kind]) for chunk in chunks]
    arrays = _invert([_ngrams(normalise(indexed_text(chunk))) for chunk in chunks])
    arrays["labels"] = np.array(rows, dtype=np.int32).reshape(len(chunks), 2)
    for name in _ARRAYS:
        np.save(directory / f"{name}.npy", arrays[name])
    names = {"format": FORMAT, "chunks": len(chunks), "documents": documents, "kinds": kinds}
    (directory / "lexical.json").write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")


def _invert(grams: list[Keys]) -> dict[str, NDArray[Any]]:
    """N-grams of each chunk → sorted n-grams with posting lists and BM25 weights."""
    count = len(grams)
    if count >= 1 << _CHUNK_BITS:
        raise IndexDamaged(f"段落过多：{count}")
    lengths = np.array([len(part) for part in grams], dtype=np.float32)
    owner = np.repeat(np.arange(count, dtype=np.uint64), lengths.astype(np.int64))
    flat = np.concatenate([*grams, np.zeros(0, dtype=np.uint64)])
    occurrences = (flat << np.uint64(_CHUNK_BITS)) | owner
    del flat, owner
    pairs, frequency = np.unique(occurrences, return_counts=True)
    postings = (pairs & np.uint64((1 << _CHUNK_BITS) - 1)).astype(np.int32)
    ngrams, first, in_chunks = np.unique(pairs >> np.uint64(_CHUNK_BITS), return_index=True, return_counts=True)
    rarity = np.log1p((count - in_chunks + 0.5) / (in_chunks + 0.5))
    mean = float(lengths.mean()) if count else 1.0
    damping = _SATURATION * (1 - _LENGTH_WEIGHT + _LENGTH_WEIGHT * lengths / max(mean, 1.0))
    weights = np.repeat(rarity, in_chunks) * frequency * (_SATURATION + 1) / (frequency + damping[postings])
    starts = np.append(first, len(postings)).astype(np.int64)
    return {"ngrams": ngrams, "starts": starts, "postings": postings, "weights": weights.astype(np.float32)}


def open_lexical(directory: Path) -> Lexical:
    """Open what `write_lexical` wrote; IndexMissing or IndexDamaged if that cannot be."""
    description = directory / "lexical.json"
    if not description.is_file():
        raise IndexMissing(f"没有检索索引：{directory}", remedy="请重新建立索引")
    try:
        names = json.loads(description.read_text(encoding="utf-8"))
        arrays: dict[str, NDArray[Any]] = {
            name: np.load(directory / f"{name}.npy", mmap_mode="r", allow_pickle=False) for name in _ARRAYS
        }
        sound = (
            names["format"] == FORMAT
            and len(arrays["labels"]) == names["chunks"]
            and len(arrays["starts"]) == len(arrays["ngrams"]) + 1
            and len(arrays["postings"]) == len(arrays["weights"]) == int(arrays["starts"][-1])
        )
        documents, kinds = tuple(names["documents"]), tuple(names["kinds"])
    except (OSError, ValueError, KeyError, TypeError, IndexError, EOFError) as error:
        raise IndexDamaged(f"检索索引已损坏：{directory}", remedy="请重新建立索引") from error
    if not sound:
        raise IndexDamaged(f"检索索引前后不符：{directory}", remedy="请重新建立索引")
    return Lexical(**arrays, documents=documents, kinds=kinds)
