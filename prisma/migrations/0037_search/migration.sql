-- Search (docs/decisions/038-search-text.md): one folded text an asset, kept by triggers so that no writer can forget it.

-- A contrib module that any owner of a database may create (trusted since Postgres 13).
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- Text as search sees it: no case, no accents, no signs; a space before each word. Greek and Cyrillic become Latin letters, one for one.
-- Its twin for the browser is lib/search/fold-text.ts; a test holds them together. It asks no locale and no dictionary, so it is
-- immutable in fact (unaccent is not, and lower() follows the database's locale).
CREATE FUNCTION "search_fold"(value TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN octet_length(value) = length(value)
  THEN regexp_replace(lower((' ' || value) COLLATE "C"), '[\u0001-\u002f\u003a-\u0060\u007b-\u007f]+', ' ', 'g')
  ELSE regexp_replace(replace(replace(replace(replace(
    translate(lower(regexp_replace(normalize(' ' || value, NFKD), '[\u0300-\u036f]+', '', 'g') COLLATE "C"),
      'ØøŁłĐđÐðĦħıŦŧŊŋÆŒÞẞ' || 'ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ' || 'αβγδεζηθικλμνξοπρσςτυφχψω'
        || 'АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ' || 'абвгдежзиклмнопрстуфхцчшщыэюя' || 'ІЄҐЂЈЉЊЋЏЅ' || 'ієґђјљњћџѕ' || 'ЪЬъь',
      'oollddddhhittnnæœþß' || 'abgdezhtiklmnxoprstyfhpo' || 'abgdezhtiklmnxoprsstyfhpo'
        || 'abvgdejziklmnoprstufhccssyeua' || 'abvgdejziklmnoprstufhccssyeua' || 'iegdjlncds' || 'iegdjlncds'),
    'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
    '[\u0001-\u002f\u003a-\u0060\u007b-\u00bf\u2000-\u206f\u2e00-\u2e7f\u3000-\u303f]+', ' ', 'g')
END;

ALTER TABLE "Asset"
  ADD COLUMN "searchText" TEXT COLLATE "C" NOT NULL DEFAULT '',
  ADD COLUMN "takenAt" TIMESTAMPTZ(3);

-- Path, kind, type, camera, tags and what inspection adds. Whatever a writer says about the two columns is overruled.
CREATE FUNCTION "asset_search_text"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  asset_key TEXT;
  info RECORD;
BEGIN
  SELECT l."rootPrefix" || NEW."path" INTO asset_key FROM "Library" l WHERE l."id" = NEW."libraryId";
  SELECT m."camera", m."takenAt", m."searchText" INTO info FROM "MediaInfo" m
    WHERE m."libraryId" = NEW."libraryId" AND m."key" = asset_key AND m."versionId" = NEW."versionId";
  NEW."takenAt" := info."takenAt";
  NEW."searchText" := search_fold(concat_ws(' ', NEW."path", NEW."kind",
    -- "jpeg", "quicktime"; the long names of office formats are nothing that people type.
    CASE WHEN length(split_part(NEW."contentType", '/', 2)) <= 12 THEN split_part(NEW."contentType", '/', 2) END,
    info."camera", info."searchText",
    (SELECT string_agg(t."name", ' ' ORDER BY t."name") FROM "Tag" t
     WHERE t."libraryId" = NEW."libraryId" AND t."key" = asset_key)));
  RETURN NEW;
END $$;
CREATE TRIGGER "Asset_search_text" BEFORE INSERT OR UPDATE OF "path", "kind", "contentType", "versionId", "searchText", "takenAt" ON "Asset"
  FOR EACH ROW EXECUTE FUNCTION "asset_search_text"();

-- Writes the texts of assets whose tags or inspection changed. Rows are locked in path order, as every batch does.
CREATE FUNCTION "refresh_search_text"(library BIGINT, keys TEXT[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  ids BIGINT[];
BEGIN
  SELECT array_agg(locked."id") INTO ids FROM (
    SELECT a."id" FROM unnest(keys) AS changed("key")
    JOIN "Library" l ON l."id" = library AND starts_with(changed."key", l."rootPrefix")
    JOIN "Asset" a ON a."libraryId" = library AND a."path" = substr(changed."key", length(l."rootPrefix") + 1) COLLATE "C"
    ORDER BY a."path" FOR UPDATE OF a) AS locked;
  UPDATE "Asset" SET "searchText" = '' WHERE "id" = ANY(ids);
END $$;

CREATE FUNCTION "search_source_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refresh_search_text(c."libraryId", c.keys)
    FROM (SELECT "libraryId", array_agg(DISTINCT "key") AS keys FROM changed GROUP BY "libraryId") AS c;
  RETURN NULL;
END $$;
CREATE TRIGGER "Tag_search_insert" AFTER INSERT ON "Tag" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION "search_source_changed"();
CREATE TRIGGER "Tag_search_update" AFTER UPDATE ON "Tag" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION "search_source_changed"();
CREATE TRIGGER "Tag_search_delete" AFTER DELETE ON "Tag" REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION "search_source_changed"();
CREATE TRIGGER "MediaInfo_search_insert" AFTER INSERT ON "MediaInfo" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION "search_source_changed"();
CREATE TRIGGER "MediaInfo_search_delete" AFTER DELETE ON "MediaInfo" REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION "search_source_changed"();

-- A rendition that is made later touches the row but says nothing new to search.
CREATE FUNCTION "media_info_search_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refresh_search_text(NEW."libraryId", ARRAY[NEW."key"]);
  RETURN NULL;
END $$;
CREATE TRIGGER "MediaInfo_search_update" AFTER UPDATE ON "MediaInfo" FOR EACH ROW
  WHEN ((OLD."camera", OLD."takenAt", OLD."searchText") IS DISTINCT FROM (NEW."camera", NEW."takenAt", NEW."searchText"))
  EXECUTE FUNCTION "media_info_search_changed"();

UPDATE "Asset" SET "searchText" = '';

-- A short pending list: every search reads it from end to end.
CREATE INDEX "Asset_search_idx" ON "Asset" USING gin ("searchText" gin_trgm_ops) WITH (gin_pending_list_limit = 512) WHERE "state" = 'live';
-- For filters that stand alone, over a whole library.
CREATE INDEX "Asset_live_library_modified_idx" ON "Asset"("libraryId", "modifiedAt", "id") WHERE "state" = 'live';
CREATE INDEX "Asset_live_library_taken_idx" ON "Asset"("libraryId", "takenAt", "id") WHERE "state" = 'live' AND "takenAt" IS NOT NULL;
CREATE INDEX "Asset_live_library_size_idx" ON "Asset"("libraryId", "size", "id") WHERE "state" = 'live';
CREATE INDEX "Asset_live_library_class_idx" ON "Asset"("libraryId", "storageClass", "id") WHERE "state" = 'live' AND "storageClass" <> 'STANDARD';
-- Folders by their words.
CREATE INDEX "Folder_search_idx" ON "Folder" USING gin (search_fold("path") gin_trgm_ops) WITH (gin_pending_list_limit = 512);
