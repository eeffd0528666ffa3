-- Store events: who may report them (record), and what became of them (index).
CREATE TABLE "EventToken" (
  "libraryId" BIGINT NOT NULL,
  "name" TEXT NOT NULL,
  "secretHash" BYTEA NOT NULL,
  "hint" TEXT NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "EventToken_pkey" PRIMARY KEY ("libraryId", "name"),
  CONSTRAINT "EventToken_libraryId_fkey" FOREIGN KEY ("libraryId") REFERENCES "Library"("id") ON DELETE CASCADE
);
CREATE UNIQUE INDEX "EventToken_secretHash_key" ON "EventToken"("secretHash");

CREATE TABLE "EventFeed" (
  "libraryId" BIGINT NOT NULL,
  "source" TEXT,
  "connected" BOOLEAN NOT NULL DEFAULT false,
  "aliveAt" TIMESTAMPTZ(3),
  "lastEventAt" TIMESTAMPTZ(3),
  "lastDelayMs" BIGINT,
  "received" BIGINT NOT NULL DEFAULT 0,
  "known" BIGINT NOT NULL DEFAULT 0,
  "applied" BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT "EventFeed_pkey" PRIMARY KEY ("libraryId"),
  CONSTRAINT "EventFeed_libraryId_fkey" FOREIGN KEY ("libraryId") REFERENCES "Library"("id") ON DELETE CASCADE
);
-- Every event writes this row: room on its page keeps the updates in place.
ALTER TABLE "EventFeed" SET (fillfactor = 50);
