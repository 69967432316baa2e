"""Train the shipped embedding model on the bundled document and development documents.

    python -m index.training --out index/data/embedding --documents DIRECTORY

Reproducible on one core in a few minutes. Only weights are written, none of the documents' text.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from index.training.corpus import document_texts, read_material
from index.training.model import Recipe, train
from index.training.pairs import make_pairs

_BUNDLED = Path(__file__).parents[1] / "data" / "jianghan-2021.txt"


def main(arguments: list[str] | None = None) -> int:
    """Train and save; 0 when done."""
    parser = argparse.ArgumentParser(prog="python -m index.training", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="directory the model is saved in")
    parser.add_argument("--documents", type=Path, nargs="*", default=[], help=".pdf/.txt files or directories")
    parser.add_argument("--without-bundled", action="store_true", help="leave the bundled document out (to evaluate)")
    parser.add_argument("--dimension", type=int, default=Recipe.dimension)
    parser.add_argument("--vocabulary", type=int, default=Recipe.vocabulary)
    parser.add_argument("--steps", type=int, default=Recipe.steps)
    options = parser.parse_args(arguments)
    started = time.monotonic()
    paths = [*([] if options.without_bundled else [_BUNDLED]), *options.documents]
    texts = list(document_texts(paths))
    pairs = make_pairs([read_material(text) for text in texts])
    sys.stderr.write(f"{len(texts)} documents, {len(pairs)} pairs, {time.monotonic() - started:.0f} s\n")
    recipe = Recipe(dimension=options.dimension, vocabulary=options.vocabulary, steps=options.steps)
    loss = train(pairs, recipe, options.out)
    size = sum(path.stat().st_size for path in options.out.rglob("*") if path.is_file())
    sys.stderr.write(f"loss {loss:.3f}, {size / 1e6:.2f} MB, {time.monotonic() - started:.0f} s\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
