"""The network: MiniLM encoder with shape embeddings, and the heads on the first piece of each word."""
from __future__ import annotations

import json
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn

from labels import Labels
from shapes import SHAPE_IDS

MASKED = -1e4


class Dropout(nn.Module):
    """Dropout that cuts its masks out of one long random mask, at random places: drawing fresh ones costs 8 % of a CPU step."""

    POOL = 1 << 23

    def __init__(self, p: float):
        super().__init__()
        self.p = p
        self._pool: torch.Tensor | None = None

    def forward(self, x):
        if not self.training:
            return x
        n = x.numel()
        if self._pool is None:
            self._pool = Dropout._pools.setdefault(self.p, (torch.rand(self.POOL) >= self.p).to(torch.bfloat16) / (1 - self.p))
        if n > self.POOL:
            return F.dropout(x, self.p)
        at = int(torch.randint(self.POOL - n + 1, (1,)))
        return x * self._pool[at: at + n].view(x.shape).to(x.dtype)

    _pools: dict[float, torch.Tensor] = {}


class Layer(nn.Module):
    """One transformer layer (BERT: normalization after the residual)."""

    def __init__(self, size: int, inner: int, heads: int, dropout: float):
        super().__init__()
        self.heads, self.width, self.drop = heads, size // heads, Dropout(dropout)
        self.query, self.key, self.value = nn.Linear(size, size), nn.Linear(size, size), nn.Linear(size, size)
        self.attended = nn.Linear(size, size)
        self.attended_norm = nn.LayerNorm(size, eps=1e-12)
        self.up, self.down = nn.Linear(size, inner), nn.Linear(inner, size)
        self.down_norm = nn.LayerNorm(size, eps=1e-12)

    def forward(self, x, bias):
        b, s = x.shape[0], x.shape[1]
        split = lambda t: t.view(b, s, self.heads, self.width).transpose(1, 2)
        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        scores = torch.matmul(q, k.transpose(2, 3)) * self.width ** -0.5 + bias  # on CPU faster than the fused kernel
        mixed = torch.matmul(scores.softmax(-1).to(v.dtype), v)
        mixed = self.attended(mixed.transpose(1, 2).reshape(b, s, self.heads * self.width))
        x = self.attended_norm(x + self.drop(mixed))
        inner = self.down(F.gelu(self.up(x)))
        return self.down_norm(x + self.drop(inner))


class Encoder(nn.Module):
    def __init__(self, config: dict, dropout: float = 0.1):
        super().__init__()
        size = config["hidden_size"]
        self.drop = Dropout(dropout)
        self.words = nn.Embedding(config["vocab_size"], size)
        self.positions = nn.Embedding(config["max_position_embeddings"], size)
        self.shapes = nn.Embedding(SHAPE_IDS, size)
        nn.init.normal_(self.shapes.weight, std=0.005)
        self.norm = nn.LayerNorm(size, eps=1e-12)
        self.layers = nn.ModuleList(
            Layer(size, config["intermediate_size"], config["num_attention_heads"], dropout)
            for _ in range(config["num_hidden_layers"]))

    def forward(self, input_ids, attention_mask, shape_ids):
        return self.states(input_ids, attention_mask, shape_ids)[-1]

    def states(self, input_ids, attention_mask, shape_ids) -> list:
        """What every layer gives, [B,S,H] each."""
        x = self.words(input_ids) + self.shapes(shape_ids) + self.positions.weight[: input_ids.shape[1]]
        x = self.drop(self.norm(x))
        bias = (1.0 - attention_mask[:, None, None, :].to(x.dtype)) * MASKED
        states = []
        for layer in self.layers:
            x = layer(x, bias)
            states.append(x)
        return states

    def load_pretrained(self, folder: Path) -> None:
        """Takes the weights of a Hugging Face BERT; its single used token type is folded into the positions."""
        old = load_file(str(folder / "model.safetensors"))
        old = {k.removeprefix("bert."): v.float() for k, v in old.items()}
        self.words.weight.data = old["embeddings.word_embeddings.weight"]
        types = old["embeddings.token_type_embeddings.weight"]
        self.positions.weight.data = old["embeddings.position_embeddings.weight"] + types[0]
        names = {"query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
                 "attended": "attention.output.dense", "attended_norm": "attention.output.LayerNorm",
                 "up": "intermediate.dense", "down": "output.dense", "down_norm": "output.LayerNorm"}
        pairs = [(self.norm, "embeddings.LayerNorm")]
        for i, layer in enumerate(self.layers):
            pairs += [(getattr(layer, mine), f"encoder.layer.{i}.{theirs}") for mine, theirs in names.items()]
        for module, name in pairs:
            module.weight.data, module.bias.data = old[name + ".weight"], old[name + ".bias"]


class Biaffine(nn.Module):
    """score(d, h) = d U h + w_h h (+ w_d d): the parts that every use shares."""

    def __init__(self, size: int, width: int, out: int):
        super().__init__()
        self.out, self.width = out, width
        self.dependent, self.head = nn.Linear(size, width), nn.Linear(size, width)
        self.bilinear = nn.Linear(width, out * width, bias=False)
        nn.init.normal_(self.bilinear.weight, std=width ** -1.0)
        self.of_head = nn.Linear(width, out)


class DatelineModel(nn.Module):
    def __init__(self, config: dict, labels: Labels, dropout: float = 0.2):
        super().__init__()
        self.size = size = config["hidden_size"]
        self.encoder = Encoder(config)
        self.drop = Dropout(dropout)
        self.entity = nn.Linear(size, len(labels.entity))
        self.upos = nn.Linear(size, len(labels.upos))
        self.xpos = nn.Linear(size, len(labels.xpos))
        self.lemma = nn.Linear(size, len(labels.lemma))
        self.event = nn.Linear(size, len(labels.event))
        self.arc = Biaffine(size, 256, 1)
        self.rel = Biaffine(size, 128, len(labels.deprel))
        self.rel_of_dependent = nn.Linear(128, len(labels.deprel))

    def encode(self, input_ids, attention_mask, shape_ids, word_starts, word_sentences, root_starts):
        """Vectors of the words and of the root of each word's sentence, both [B,W,H]."""
        return self.starts(self.encoder(input_ids, attention_mask, shape_ids), word_starts, root_starts)

    def starts(self, x, word_starts, root_starts):
        at = lambda starts: self.drop(torch.gather(x, 1, starts.unsqueeze(-1).expand(-1, -1, self.size)))
        return at(word_starts), at(root_starts)

    def forward(self, input_ids, attention_mask, shape_ids, word_starts, word_sentences, root_starts):
        """Logits of all heads; relations are scored for each word's best-scoring head."""
        words, roots = self.encode(input_ids, attention_mask, shape_ids, word_starts, word_sentences, root_starts)
        arc = self.arcs(words, roots, word_sentences)
        rel = self.relations(words, roots, arc.argmax(-1))
        return (self.entity(words), self.upos(words), self.xpos(words), self.lemma(words), self.event(words), arc, rel)

    def arcs(self, words, roots, word_sentences):
        """[B,W,W+1]: column 0 is the root of the word's sentence; words of other sentences are masked."""
        d = self.arc.bilinear(self.drop(F.gelu(self.arc.dependent(words))))
        h, r = self.drop(F.gelu(self.arc.head(words))), self.drop(F.gelu(self.arc.head(roots)))
        to_root = (d * r).sum(-1, keepdim=True) + self.arc.of_head(r)
        to_word = torch.matmul(d, h.transpose(1, 2)) + self.arc.of_head(h).transpose(1, 2)
        at = torch.arange(words.shape[1], device=words.device)
        other = at.unsqueeze(0) != at.unsqueeze(1)  # a word is not its own head
        same = word_sentences.unsqueeze(2) == word_sentences.unsqueeze(1)
        allowed = (same & other.unsqueeze(0)).to(torch.float32)
        to_word = to_word.float() * allowed + (1.0 - allowed) * MASKED
        return torch.cat([to_root.float(), to_word], 2)

    def relations(self, words, roots, heads):
        """[B,W,R] for the given heads (0 = root, i = word i-1)."""
        d = self.drop(F.gelu(self.rel.dependent(words)))
        h, r = self.drop(F.gelu(self.rel.head(words))), self.drop(F.gelu(self.rel.head(roots)))
        chosen = torch.gather(h, 1, (heads - 1).clamp(min=0).unsqueeze(-1).expand(-1, -1, self.rel.width))
        h = torch.where((heads == 0).unsqueeze(-1), r, chosen)
        b, n = d.shape[0], d.shape[1]
        pairs = torch.matmul(self.rel.bilinear(d).view(b, n, self.rel.out, self.rel.width), h.unsqueeze(-1)).squeeze(-1)
        return pairs + self.rel.of_head(h) + self.rel_of_dependent(d)


def create(encoder: Path, labels: Labels) -> DatelineModel:
    config = json.loads((encoder / "config.json").read_text())
    model = DatelineModel(config, labels)
    model.encoder.load_pretrained(encoder)
    return model


def restored(encoder: Path, labels: Labels, weights: dict[str, torch.Tensor]) -> DatelineModel:
    """A trained model, with as many layers as `weights` has."""
    config = json.loads((encoder / "config.json").read_text())
    config["num_hidden_layers"] = len({name.split(".")[2] for name in weights if name.startswith("encoder.layers.")})
    model = DatelineModel(config, labels)
    model.load_state_dict(weights)
    return model
