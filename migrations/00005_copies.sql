-- +goose Up

-- What a text is found by among all others. number stands for the article in
-- copy_marks, as a small key keeps that table small.
CREATE TABLE copy_sketches (
    article_id  uuid PRIMARY KEY REFERENCES articles ON DELETE CASCADE,
    number      integer NOT NULL UNIQUE GENERATED ALWAYS AS IDENTITY,
    revision_id uuid NOT NULL,
    -- The version of the rules that made the marks.
    version     text NOT NULL,
    marks       integer[] NOT NULL,
    sketched_at timestamptz NOT NULL
);

-- One row for each mark of each text: the index from marks to texts. There is no
-- foreign key, which would need an index of its own; the trigger keeps it clean.
CREATE TABLE copy_marks (
    mark   integer NOT NULL,
    number integer NOT NULL,
    PRIMARY KEY (mark, number)
);

-- +goose StatementBegin
CREATE FUNCTION keep_copy_marks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM copy_marks WHERE number = OLD.number AND mark = ANY (OLD.marks);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO copy_marks (mark, number) SELECT DISTINCT m, NEW.number FROM unnest(NEW.marks) m ORDER BY m;
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER copy_sketches_have_marks AFTER INSERT OR DELETE OR UPDATE OF marks, number ON copy_sketches
    FOR EACH ROW EXECUTE FUNCTION keep_copy_marks();

-- Two texts that share passages: one row for each direction.
CREATE TABLE copies (
    article_id uuid NOT NULL REFERENCES articles ON DELETE CASCADE,
    other_id   uuid NOT NULL REFERENCES articles ON DELETE CASCADE,
    -- How much of the article's own words stand in the other, and how many words.
    share      real NOT NULL CHECK (share BETWEEN 0 AND 1),
    words      integer NOT NULL,
    -- One is a copy of the other as a whole.
    whole      boolean NOT NULL,
    found_at   timestamptz NOT NULL,
    PRIMARY KEY (article_id, other_id),
    CHECK (article_id <> other_id)
);
CREATE INDEX copies_other ON copies (other_id);

-- Who a claim comes from, empty where it is as its article says.
ALTER TABLE finding_claims
    ADD COLUMN origin text NOT NULL DEFAULT '',
    ADD COLUMN origin_known boolean NOT NULL DEFAULT false;
