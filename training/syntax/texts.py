"""Collects the training texts, one sentence or short passage a line.

    python texts.py DATA > texts.jsonl

DATA is the folder with nli/, coreference/ and checkworthy/. The same data and
seed give the same lines. README.md lists the sources and their licences.
"""

import gzip
import json
import random
import re
import sys
from pathlib import Path

SEED = 7

# How many sentences of each source go in at most; captions are kept few.
LIMITS = {
    "fever-dev": 22000, "conjnli": 9000, "climate-fever": 7500, "fool-me-twice": 2500,
    "fever-symmetric": 600, "openie-mnli": 3500, "openie-snli": 800, "snli-cat": 1200,
    "cad": 800, "ecb": 8000, "speech": 8000,
}

BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"}
SPEAKERS = """Mary Collins|Smith|President Amina Diallo|the minister|a spokesman for the company|she|he|they|
police chief Paul Novak|Sen. John Whitfield|the governor|Dr. Elena Rossi, who leads the project,|officials|
Prime Minister Lars Holm|the White House|a senior U.S. official|Pérez|the 43-year-old lawyer|Gov. Anna Reyes|
Kenji Watanabe, a former judge,|the Defense Ministry|one of the witnesses|the report|al-Hakim""".replace("\n", "").split("|")
OBJECTS = {"she": "her", "he": "him", "they": "them"}
VERBS = ["said", "said", "said", "told reporters", "added", "warned", "wrote on X", "insisted", "argued",
         "said in a statement", "told the BBC on Friday", "says", "claimed", "announced on Jan. 6", "tweeted"]


def words_to_text(words):
    """Puts words that a tokeniser separated by spaces back together."""
    text = " ".join(BRACKETS.get(w, w) for w in words)
    text = text.replace("``", '"').replace("''", '"').replace("--", "–")
    text = re.sub(r" (n't|'s|'re|'ve|'ll|'d|'m|'S)\b", r"\1", text)
    text = re.sub(r" ([,.;:?!%)\]}])", r"\1", text)
    text = re.sub(r"([(\[{$£€#]) ", r"\1", text)
    text = re.sub(r"([a-z]s) ' ", r"\1' ", text)
    parts = text.split('"')
    if len(parts) % 2 == 1:
        for i in range(1, len(parts), 2):
            parts[i] = parts[i].strip()
    return re.sub(r"\s+", " ", '"'.join(parts)).strip()


def sentences(text):
    """Splits a passage of separated words at its sentence ends."""
    words, out = [], []
    for word in text.split():
        words.append(word)
        if word in (".", "?", "!") and len(words) > 1:
            out.append(words)
            words = []
    return out + [words] if words else out


def usable(text):
    letters = sum(c.isascii() for c in text)
    return 2 < len(text.split()) <= 60 and letters > 0.95 * len(text) and "http" not in text


def nli(data):
    with gzip.open(data / "nli/train.jsonl.gz", "rt") as lines:
        for line in lines:
            row = json.loads(line)
            if row["source"] not in LIMITS:
                continue
            for text in (row["premise"], row["hypothesis"]):
                separated = re.search(r" ([.,]|'s|n't|\))( |$)", text)
                for words in sentences(text) if separated else [None]:
                    yield row["source"], words_to_text(words) if words else " ".join(text.split())


def ecb(data):
    words = []
    for line in (data / "coreference/dev_text.txt").read_text().splitlines() + [""]:
        fields = line.split("\t")
        if len(fields) == 4:
            words.append(fields[3])
            continue
        yield "ecb", words_to_text(words)
        words = []
    for row in json.loads((data / "coreference/train_event_gold_mentions.json").read_text()):
        yield "ecb", words_to_text(row["full_sentence"].split())


def speech(data):
    for row in json.loads((data / "checkworthy/two_class_train.json").read_text()):
        yield "speech", " ".join(row["text"].split())


def reported(rng, text):
    """Wraps a sentence into a quotation or a report, as news does."""
    speaker, verb = rng.choice(SPEAKERS), rng.choice(VERBS)
    start = speaker[0].upper() + speaker[1:]
    bare = text.rstrip(".")
    inner = bare if re.match(r"(I|[A-Z]\w*[A-Z]|[A-Z]\w+ [A-Z])", bare) else bare[0].lower() + bare[1:]
    about = OBJECTS.get(speaker, speaker)
    inverted = f"said {speaker}" if speaker not in OBJECTS else f"{speaker} said"
    return rng.choice([
        f'"{bare}," {speaker} {verb}.', f'"{bare}," {inverted.rstrip(",")}.', f'{start} {verb}: "{text}"',
        f'"{text}" {start} {verb}.', f"{start} {verb} that {inner}.", f"{start} {verb} {inner}.",
        f"{bare}, {speaker} {verb}.", f"According to {about.strip(chr(44))}, {inner}.", f'{start} {verb}, "{text}"',
        f"{bare}, according to {about.strip(chr(44))}.", f'{start} {verb} that "{inner}."',
    ])


def vary(rng, text):
    """Changes a share of the sentences into other forms that news has."""
    roll = rng.random()
    plain = text.endswith(".") and '"' not in text and 5 <= len(text.split()) <= 30
    if plain and roll < 0.09:
        return reported(rng, text)
    if plain and roll < 0.16:
        return text[:-1]
    if roll < 0.5:
        return text.replace(" – ", "—").replace(" - ", " — ")
    return text


def main():
    data, rng = Path(sys.argv[1]), random.Random(SEED)
    pools, seen = {source: [] for source in LIMITS}, set()
    for source in (nli, ecb, speech):
        for name, text in source(data):
            if usable(text) and text.lower() not in seen:
                seen.add(text.lower())
                pools[name].append(text)
    rows = []
    for name, limit in LIMITS.items():
        pool = pools[name]
        rng.shuffle(pool)
        rows += [(name, vary(rng, text)) for text in pool[:limit]]
    rng.shuffle(rows)
    for name, text in rows:
        print(json.dumps({"source": name, "text": text}))


if __name__ == "__main__":
    main()
