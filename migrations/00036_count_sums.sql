-- +goose NO TRANSACTION
-- +goose Up

-- From now on all that changes is counted; this adds what was there.
SELECT mend_sums();
SELECT fold_sums(1000000);
