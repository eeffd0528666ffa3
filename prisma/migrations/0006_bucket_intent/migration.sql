-- RECORD. A bucket that set-up is about to create: written before, taken away with the library's row. A set-up that was killed in
-- between finds it and knows that the bucket is its own.
CREATE TABLE "BucketIntent" (
  "endpoint"  TEXT NOT NULL,
  "bucket"    TEXT NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  PRIMARY KEY ("endpoint", "bucket")
);
