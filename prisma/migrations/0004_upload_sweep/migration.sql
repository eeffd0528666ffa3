-- When the sweep looks at a session next, and until when a completion under way is left alone; null: never again.
-- `claim` is the token of the process that completes it: one that lost its claim may write nothing any more.
ALTER TABLE "Upload" ADD COLUMN "lookAt" TIMESTAMPTZ(3), ADD COLUMN "claim" UUID;
UPDATE "Upload" SET "lookAt" = now() WHERE "state" IN ('reserved', 'uploading', 'completing');
CREATE INDEX "Upload_lookAt_idx" ON "Upload"("lookAt") WHERE "lookAt" IS NOT NULL;
DROP INDEX "Upload_open_expiry_idx";
