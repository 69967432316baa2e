"""Pairs → a saved SentenceTransformer: StaticEmbedding over characters, then Normalize."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from index.training.pairs import Pair

_UNKNOWN = "[UNK]"


@dataclass(frozen=True)
class Recipe:
    """What decides the model. `vocabulary` is the largest number of tokens kept."""

    dimension: int = 128
    vocabulary: int = 4000
    steps: int = 3000
    batch: int = 384
    rate: float = 0.01
    scale: float = 20.0
    seed: int = 0


def train(pairs: Sequence[Pair], recipe: Recipe, out: Path) -> float:
    """Train on `pairs`, save into `out`, return the mean loss of the last hundred steps."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
    from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding

    torch.set_num_threads(1)
    torch.manual_seed(recipe.seed)
    chance = random.Random(recipe.seed)  # noqa: S311 - reproducible, not secret
    tokenizer = character_tokenizer([text for pair in pairs for text in pair], recipe.vocabulary)
    static = StaticEmbedding(tokenizer, embedding_dim=recipe.dimension)
    model = SentenceTransformer(modules=[static, Normalize()], device="cpu")
    loss_of = MultipleNegativesRankingLoss(model, scale=recipe.scale)
    optimiser = torch.optim.Adam(model.parameters(), lr=recipe.rate)
    schedule = torch.optim.lr_scheduler.LinearLR(optimiser, 1.0, 0.05, total_iters=recipe.steps)
    last: list[float] = []
    for _ in range(recipe.steps):
        batch = _distinct_batch(pairs, recipe.batch, chance)
        columns = [model.preprocess([pair.query for pair in batch]), model.preprocess([pair.passage for pair in batch])]
        loss = loss_of(columns, torch.empty(0))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        last = [*last[-99:], float(loss.detach())]
    model.save_pretrained(str(out), create_model_card=False)
    for file in out.rglob("*.safetensors"):  # written for its owner alone; an installed package is read by others
        file.chmod(0o644)
    return sum(last) / len(last)


def _distinct_batch(pairs: Sequence[Pair], size: int, chance: random.Random) -> list[Pair]:
    """A random batch in which no query and no passage occurs twice: in-batch negatives must be negatives."""
    batch: dict[str, Pair] = {}
    passages: set[str] = set()
    for pair in chance.sample(pairs, min(size, len(pairs))):
        if pair.query not in batch and pair.passage not in passages:
            batch[pair.query] = pair
            passages.add(pair.passage)
    return list(batch.values())


def character_tokenizer(texts: Sequence[str], size: int) -> Tokenizer:
    """One token a character, the `size` commonest; NFKC, lower case, spaces and punctuation dropped."""
    normaliser = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Lowercase(), normalizers.Replace(Regex(r"[^\p{L}\p{N}]+"), "")]
    )
    counts = Counter(char for text in texts for char in normaliser.normalize_str(text))
    common = sorted(counts, key=lambda char: (-counts[char], char))[: size - 1]
    vocabulary = {token: place for place, token in enumerate([_UNKNOWN, *common])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token=_UNKNOWN))
    tokenizer.normalizer = normaliser
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex("."), behavior="isolated")
    return tokenizer
