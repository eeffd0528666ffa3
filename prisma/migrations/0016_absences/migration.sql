-- INDEX. Looks that found nothing under a path of which the index has no row: an older look that saw something must not make one.
CREATE TABLE "Absence" (
  "libraryId" BIGINT NOT NULL,
  "path" TEXT COLLATE "C" NOT NULL,
  "ticket" BIGINT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "Absence_pkey" PRIMARY KEY ("libraryId", "path"),
  CONSTRAINT "Absence_libraryId_fkey" FOREIGN KEY ("libraryId") REFERENCES "Library"("id") ON DELETE CASCADE
);
CREATE INDEX "Absence_at_idx" ON "Absence"("at");
-- The look whose answer about the folder's marker was applied last, as for assets.
ALTER TABLE "Folder" ADD COLUMN "markerTicket" BIGINT NOT NULL DEFAULT 0;
