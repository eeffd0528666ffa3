-- One store may send the events of several libraries of this database with the one secret that it was started with, as when another
-- S3_BUCKET is given: who sends is known by library and secret together (lib/follow/receive-events.ts).
DROP INDEX "EventToken_secretHash_key";
