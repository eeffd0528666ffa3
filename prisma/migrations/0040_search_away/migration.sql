-- A search as of a moment also finds what is in the trash or gone now. An index of its own keeps that of the live ones small.
CREATE INDEX "Asset_search_away_idx" ON "Asset" USING gin ("searchText" gin_trgm_ops) WHERE "state" <> 'live';
