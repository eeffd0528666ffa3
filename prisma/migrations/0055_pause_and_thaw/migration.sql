-- An operation that a person paused, and one that waits for archived versions to be thawed. A runner of an earlier release knows neither and goes on.
ALTER TABLE "Operation" ADD COLUMN "pausedAt" TIMESTAMPTZ(3), ADD COLUMN "waitsUntil" TIMESTAMPTZ(3);
ALTER TABLE "OperationItem" ADD COLUMN "waitsUntil" TIMESTAMPTZ(3);
