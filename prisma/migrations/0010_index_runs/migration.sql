-- INDEX. One comparison of a library with its bucket, and the parts of the key space that workers take one by one
-- (lib/indexing/reconcile/). Bounds and checkpoints are paths in byte order: a shard is (after, upTo].
CREATE TABLE "IndexRun" (
    "id" BIGSERIAL NOT NULL,
    "libraryId" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "repair" BOOLEAN NOT NULL DEFAULT true,
    "state" TEXT NOT NULL DEFAULT 'running',
    "problem" TEXT,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "IndexRun_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "IndexRun_libraryId_fkey" FOREIGN KEY ("libraryId") REFERENCES "Library"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "IndexRun_libraryId_id_idx" ON "IndexRun"("libraryId", "id");
-- One at a time a library: a second start joins the first.
CREATE UNIQUE INDEX "IndexRun_running_key" ON "IndexRun"("libraryId") WHERE "state" = 'running';

CREATE TABLE "IndexShard" (
    "runId" BIGINT NOT NULL,
    "position" INTEGER NOT NULL,
    "after" TEXT COLLATE "C" NOT NULL,
    "upTo" TEXT COLLATE "C",
    "checkpoint" TEXT COLLATE "C",
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "claimedBy" TEXT,
    "heartbeatAt" TIMESTAMPTZ(3),
    "keys" BIGINT NOT NULL DEFAULT 0,
    "versions" BIGINT NOT NULL DEFAULT 0,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "drift" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "IndexShard_pkey" PRIMARY KEY ("runId", "position"),
    CONSTRAINT "IndexShard_runId_fkey" FOREIGN KEY ("runId") REFERENCES "IndexRun"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- INDEX. Keys that were found to differ, with the cause: at most 1,000 a shard, the counts are in the shard.
CREATE TABLE "IndexDifference" (
    "id" BIGSERIAL NOT NULL,
    "runId" BIGINT NOT NULL,
    "path" TEXT COLLATE "C" NOT NULL,
    "cause" TEXT NOT NULL,
    "repaired" BOOLEAN NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "IndexDifference_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "IndexDifference_runId_fkey" FOREIGN KEY ("runId") REFERENCES "IndexRun"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "IndexDifference_runId_path_key" ON "IndexDifference"("runId", "path");
