"""Computes a model file in another way than internal/claims/encoder, for its tests.

    python reference.py tiny  OUT.safetensors
    python reference.py judge MODEL.safetensors PAIRS.jsonl > reference.jsonl

`judge` reads lines {"texts": [a, b]} and writes the hash of the model, then for each line the embedding
of the first text, the logits of the pair and its pieces. It uses floats throughout: the weights are what
the whole numbers of the file stand for, the rest is numpy in 32 bits, the pieces come from `tokenizers`.
`tiny` writes a model with made-up weights that is small enough to be kept beside the tests.
"""
import hashlib
import json
import sys

import numpy as np

TYPES = {"I8": np.int8, "U8": np.uint8, "F32": np.float32}


def read(path):
    raw = open(path, "rb").read()
    n = int.from_bytes(raw[:8], "little")
    about = json.loads(raw[8 : 8 + n])
    tensors = {}
    for name, t in about.items():
        if name != "__metadata__":
            a, b = t["data_offsets"]
            tensors[name] = np.frombuffer(raw[8 + n + a : 8 + n + b], TYPES[t["dtype"]]).reshape(t["shape"])
    return tensors, about["__metadata__"], hashlib.sha256(raw).hexdigest()


def write(path, tensors, about):
    head, at, names = {"__metadata__": about}, 0, {np.dtype(v): k for k, v in TYPES.items()}
    for name, t in tensors.items():
        head[name] = {"dtype": names[t.dtype], "shape": list(t.shape), "data_offsets": [at, at + t.nbytes]}
        at += t.nbytes
    text = json.dumps(head).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as f:
        f.write(len(text).to_bytes(8, "little") + text)
        for t in tensors.values():
            f.write(np.ascontiguousarray(t).tobytes())


class Model:
    def __init__(self, path):
        self.tensors, about, self.hash = read(path)
        self.layers, self.heads, self.most = (int(about[k]) for k in ("layers", "heads", "max_tokens"))

    def tokenizer(self):
        from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

        pieces = bytes(self.tensors["vocab"]).decode().removesuffix("\n").split("\n")
        numbers = {piece: i for i, piece in enumerate(pieces)}
        tokenizer = Tokenizer(models.WordPiece(numbers, unk_token="[UNK]", max_input_chars_per_word=100))
        tokenizer.normalizer = normalizers.BertNormalizer()
        tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        tokenizer.post_processor = processors.BertProcessing(("[SEP]", numbers["[SEP]"]), ("[CLS]", numbers["[CLS]"]))
        tokenizer.enable_truncation(max_length=self.most)
        return tokenizer

    def floats(self, name):
        return self.tensors[name + ".weight"].astype(np.float32) * self.tensors[name + ".scale"][:, None]

    def linear(self, name, x):
        return x @ self.floats(name).T + self.tensors[name + ".bias"]

    def norm(self, name, x):
        x = x - x.mean(-1, keepdims=True)
        x = x / np.sqrt((x * x).mean(-1, keepdims=True) + np.float32(1e-12))
        return x * self.tensors[name + ".weight"] + self.tensors[name + ".bias"]

    def attention(self, name, x):
        tokens, width = x.shape
        cut = lambda part: self.linear(name + part, x).reshape(tokens, self.heads, -1).transpose(1, 0, 2)
        query, key, value = cut("query"), cut("key"), cut("value")
        logits = query @ key.transpose(0, 2, 1) / np.float32(np.sqrt(width // self.heads))
        shares = np.exp(logits - logits.max(-1, keepdims=True))
        shares /= shares.sum(-1, keepdims=True)
        return self.linear(name + "attention", (shares @ value).transpose(1, 0, 2).reshape(tokens, width))

    def last(self, ids, types):
        T = self.tensors
        x = T["embeddings.word.weight"][ids].astype(np.float32) * T["embeddings.word.scale"][ids][:, None]
        x = x + T["embeddings.position.weight"][: len(ids)] + T["embeddings.type.weight"][types]
        x = self.norm("embeddings.norm", x)
        for n in range(self.layers):
            name = f"layer.{n}."
            x = self.norm(name + "attention_norm", x + self.attention(name, x))
            inner = self.linear(name + "intermediate", x)
            inner = inner / 2 * (1 + np.tanh(np.float32(np.sqrt(2 / np.pi)) * (inner + np.float32(0.044715) * inner**3)))
            x = self.norm(name + "output_norm", x + self.linear(name + "output", inner))
        return x


def judge(path, pairs):
    model = Model(path)
    tokenizer = model.tokenizer()
    print(json.dumps({"model": model.hash}))
    for line in open(pairs, encoding="utf-8"):
        a, b = json.loads(line)["texts"]
        alone, both = tokenizer.encode(a), tokenizer.encode(a, b)
        mean = model.last(alone.ids, alone.type_ids).mean(0)
        rows = model.last(both.ids, both.type_ids)
        features = np.concatenate([rows[0], rows.mean(0)])
        logits = [features @ model.tensors[h + ".weight"].T + model.tensors[h + ".bias"] for h in ("relation", "same")]
        short = lambda x: [float("%.7g" % v) for v in x]
        print(json.dumps({"texts": [a, b], "ids": both.ids, "embedding": short(mean / np.linalg.norm(mean)),
                          "relation": short(logits[0]), "same": short(logits[1])[0]}))


def tiny(path, hidden=32, inner=48, heads=2, layers=2, positions=32):
    random = np.random.RandomState(1)
    letters = "abcdefghijklmnopqrstuvwxyz0123456789.,"
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *letters, *("##" + c for c in letters), "the", "##ing", "##ed", "mayor"]
    tensors = {"vocab": np.frombuffer(("\n".join(pieces) + "\n").encode(), np.uint8)}
    floats = lambda *shape, size=1.0: (random.randn(*shape) * size).astype(np.float32)

    def whole(name, rows, columns, size):
        w = floats(rows, columns, size=size)
        scale = np.abs(w).max(1) / 127
        tensors[name + ".weight"], tensors[name + ".scale"] = np.rint(w / scale[:, None]).astype(np.int8), scale

    def norm(name):
        tensors[name + ".weight"], tensors[name + ".bias"] = 1 + floats(hidden, size=0.2), floats(hidden, size=0.2)

    whole("embeddings.word", len(pieces), hidden, 1)
    tensors["embeddings.position.weight"] = floats(positions, hidden, size=0.3)
    tensors["embeddings.type.weight"] = floats(2, hidden, size=0.3)
    norm("embeddings.norm")
    for n in range(layers):
        for part, rows, columns in (("query", hidden, hidden), ("key", hidden, hidden), ("value", hidden, hidden),
                                    ("attention", hidden, hidden), ("intermediate", inner, hidden), ("output", hidden, inner)):
            whole(f"layer.{n}.{part}", rows, columns, columns**-0.5)
            tensors[f"layer.{n}.{part}.bias"] = floats(rows, size=0.1)
        norm(f"layer.{n}.attention_norm")
        norm(f"layer.{n}.output_norm")
    for name, rows in (("relation", 3), ("same", 1), ("later", 2)):
        tensors[name + ".weight"], tensors[name + ".bias"] = floats(rows, 2 * hidden, size=0.2), floats(rows, size=0.2)
    write(path, tensors, {"layers": str(layers), "heads": str(heads), "max_tokens": "24", "activation": "gelu_tanh",
                          "version": "0", "note": "made up, with a head that is not known"})


if __name__ == "__main__":
    {"tiny": tiny, "judge": judge}[sys.argv[1]](*sys.argv[2:])
