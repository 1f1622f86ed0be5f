"""Pairs made by rule from sentences of the pool: a sentence against itself with one
fact changed, of a known kind, or with the same facts in other words.

Each maker takes a sentence, a source of chance and what is known of names, and
gives the changed sentence or None.
"""
import random
import re

MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
NUMBERS = ("two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
           "seventeen eighteen nineteen twenty").split()
DIGITS = {w: str(n) for n, w in enumerate(NUMBERS, 2)}
OPPOSITES = """increase decrease|increased decreased|increases decreases|rise fall|rose fell|risen fallen|rising falling
won lost|wins loses|win lose|winning losing|accepted rejected|accepts rejects|approved rejected|approve reject|approves rejects
arrested released|hired fired|opened closed|opens closes|began ended|begins ends|started stopped|bought sold|buys sells
passed failed|passes fails|succeeded failed|supported opposed|supports opposes|support oppose|allowed banned|allows bans
guilty innocent|alive dead|survived died|survives dies|higher lower|highest lowest|more fewer|more less|most least|first last
before after|above below|inside outside|large small|largest smallest|bigger smaller|older younger|oldest youngest|early late
earlier later|public private|legal illegal|male female|male-led female-led|north south|northern southern|east west|eastern western
arrived left|arrives leaves|joined left|joins leaves|confirmed denied|confirms denies|admitted denied|admits denies
remembered forgot|praised criticised|praises criticises|praised criticized|strengthened weakened|gained lost|gains loses
expanded shrank|expands shrinks|increasing decreasing|appeared disappeared|lifted imposed|created destroyed|built demolished
married divorced|entered left|enters leaves|agreed refused|agrees refuses|agree refuse|welcomed condemned|safe dangerous
true false|open closed|full empty|rich poor|strong weak|good bad|best worst|better worse|hot cold|old new|long short
longer shorter|maximum minimum|majority minority|ally enemy|allies enemies|victory defeat|success failure|peace war
husband wife|father mother|son daughter|brother sister|man woman|men women|boy girl|king queen|actor actress
acquitted convicted|injured unharmed|promoted demoted|elected defeated|raised lowered|raises lowers|acquired sold
continued halted|continues halts|resigned stayed|present absent|inside outside|domestic foreign|temporary permanent"""
SAME = """said stated|says states|killed slain|buy purchase|bought purchased|about around|approximately about|roughly about
nearly almost|attorney lawyer|attorneys lawyers|car vehicle|cars vehicles|film movie|films movies|children kids
children youngsters|injured hurt|started began|begins starts|begin start|ended finished|helped assisted|help assist
large big|huge enormous|because since|but however|also additionally|died passed away|home house|homes houses
officials authorities|police officers|doctors physicians|doctor physician|firm company|company business|companies firms
job position|show programme|gun firearm|guns firearms|money funds|near close to|received got|needs requires|need require
quit resigned|shop store|shops stores|fast quickly|ill sick|test exam|allowed permitted|allows permits|asked requested
chief head|country nation|countries nations|area region|areas regions|bid attempt|attempted tried|attempting trying
wounded injured|plane aircraft|plane airplane|fight battle|chosen selected|chose selected|announced declared
purchase acquisition|talks negotiations|deal agreement|rules regulations|law legislation|blaze fire|quake earthquake
probe investigation|slayings killings|accused alleged|accord agreement|fired dismissed|sacked fired|sacked dismissed
jailed imprisoned|cop police officer|cops police|teen teenager|photo picture|photos pictures|roughly approximately"""
ABBREVIATED = {"percent": "per cent", "United States": "U.S.", "United Kingdom": "UK", "European Union": "EU", "does not": "doesn't",
               "do not": "don't", "did not": "didn't", "is not": "isn't", "was not": "wasn't", "will not": "won't",
               "cannot": "can't", "million": "m", "kilometres": "km", "September": "Sept.", "October": "Oct.", "January": "Jan.",
               "February": "Feb.", "August": "Aug.", "December": "Dec.", "November": "Nov."}
AUXILIARIES = r"\b(is|are|was|were|has|have|had|will|would|can|could|should|does|did|do|may|must)\b"


def table(text, both):
    out = {}
    for pair in re.split(r"[|\n]", text):
        a, b = pair.split(" ", 1)
        out.setdefault(a, []).append(b)
        if both:
            out.setdefault(b, []).append(a)
    return out


OPPOSITE, SYNONYM = table(OPPOSITES, True), table(SAME, True)


def swapped(sentence, words, r):
    """The sentence with one of its words replaced by what the table has for it."""
    at = [m for m in re.finditer(r"[A-Za-z][\w-]*", sentence) if m.group() in words]
    if not at:
        return None
    m = r.choice(at)
    return sentence[:m.start()] + r.choice(words[m.group()]) + sentence[m.end():]


def replaced(sentence, pattern, give, r):
    """The sentence with one match of the pattern replaced by what give makes of it."""
    at = list(re.finditer(pattern, sentence))
    if not at:
        return None
    m = r.choice(at)
    new = give(m.group())
    return None if new is None or new == m.group() else sentence[:m.start()] + new + sentence[m.end():]


def number(s, names, r):
    def other(n):
        if n in DIGITS:
            return r.choice([w for w in NUMBERS if w != n])
        digits = n.replace(",", "")
        if re.fullmatch("[0-9]{4}", digits) and digits[:2] in ("18", "19", "20") and "," not in n:
            return str(int(digits) + r.choice([-20, -10, -3, -2, -1, 1, 2, 3, 10]))
        if "." in digits:
            return "%.*f" % (len(digits.split(".")[1]), float(digits) * r.choice([0.4, 0.7, 1.3, 1.8, 2.5]))
        v = int(digits)
        new = max(1, v + r.choice([-7, -3, -2, -1, 1, 2, 3, 5])) if v < 40 else int(v * r.choice([0.3, 0.6, 0.8, 1.2, 1.5, 2, 3]))
        return None if new == v else f"{new:,}" if "," in n else str(new)
    return replaced(s, r"\b(?:%s|[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)\b" % "|".join(NUMBERS), other, r)


def time(s, names, r):
    kinds = MONTHS if r.random() < 0.5 else DAYS
    return replaced(s, r"\b(?:%s)\b" % "|".join(kinds), lambda w: r.choice([k for k in kinds if k != w]), r)


def name(s, names, r):
    return replaced(s, r"(?<=[a-z,] )[A-Z][a-z]+ [A-Z][a-z]+\b", lambda w: r.choice(names["people"]), r)


def place(s, names, r):
    return replaced(s, r"(?<= in )[A-Z][a-z]{2,}\b(?! [A-Z])", lambda w: None if w in MONTHS else r.choice(names["places"]), r)


def denial(s, names, r):
    if re.search(r"\bnot\b|n't\b|\bnever\b", s):
        out = re.sub(r"\bnever ", "", re.sub(r" not\b|n't\b", "", s, count=1), count=1)
        return None if out == s else out
    m = re.search(AUXILIARIES, s)
    return m and s[:m.end()] + r.choice([" not", " not", " never"]) + s[m.end():]


def opposite(s, names, r):
    return swapped(s, OPPOSITE, r)


def synonym(s, names, r):
    return swapped(s, SYNONYM, r)


def figure(s, names, r):
    back = {v: k for k, v in DIGITS.items()}
    return replaced(s, r"(?<=[a-z] )(?:%s|[2-9]|1\d|20)(?= [a-z])" % "|".join(NUMBERS), lambda w: DIGITS.get(w) or back.get(w), r)


def abbreviated(s, names, r):
    known = [(a, b) for a, b in ABBREVIATED.items() if re.search(r"\b%s\b" % a, s)]
    if not known:
        return None
    a, b = r.choice(known)
    return re.sub(r"\b%s\b" % a, b, s, count=1)


def untitled(s, names, r):
    return replaced(s, r"\b(?:President|Mr\.|Mrs\.|Senator|Sen\.|Dr\.|Judge|Governor|Gov\.) (?=[A-Z])", lambda w: "", r)


def shorter(s, names, r):
    """Less of the same: without a leading circumstance or what stands between commas."""
    m = re.match(r"(?:On|In|After|Before|During|At|According to|Earlier|Last|By|While|When|As)\b[^,]{4,60}, ", s)
    if m:
        rest = s[m.end():]
        return rest[0].upper() + rest[1:]
    return replaced(s, r", (?:which|who|a|an|the)\b[^,]{5,80}, ", lambda w: " ", r)


def undated(s, names, r):
    return replaced(s, r",? (?:on (?:%s)|late (?:%s)|yesterday|last (?:week|month|year))\b" % ("|".join(DAYS), "|".join(DAYS)), lambda w: "", r)


CHANGES = {"number": number, "time": time, "name": name, "place": place, "denial": denial, "opposite": opposite}
HARMLESS = {"synonym": synonym, "figure": figure, "abbreviated": abbreviated, "untitled": untitled}
LESS = {"shorter": shorter, "undated": undated}


def inventory(sentences):
    """What stands in the sentences as names of two words, and as places behind "in"."""
    people, places = set(), set()
    for s in sentences:
        people.update(re.findall(r"(?<=[a-z,] )[A-Z][a-z]+ [A-Z][a-z]+\b", s))
        places.update(p for p in re.findall(r"(?<= in )[A-Z][a-z]{2,}\b(?! [A-Z])", s) if p not in MONTHS)
    return {"people": sorted(people), "places": sorted(places)}


def same_told(s, names, r):
    """The sentence with the same facts in other words, or as it stands where no rule fits."""
    for _ in range(r.choice([0, 1, 1, 2, 3])):
        s = r.choice(list(HARMLESS.values()))(s, names, r) or s
    return s


def made(sentences, wanted, seed):
    """(a, b, kind): wanted pairs of each kind of change and of harmless edits, fewer where few fit."""
    r, names, out = random.Random(seed), inventory(sentences), []
    for kind, change in {**CHANGES, **LESS, "same": None}.items():
        order, n = r.sample(sentences, len(sentences)), 0
        for s in order:
            a = same_told(s, names, r)
            if change is None:
                b = same_told(s, names, r)
                b = b if a != b else synonym(b, names, r)
            else:
                b = change(s, names, r)
                b = b and same_told(b, names, r)
            if not b or a == b:
                continue
            if kind in CHANGES and r.random() < 0.5:
                a, b = b, a
            out.append((a, b, kind))
            n += 1
            if n == wanted * (2 if change is None else 1):
                break
    return out
