"""What the model is trained on, as rows of (a, b, task, label).

    relation   label 0 agree, 1 diverge, 2 unrelated
    two        the same, where the source does not know unrelated
    fitting    label 0: the two do not conflict, agree or not
    same       label 1 where both tell of one fact, 0 where of two
    both       label 10*relation + same
"""
import gzip
import json
import random
import re

import edits
import events

RELATIONS = {"entailment": 0, "contradiction": 1, "neutral": 2}
# How many pairs of each source go in. Left out: sick (non-commercial), mpe (captions four at a
# time), climate-fever (no licence stated, and evidence that hardly bears on the claim).
SHARES = {"lingnli": 45000, "cad": 6000, "snli-cat": 2500, "openie-snli": 3000, "openie-mnli": 4500, "conjnli": 3000,
          "fever-dev": 5000, "fever-symmetric": 705, "fool-me-twice": 1169, "healthver": 1719}
FRAGMENTS = 150
LONGEST = 700


def inference(path, seed):
    by = {}
    for line in gzip.open(path, "rt"):
        d = json.loads(line)
        by.setdefault(d["source"], []).append(d)
    out = []
    for source, rows in sorted(by.items()):
        wanted = FRAGMENTS if source.startswith("fragments") else SHARES.get(source, 0)
        random.Random(seed).shuffle(rows)
        for d in rows[:wanted]:
            task = "two" if d["ways"] == 2 else "relation"
            out.append((d["premise"][:LONGEST], d["hypothesis"][:LONGEST], task, RELATIONS[d["label"]]))
    return out


def likeness(told):
    words = [set(re.findall(r"\w{3,}", c[2].lower())) for c in told]
    return lambda i, j: len(words[i] & words[j]) / (min(len(words[i]), len(words[j])) + 3)


def one_event(mentions, server, negatives, seed):
    """Pairs of claims of ECB+: same or not; two facts are also unrelated, one fact does not conflict."""
    told = events.claims(events.documents(mentions), server)
    out = []
    for a, b, same in events.pairs(told, likeness(told), negatives, seed):
        out.append((a, b, "both", 91) if same else (a, b, "both", 20))
    return out, told


def changed_tellings(rows, seed):
    """One fact told by two, with a number, day, name or place that both have changed in the second."""
    r, out = random.Random(seed), []
    names = edits.inventory([a for a, _, _, _ in rows])
    for a, b, _, label in rows:
        if label != 91:
            continue
        for change in (edits.number, edits.time, edits.name, edits.place):
            new = change(b, names, r)
            if not new:
                continue
            gone = set(re.findall(r"[\w$%.]+", b)) - set(re.findall(r"[\w$%.]+", new))
            if gone and gone <= set(re.findall(r"[\w$%.]+", a)):
                out.append((a, new, "both", 11))
    r.shuffle(out)
    return out[:3000]


def sentences(rows, told):
    out = {a for a, b, task, _ in rows if task != "same"} | {c[2] for c in told}
    short = []
    for s in sorted(out):
        for part in re.split(r"(?<=[.!?]) (?=[A-Z])", s):
            if 8 <= len(part.split()) <= 40 and part[0].isupper():
                short.append(part)
    return short


def edited(source, wanted, seed):
    out = []
    for a, b, kind in edits.made(source, wanted, seed):
        if kind in ("name", "opposite", "denial"):
            out.append((a, b, "relation", 1))
        elif kind in edits.CHANGES:
            out.append((a, b, "both", 11))
        else:
            out.append((a, b, "both", 1))
    return out


def training(shared, server, seed=1):
    pool = inference(shared + "/nli/train.jsonl.gz", seed)
    facts, told = one_event(shared + "/coreference/train_event_gold_mentions.json", server, 1, seed)
    news = [p for p in pool if p[2] == "two"] + [p for p in pool[::4]]
    made = edited(sentences(news, told), 1250, seed)
    return {"inference": pool, "events": facts, "changed": changed_tellings(facts, seed), "edits": made}
