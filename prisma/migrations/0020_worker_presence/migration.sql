-- The worker processes that are alive, with what they found on their machine. Each says so every few seconds; what one that fell
-- silent had in hand goes back to the queue (lib/jobs/worker-presence.ts).
CREATE TABLE "Worker" (
  "id" UUID PRIMARY KEY,
  "host" TEXT NOT NULL,
  "queueIds" TEXT[] NOT NULL,
  "tools" JSONB NOT NULL,
  "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  "seenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT now()
);
