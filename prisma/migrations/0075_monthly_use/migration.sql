-- What an admin expects to be read from a library a month, for its cost (lib/cost/plan-running.ts): no store tells the app.
ALTER TABLE "Library" ADD COLUMN "monthlyUse" JSONB;
-- What Strata asked of the store in the last 30 days, counted with the rest; null in snapshots from before.
ALTER TABLE "UsageSnapshot" ADD COLUMN "requests" JSONB;
