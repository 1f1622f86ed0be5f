"""Pairs of passages that tell of one event or of two, from ECB+ (CC BY 3.0).

The documents are put together from the mentions' sentences, cut into claims by
`server extract`, and two claims of two documents of one topic are held against
each other: the same fact where they share at least half of the fewer event
mentions, two facts where they share none. Pairs in between are left out.
"""
import collections
import json
import random
import subprocess

CLOSING = {".", ",", ";", ":", "?", "!", ")", "'s", "n't", "'", "''", "%", "'re", "'ve", "'ll", "'d", "'m"}
LEAST_SHARED = 0.5


def joined(tokens):
    """The text that the tokens stand for, and where each begins."""
    text, starts = "", []
    for token in tokens:
        if text and token not in CLOSING and text[-1] not in "($" and not text.endswith('"'):
            text += " "
        starts.append(len(text))
        text += {"``": '"', "''": '"'}.get(token, token)
    return text, starts


def documents(path):
    """{document: (topic, text, [(start, end, event)])} of a file of mentions."""
    sentences = collections.defaultdict(dict)
    for m in json.load(open(path)):
        sentences[m["topic"], m["doc_id"]].setdefault(int(m["sent_id"]), (m["full_sentence"], []))[1].append(m)
    out = {}
    for (topic, doc), told in sorted(sentences.items()):
        text, mentions = "", []
        for number in sorted(told):
            full, here = told[number]
            tokens = full.split()
            sentence, starts = joined(tokens)
            base = len(text) + 2 if text else 0
            text += ("\n\n" if text else "") + sentence
            for m in here:
                first, words = len(m["left_sentence"].split()), m["tokens_str"].split()
                last = first + len(words) - 1
                if tokens[first:last + 1] == words:
                    mentions.append((base + starts[first], base + starts[last] + len(words[-1]), m["coref_chain"]))
        out[doc] = (topic, text, mentions)
    return out


def claims(docs, server):
    """[(topic, document, text, events)] of the claims in the documents."""
    lines = "".join(json.dumps({"id": doc, "text": text}) + "\n" for doc, (_, text, _) in docs.items())
    done = subprocess.run([server, "extract"], input=lines, capture_output=True, text=True)
    out = []
    for line in done.stdout.splitlines():
        article = json.loads(line)
        topic, text, mentions = docs[article["id"]]
        for c in article["claims"]:
            at, end = c["start"], c["end"]
            events = {e for s, t, e in mentions if s < end and t > at}
            out.append((topic, article["id"], plain(c["text"]), events))
    return out


def plain(text):
    """The text of a claim without the brackets around what was put in."""
    return text.replace("[", "").replace("]", "")


def subtopic(doc):
    return doc.split("_")[0] + ("+" if doc.endswith("plus.xml") else "")


def pairs(told, similarity, negatives, seed):
    """(a, b, same) of claims of two documents of one topic.

    Of the pairs of two facts half are those whose words are most alike, so that
    shared names alone are not taken for one fact.
    """
    r, out = random.Random(seed), []
    topics = collections.defaultdict(list)
    for k, c in enumerate(told):
        if c[3]:
            topics[c[0]].append(k)
    for _, members in sorted(topics.items()):
        same, other = [], []
        for i, a in enumerate(members):
            for b in members[i + 1:]:
                (_, da, ta, ea), (_, db, tb, eb) = told[a], told[b]
                if da == db or ta == tb:
                    continue
                shared = len(ea & eb)
                if shared >= LEAST_SHARED * min(len(ea), len(eb)):
                    same.append((a, b))
                elif shared == 0:
                    other.append((a, b))
        r.shuffle(same)
        # A topic that many outlets told at length must not outweigh the others.
        same = same[:400]
        other.sort(key=lambda p: -similarity(*p))
        wanted = negatives * len(same)
        chosen = other[:wanted // 2] + r.sample(other[wanted // 2:], min(wanted - wanted // 2, max(0, len(other) - wanted // 2)))
        for (a, b), y in [(p, 1) for p in same] + [(p, 0) for p in chosen]:
            if r.random() < 0.5:
                a, b = b, a
            out.append((told[a][2], told[b][2], y))
    return out
