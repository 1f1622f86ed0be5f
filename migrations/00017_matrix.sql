-- +goose Up

-- What lists of findings are ordered and counted by, worked out with each comparison.
ALTER TABLE findings
    -- How far the sources part: the origins that do not hold the widest position, and
    -- among as many the larger share. 0 where they do not part.
    ADD COLUMN divided double precision NOT NULL DEFAULT 0 CHECK (divided >= 0),
    -- When the newest article that tells it was published, NULL where no time is known.
    ADD COLUMN newest_at timestamptz,
    -- The highest worth of its claims: how likely a fact-checker would pick it.
    ADD COLUMN worth double precision NOT NULL DEFAULT 0,
    -- The kinds of its differences, each once, the most important first.
    ADD COLUMN kinds text[] NOT NULL DEFAULT '{}';

UPDATE findings f SET divided = p.apart + p.apart::double precision / p.holders
FROM (SELECT finding_id, sum(origins) AS holders, sum(origins) - max(origins) AS apart
      FROM positions GROUP BY finding_id HAVING count(*) > 1) p
WHERE p.finding_id = f.id AND f.verdict = 'diverge';

UPDATE findings f SET kinds = d.kinds
FROM (SELECT finding_id, array_agg(kind ORDER BY first, kind) AS kinds
      FROM (SELECT finding_id, kind, min(ordinal) AS first FROM differences GROUP BY finding_id, kind) k
      GROUP BY finding_id) d
WHERE d.finding_id = f.id;

UPDATE findings f SET newest_at = m.newest_at, worth = m.worth
FROM (SELECT fc.finding_id, max(a.published_at) AS newest_at, max(c.worth) AS worth
      FROM finding_claims fc JOIN claims c ON c.id = fc.claim_id JOIN articles a ON a.id = c.article_id
      GROUP BY fc.finding_id) m
WHERE m.finding_id = f.id;

-- A claim that says the opposite of one of its finding's first position.
ALTER TABLE finding_claims ADD COLUMN opposes boolean NOT NULL DEFAULT false;

UPDATE finding_claims fc SET opposes = true
FROM differences d
CROSS JOIN LATERAL (VALUES (d.claim_a, d.claim_b), (d.claim_b, d.claim_a)) pair (mine, other)
JOIN finding_claims o ON o.claim_id = pair.other
JOIN positions p ON p.finding_id = d.finding_id AND p.ordinal = 0 AND p.label = o.position
WHERE fc.claim_id = pair.mine AND d.kind IN ('negation', 'action') AND NOT d.internal AND d.between_who = 'sources'
  AND EXISTS (SELECT FROM positions x WHERE x.finding_id = d.finding_id AND x.ordinal = 1);

ALTER TABLE differences
    -- The first of its kind in its finding, and whether all of that kind are superseded:
    -- a finding of many sources has a difference for each two of them, and lists show
    -- each kind once.
    ADD COLUMN leads boolean NOT NULL DEFAULT false,
    ADD COLUMN kind_superseded boolean NOT NULL DEFAULT false;

UPDATE differences d SET leads = true, kind_superseded = k.superseded
FROM (SELECT finding_id, kind, min(ordinal) AS first, bool_and(superseded) AS superseded
      FROM differences GROUP BY finding_id, kind) k
WHERE k.finding_id = d.finding_id AND k.kind = d.kind AND k.first = d.ordinal;
CREATE INDEX differences_leads ON differences (finding_id, ordinal) WHERE leads;
