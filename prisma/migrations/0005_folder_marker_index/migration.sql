-- A folder that holds nothing but empty folders is visible through their markers (lib/assets/read-folder-page.ts).
CREATE INDEX "Folder_marker_idx" ON "Folder"("libraryId", "path") WHERE "markerVersionId" IS NOT NULL;
