"""Figures of a model on labelled pairs that it was not trained on."""
import json
import sys

import numpy as np

import data
import model

NAMES = ["entailment", "contradiction", "neutral"]


def average_precision(y, score):
    y = np.asarray(y)[np.argsort(-np.asarray(score), kind="stable")]
    return float((np.cumsum(y) / (1 + np.arange(len(y))))[y == 1].mean())


def judged(p, fixed, tok, pairs):
    out = model.in_batches(lambda *x: model.judging(p, fixed, *x), pairs, tok)
    return np.array([o[0] for o in out]), np.array([o[1] for o in out])


def short(p, fixed, tok, shared, server, n=480):
    """A look at the figures while training: the first pairs of MNLI's dev set, and of ECB+'s."""
    rows = [json.loads(x) for x in open(shared + "/nli/mnli-dev.jsonl")][:n]
    relation, _ = judged(p, fixed, tok, [(d["premise"], d["hypothesis"]) for d in rows])
    right = np.mean([NAMES[k] == d["label"] for k, d in zip(relation.argmax(1), rows)])
    facts, _ = data.one_event(shared + "/coreference/dev_event_gold_mentions.json", server, 4, 1)
    facts = facts[::16]
    _, same = judged(p, fixed, tok, [(a, b) for a, b, _, _ in facts])
    e = np.array(model.in_batches(lambda *x: model.embedding(p, fixed, *x), [t for a, b, _, _ in facts for t in (a, b)], tok))
    near, y = (e[0::2] * e[1::2]).sum(1), [d[3] == 91 for d in facts]
    return {"mnli": round(float(right), 3), "same_ap": round(average_precision(y, same), 3), "cosine_ap": round(average_precision(y, near), 3), "n": len(facts)}


def restored(path):
    """(trained, fixed) parameters of an artefact, its weights back from 8 bits."""
    import jax.numpy as jnp
    t, _ = model.read(path)
    whole = {k: (t[k].astype(np.float32) * t[k.replace(".weight", ".scale")][:, None] if v.dtype == np.int8 else v) for k, v in t.items()}
    word = whole.pop("embeddings.word.weight")
    return {k: jnp.array(v) for k, v in whole.items() if k != "vocab" and not k.endswith(".scale")}, {"word": jnp.array(word)}


def figures(p, fixed, tok, shared, server):
    """The figures of the card, on all of MNLI's dev set and of ECB+'s."""
    rows = [json.loads(x) for x in open(shared + "/nli/mnli-dev.jsonl")]
    relation, _ = judged(p, fixed, tok, [(d["premise"], d["hypothesis"]) for d in rows])
    right = np.array([NAMES[k] == d["label"] for k, d in zip(relation.argmax(1), rows)])
    out = {"mnli": round(float(right.mean()), 4)}
    for name in NAMES:
        out["mnli recall of " + name] = round(float(right[[d["label"] == name for d in rows]].mean()), 3)
    facts, _ = data.one_event(shared + "/coreference/dev_event_gold_mentions.json", server, 4, 1)
    _, same = judged(p, fixed, tok, [(a, b) for a, b, _, _ in facts])
    e = np.array(model.in_batches(lambda *x: model.embedding(p, fixed, *x), [t for a, b, _, _ in facts for t in (a, b)], tok))
    y = [d[3] == 91 for d in facts]
    out.update({"ecb+ pairs": len(y), "of one event": int(sum(y)), "ap of the head": round(average_precision(y, same), 3),
                "ap of the cosine": round(average_precision(y, (e[0::2] * e[1::2]).sum(1)), 3)})
    return out


if __name__ == "__main__":
    shared, server, path = sys.argv[1:4]
    tok = model.tokenizer()
    p, fixed = model.base() if path == "base" else restored(path)
    print(json.dumps(figures(p, fixed, tok, shared, server), indent=1))
