-- INDEX. What a comparison counted on both sides, beside what it counted in the bucket already. Sums are of 64-bit hashes, modulo 2^64.
ALTER TABLE "IndexShard"
  ADD COLUMN "indexKeys" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "indexVersions" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "indexBytes" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "bucketSum" NUMERIC(20) NOT NULL DEFAULT 0,
  ADD COLUMN "indexSum" NUMERIC(20) NOT NULL DEFAULT 0;

-- INDEX. Folders in which the sides differed, with what lay directly in them in the windows that differed.
CREATE TABLE "FolderDrift" (
  "runId" BIGINT NOT NULL,
  "path" TEXT COLLATE "C" NOT NULL,
  "bucketKeys" BIGINT NOT NULL,
  "bucketVersions" BIGINT NOT NULL,
  "bucketBytes" BIGINT NOT NULL,
  "bucketSum" NUMERIC(20) NOT NULL,
  "indexKeys" BIGINT NOT NULL,
  "indexVersions" BIGINT NOT NULL,
  "indexBytes" BIGINT NOT NULL,
  "indexSum" NUMERIC(20) NOT NULL,
  CONSTRAINT "FolderDrift_pkey" PRIMARY KEY ("runId", "path"),
  CONSTRAINT "FolderDrift_runId_fkey" FOREIGN KEY ("runId") REFERENCES "IndexRun"("id") ON DELETE CASCADE
);
