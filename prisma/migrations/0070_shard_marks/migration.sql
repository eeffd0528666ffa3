-- Where a bucket is compared in one part (docs/decisions/053): paths that cut it into pieces of about the same weight, to tell how far it is.
ALTER TABLE "IndexShard" ADD COLUMN "marks" TEXT[] COLLATE "C" NOT NULL DEFAULT '{}';
