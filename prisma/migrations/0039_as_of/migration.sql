-- The library as of a moment is walked in the order of names over every asset that a folder ever held, also those that are in the trash or
-- gone now; the index of live ones (0001) cannot serve it.
CREATE INDEX "Asset_folder_name_idx" ON "Asset"("folderId", "name");
