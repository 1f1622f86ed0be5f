"""Trains the encoder: train.py SHARED_DATA SERVER WORK

Writes WORK/model.safetensors. Stopped, it goes on from WORK/checkpoint.pkl.
"""
import functools
import os
import pickle
import random
import sys
import time

import jax
import jax.numpy as jnp
import numpy as np
import optax

import data
import evaluate
import model

SIZE, PEAK, WARM, EVERY, SCALE, KEEP = 32, 1e-4, 200, 5, 20.0, 0.999
TASKS = {"relation": 0, "two": 1, "both": 2}


def batches(rows, seed):
    """Rows in batches of like length, in chance order."""
    r = random.Random(seed)
    rows = rows[:]
    r.shuffle(rows)
    out = []
    for c in range(0, len(rows) - SIZE + 1, SIZE * 50):
        part = sorted(rows[c:c + SIZE * 50], key=lambda x: len(x[0]) + len(x[1]))
        part = [part[k:k + SIZE] for k in range(0, len(part) - SIZE + 1, SIZE)]
        r.shuffle(part)
        out += part
    return out


def labels(rows):
    """(relation, may be unrelated, relation is known, same, same is known) of each row."""
    out = np.zeros((5, len(rows)), np.float32)
    for i, (_, _, task, label) in enumerate(rows):
        relation, same = (label // 10, label % 10) if task == "both" else (label, 0)
        out[:, i] = (0 if relation == 9 else relation, task != "two", relation != 9, same, task == "both")
    return out


def pair_loss(p, fixed, ids, types, mask, y):
    relation, same = model.judge(p, fixed, ids, types, mask)
    label, three, known, one, told = y
    open_ = jnp.where((three[:, None] == 0) & (jnp.arange(3)[None] == 2), -1e9, relation)
    logp = jax.nn.log_softmax(open_)
    exact = -jnp.take_along_axis(logp, label.astype(int)[:, None], 1)[:, 0]
    # One fact told by two: they may tell more or less, but do not conflict.
    fitting = -jax.nn.logsumexp(logp[:, jnp.array([0, 2])], axis=-1)
    fact = jnp.maximum(same, 0) - same * one + jnp.log1p(jnp.exp(-jnp.abs(same)))
    return (jnp.where(known > 0, exact, 0.5 * fitting) + told * fact).mean()


def passage_loss(p, fixed, ids, types, mask, before):
    """Passages 2i and 2i+1 tell of one fact, any others do not; and what was near stays near."""
    e = model.embed(p, fixed, ids, types, mask)
    a, b = e[0::2], e[1::2]
    near = SCALE * a @ b.T
    n = jnp.arange(a.shape[0])
    rank = -(jax.nn.log_softmax(near)[n, n] + jax.nn.log_softmax(near.T)[n, n]).mean() / 2
    return 0.5 * rank + 10 * ((e @ e.T - before @ before.T) ** 2).mean()


def steps(rows, positives, seed):
    """The order of work: a batch of passages behind every EVERY-1 batches of pairs."""
    r, out = random.Random(seed), []
    passages = batches([(a, b, "", 0) for a, b in positives], seed)
    for k, b in enumerate(batches(rows, seed)):
        if k % (EVERY - 1) == EVERY - 2:
            out.append(("passages", passages[(k // (EVERY - 1)) % len(passages)]))
        out.append(("pairs", b))
    return out


def main(shared, server, work):
    tok, (p, fixed) = model.tokenizer(), model.base()
    start = jax.tree.map(jnp.copy, p)
    parts = data.training(shared, server)
    rows = [r for part in parts.values() for r in part]
    positives = [(a, b) for a, b, task, y in rows if task == "both" and y in (1, 91)] + \
        [(a, b) for a, b, task, y in parts["inference"] if y == 0 and len(b.split()) > 4][:12000]
    order = steps(rows, positives, 7)
    print({k: len(v) for k, v in parts.items()}, "steps", len(order), flush=True)
    opt = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(optax.warmup_cosine_decay_schedule(0, PEAK, WARM, len(order), 1e-6), weight_decay=0.01))
    state, mean, done = opt.init(p), jax.tree.map(jnp.copy, p), 0
    saved = os.path.join(work, "checkpoint.pkl")
    if os.path.exists(saved):
        p, state, mean, done = pickle.load(open(saved, "rb"))
        print("resumed at", done, flush=True)

    def stepping(loss):
        @functools.partial(jax.jit, donate_argnums=(0, 1, 2))
        def step(p, state, mean, *given):
            value, g = jax.value_and_grad(loss)(p, fixed, *given)
            u, state = opt.update(g, state, p)
            p = optax.apply_updates(p, u)
            return p, state, jax.tree.map(lambda m, x: KEEP * m + (1 - KEEP) * x, mean, p), value
        return step
    pairs, passages = stepping(pair_loss), stepping(passage_loss)
    base_embed = jax.jit(lambda *x: model.embed(start, fixed, *x))
    losses, began, first = {"pairs": [], "passages": []}, time.time(), done
    for k in range(done, len(order)):
        kind, batch = order[k]
        if kind == "pairs":
            x = model.padded(tok.encode_batch([(a, b) for a, b, _, _ in batch]))
            p, state, mean, value = pairs(p, state, mean, *x, labels(batch))
        else:
            x = model.padded(tok.encode_batch([t for a, b, _, _ in batch for t in (a, b)]))
            p, state, mean, value = passages(p, state, mean, *x, base_embed(*x))
        losses[kind].append(float(value))
        if k % 100 == 99:
            rate = SIZE * (k + 1 - first) / (time.time() - began)
            print(k + 1, {n: round(float(np.mean(v[-80:] or [0])), 3) for n, v in losses.items()}, "pairs/s %.1f" % rate, flush=True)
        if k % 200 == 199 or k == len(order) - 1:
            with open(saved + ".new", "wb") as f:
                pickle.dump((jax.device_get(p), jax.device_get(state), jax.device_get(mean), k + 1), f)
            os.replace(saved + ".new", saved)
        if k % 1500 == 1499 or k == len(order) - 1:
            print("  ", evaluate.short(mean, fixed, tok, shared, server), flush=True)
            model.write(os.path.join(work, "model.safetensors"), model.quantised(mean, fixed, model.vocabulary()),
                        {"layers": str(model.LAYERS), "heads": str(model.HEADS), "max_tokens": str(model.LONGEST), "activation": "gelu_tanh",
                         "steps": str(k + 1)})


if __name__ == "__main__":
    main(*sys.argv[1:4])
