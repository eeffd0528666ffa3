-- Plans that nobody started are looked for every ten minutes (lib/operations/remove-old-plans.ts); of operations there may be very many.
CREATE INDEX "Operation_plan_idx" ON "Operation"("createdAt") WHERE "state" = 'planned' OR ("state" = 'cancelled' AND "cancelRequestedAt" IS NULL);
