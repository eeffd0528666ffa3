-- What a library holds, measured by the worker for the cost page (lib/cost/measure-usage.ts).
CREATE TABLE "UsageSnapshot" (
    "libraryId" BIGINT NOT NULL,
    "measuredAt" TIMESTAMPTZ(3) NOT NULL,
    "rows" JSONB NOT NULL,
    "leftovers" JSONB NOT NULL,
    CONSTRAINT "UsageSnapshot_pkey" PRIMARY KEY ("libraryId"),
    CONSTRAINT "UsageSnapshot_libraryId_fkey" FOREIGN KEY ("libraryId") REFERENCES "Library"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- An admin's own price sheet; null: the one that ships (lib/cost/prices-us-east-1.ts).
ALTER TABLE "Store" ADD COLUMN "prices" JSONB;
