-- Looks at the guardrails of a library and changes of them, carried out by the worker (lib/guardrails/run-guardrails.ts).
CREATE TABLE "GuardrailRun" (
    "id" BIGSERIAL NOT NULL,
    "libraryId" BIGINT NOT NULL,
    "userId" BIGINT,
    "kind" TEXT NOT NULL,
    "input" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "rows" JSONB,
    "errorCode" TEXT,
    "errorDetail" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ(3),
    CONSTRAINT "GuardrailRun_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "GuardrailRun_libraryId_fkey" FOREIGN KEY ("libraryId") REFERENCES "Library"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "GuardrailRun_libraryId_id_idx" ON "GuardrailRun"("libraryId", "id");

-- A policy of this store refuses parts that do not name their encryption, so they are signed with it (s3-facts 7c).
ALTER TABLE "Library" ADD COLUMN "partsNameEncryption" BOOLEAN NOT NULL DEFAULT false;

-- Of the last look, for the navigation and the metrics.
ALTER TABLE "Library" ADD COLUMN "failingGuardrails" INTEGER NOT NULL DEFAULT 0;
