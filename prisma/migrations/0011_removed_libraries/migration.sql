-- A library that was taken out of Strata keeps its records (uploads, operations, tags, audit) under its row, so that they are there again
-- when the same bucket and root are added once more. Nobody has a grant in it, so nobody sees it.
ALTER TABLE "Library" ADD COLUMN "removedAt" TIMESTAMPTZ(3);
