-- Both ends of a moved or copied item are found by path; an undo names the item that it takes back.
ALTER TABLE "OperationItem" ADD COLUMN "fromPath" TEXT COLLATE "C", ADD COLUMN "undoes" INTEGER;
CREATE INDEX "OperationItem_operationId_fromPath_idx" ON "OperationItem"("operationId", "fromPath") WHERE "fromPath" IS NOT NULL;

-- The delete marker that a move left at the old place: while it is on top, the old place is no trash. Made once, however often it is repeated.
ALTER TABLE "Move" ADD COLUMN "fromMarkerId" TEXT, ADD COLUMN "isUndo" BOOLEAN NOT NULL DEFAULT false;
CREATE UNIQUE INDEX "Move_libraryId_fromKey_fromMarkerId_key" ON "Move"("libraryId", "fromKey", "fromMarkerId");

-- An operation that waits for another one (undoing several, the newest first), and the upload that an operation takes back.
ALTER TABLE "Operation" ADD COLUMN "afterId" BIGINT, ADD COLUMN "undoOfUploadId" UUID;
CREATE INDEX "Operation_afterId_idx" ON "Operation"("afterId") WHERE "afterId" IS NOT NULL;
CREATE INDEX "Operation_undoOfUploadId_idx" ON "Operation"("undoOfUploadId") WHERE "undoOfUploadId" IS NOT NULL;
