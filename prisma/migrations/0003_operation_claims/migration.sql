-- Who runs an operation now: a process that lost its claim to another one may finish nothing any more.
ALTER TABLE "Operation" ADD COLUMN "claimedBy" TEXT, ADD COLUMN "cancelRequestedAt" TIMESTAMPTZ(3);

-- When an item was first taken up, so that a take-over can tell its own work from a stranger's; and what the item made,
-- so that a version's maker is found by (key, versionId), as for uploads.
ALTER TABLE "OperationItem" ADD COLUMN "startedAt" TIMESTAMPTZ(3), ADD COLUMN "versionId" TEXT;
CREATE INDEX "OperationItem_key_versionId_idx" ON "OperationItem"("key", "versionId");
CREATE INDEX "OperationItem_operationId_path_idx" ON "OperationItem"("operationId", "path");
