
-- CreateEnum
CREATE TYPE "Role" AS ENUM ('viewer', 'contributor', 'admin');

-- CreateEnum
CREATE TYPE "UploadState" AS ENUM ('reserved', 'uploading', 'completing', 'completed', 'failed', 'cancelled', 'expired');

-- CreateEnum
CREATE TYPE "UploadKind" AS ENUM ('single', 'multipart');

-- CreateEnum
CREATE TYPE "IfExists" AS ENUM ('fail', 'replace', 'rename');

-- CreateEnum
CREATE TYPE "OperationType" AS ENUM ('trash', 'untrash', 'restore-version', 'restore-to-time', 'move', 'copy', 'create-folder', 'tag', 'reclass', 'reencrypt', 'purge');

-- CreateEnum
CREATE TYPE "OperationState" AS ENUM ('planned', 'queued', 'running', 'succeeded', 'partial', 'failed', 'cancelled');

-- CreateEnum
CREATE TYPE "ItemState" AS ENUM ('pending', 'running', 'done', 'skipped', 'conflict', 'failed');

-- CreateEnum
CREATE TYPE "AssetState" AS ENUM ('live', 'trashed', 'gone');

-- CreateTable
CREATE TABLE "User" (
    "id" BIGSERIAL NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "passwordHash" TEXT,
    "sessionVersion" INTEGER NOT NULL DEFAULT 1,
    "disabledAt" TIMESTAMPTZ(3),
    "lastSeenAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" UUID NOT NULL,
    "userId" BIGINT NOT NULL,
    "userAgent" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Grant" (
    "id" BIGSERIAL NOT NULL,
    "userId" BIGINT NOT NULL,
    "libraryId" BIGINT NOT NULL,
    "prefix" TEXT COLLATE "C" NOT NULL,
    "role" "Role" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Grant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ApiToken" (
    "id" BIGSERIAL NOT NULL,
    "userId" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "secretHash" BYTEA NOT NULL,
    "hint" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMPTZ(3),
    "expiresAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ApiToken_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "key" TEXT NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "Store" (
    "id" BIGSERIAL NOT NULL,
    "endpoint" TEXT NOT NULL,
    "capabilities" JSONB NOT NULL,
    "probedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Store_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Library" (
    "id" BIGSERIAL NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "storeId" BIGINT NOT NULL,
    "bucket" TEXT NOT NULL,
    "rootPrefix" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "createdByApp" BOOLEAN NOT NULL,
    "versioning" TEXT NOT NULL,
    "indexedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Library_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Upload" (
    "id" UUID NOT NULL,
    "libraryId" BIGINT NOT NULL,
    "userId" BIGINT NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "path" TEXT COLLATE "C" NOT NULL,
    "size" BIGINT NOT NULL,
    "contentType" TEXT NOT NULL,
    "crc64nvme" BYTEA,
    "fileModifiedAt" TIMESTAMPTZ(3),
    "kind" "UploadKind" NOT NULL,
    "partSize" INTEGER,
    "partCount" INTEGER,
    "ifExists" "IfExists" NOT NULL,
    "expectedVersionId" TEXT,
    "expectedEtag" TEXT,
    "storeUploadId" TEXT,
    "state" "UploadState" NOT NULL DEFAULT 'reserved',
    "errorCode" TEXT,
    "errorDetail" TEXT,
    "versionId" TEXT,
    "etag" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "completedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Upload_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Operation" (
    "id" BIGSERIAL NOT NULL,
    "libraryId" BIGINT NOT NULL,
    "userId" BIGINT NOT NULL,
    "type" "OperationType" NOT NULL,
    "state" "OperationState" NOT NULL,
    "params" JSONB NOT NULL,
    "plan" JSONB NOT NULL,
    "undoOfId" BIGINT,
    "clientId" TEXT,
    "errorDetail" TEXT,
    "heartbeatAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Operation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OperationItem" (
    "operationId" BIGINT NOT NULL,
    "position" INTEGER NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "path" TEXT COLLATE "C" NOT NULL,
    "state" "ItemState" NOT NULL DEFAULT 'pending',
    "step" JSONB NOT NULL,
    "outcome" JSONB,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "errorCode" TEXT,
    "errorDetail" TEXT,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "OperationItem_pkey" PRIMARY KEY ("operationId","position")
);

-- CreateTable
CREATE TABLE "Move" (
    "id" BIGSERIAL NOT NULL,
    "libraryId" BIGINT NOT NULL,
    "operationId" BIGINT NOT NULL,
    "fromKey" TEXT COLLATE "C" NOT NULL,
    "fromVersionId" TEXT NOT NULL,
    "toKey" TEXT COLLATE "C" NOT NULL,
    "toVersionId" TEXT NOT NULL,
    "movedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Move_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Tag" (
    "libraryId" BIGINT NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "Tag_pkey" PRIMARY KEY ("libraryId","key","name")
);

-- CreateTable
CREATE TABLE "AuditEvent" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "userId" BIGINT,
    "actorName" TEXT NOT NULL,
    "libraryId" BIGINT,
    "type" TEXT NOT NULL,
    "path" TEXT COLLATE "C",
    "operationId" BIGINT,
    "uploadId" UUID,
    "data" JSONB NOT NULL,

    CONSTRAINT "AuditEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SettingsChange" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "userId" BIGINT NOT NULL,
    "libraryId" BIGINT NOT NULL,
    "setting" TEXT NOT NULL,
    "before" JSONB NOT NULL,
    "after" JSONB NOT NULL,

    CONSTRAINT "SettingsChange_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Folder" (
    "id" BIGSERIAL NOT NULL,
    "libraryId" BIGINT NOT NULL,
    "parentId" BIGINT,
    "path" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "firstAt" TIMESTAMPTZ(3),
    "markerVersionId" TEXT,
    "assetCount" BIGINT NOT NULL DEFAULT 0,
    "bytes" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "Folder_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "FolderDelta" (
    "id" BIGSERIAL NOT NULL,
    "libraryId" BIGINT NOT NULL,
    "path" TEXT COLLATE "C" NOT NULL,
    "assetCount" BIGINT NOT NULL,
    "bytes" BIGINT NOT NULL,

    CONSTRAINT "FolderDelta_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Asset" (
    "id" BIGSERIAL NOT NULL,
    "libraryId" BIGINT NOT NULL,
    "folderId" BIGINT NOT NULL,
    "path" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "irregular" BOOLEAN NOT NULL DEFAULT false,
    "state" "AssetState" NOT NULL,
    "appliedTicket" BIGINT NOT NULL DEFAULT 0,
    "kind" TEXT NOT NULL,
    "contentType" TEXT,
    "size" BIGINT NOT NULL,
    "modifiedAt" TIMESTAMPTZ(3) NOT NULL,
    "versionId" TEXT NOT NULL,
    "etag" TEXT,
    "storageClass" TEXT NOT NULL DEFAULT 'STANDARD',
    "versionCount" INTEGER NOT NULL DEFAULT 1,
    "trashedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Asset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Version" (
    "id" BIGSERIAL NOT NULL,
    "assetId" BIGINT NOT NULL,
    "folderId" BIGINT NOT NULL,
    "versionId" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "isDeleteMarker" BOOLEAN NOT NULL,
    "size" BIGINT NOT NULL,
    "etag" TEXT,
    "crc64nvme" BYTEA,
    "contentType" TEXT,
    "storageClass" TEXT,
    "modifiedAt" TIMESTAMPTZ(3) NOT NULL,
    "validFrom" TIMESTAMPTZ(3) NOT NULL,
    "validTo" TIMESTAMPTZ(3),
    "removedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MediaInfo" (
    "libraryId" BIGINT NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "versionId" TEXT NOT NULL,
    "etag" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "contentType" TEXT NOT NULL,
    "width" INTEGER,
    "height" INTEGER,
    "durationMs" INTEGER,
    "takenAt" TIMESTAMPTZ(3),
    "camera" TEXT,
    "latitude" DOUBLE PRECISION,
    "longitude" DOUBLE PRECISION,
    "thumbhash" BYTEA,
    "searchText" TEXT NOT NULL DEFAULT '',
    "problem" TEXT,
    "inspectedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "MediaInfo_pkey" PRIMARY KEY ("libraryId","key","versionId")
);

-- CreateTable
CREATE TABLE "Change" (
    "id" BIGSERIAL NOT NULL,
    "xid" BIGINT NOT NULL DEFAULT ((pg_current_xact_id())::text)::bigint,
    "libraryId" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "refId" TEXT NOT NULL,
    "path" TEXT COLLATE "C" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Change_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE INDEX "Session_userId_idx" ON "Session"("userId");

-- CreateIndex
CREATE INDEX "Grant_libraryId_idx" ON "Grant"("libraryId");

-- CreateIndex
CREATE UNIQUE INDEX "Grant_userId_libraryId_prefix_key" ON "Grant"("userId", "libraryId", "prefix");

-- CreateIndex
CREATE UNIQUE INDEX "ApiToken_secretHash_key" ON "ApiToken"("secretHash");

-- CreateIndex
CREATE INDEX "ApiToken_userId_idx" ON "ApiToken"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "Store_endpoint_key" ON "Store"("endpoint");

-- CreateIndex
CREATE UNIQUE INDEX "Library_slug_key" ON "Library"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "Library_storeId_bucket_rootPrefix_key" ON "Library"("storeId", "bucket", "rootPrefix");

-- CreateIndex
CREATE INDEX "Upload_userId_state_idx" ON "Upload"("userId", "state");

-- CreateIndex
CREATE INDEX "Upload_libraryId_key_versionId_idx" ON "Upload"("libraryId", "key", "versionId");

-- CreateIndex
CREATE INDEX "Operation_libraryId_id_idx" ON "Operation"("libraryId", "id");

-- CreateIndex
CREATE INDEX "Operation_undoOfId_idx" ON "Operation"("undoOfId");

-- CreateIndex
CREATE UNIQUE INDEX "Operation_userId_clientId_key" ON "Operation"("userId", "clientId");

-- CreateIndex
CREATE INDEX "OperationItem_operationId_state_idx" ON "OperationItem"("operationId", "state");

-- CreateIndex
CREATE INDEX "Move_libraryId_toKey_idx" ON "Move"("libraryId", "toKey");

-- CreateIndex
CREATE INDEX "Move_libraryId_fromKey_idx" ON "Move"("libraryId", "fromKey");

-- CreateIndex
CREATE INDEX "Tag_libraryId_name_idx" ON "Tag"("libraryId", "name");

-- CreateIndex
CREATE INDEX "AuditEvent_libraryId_id_idx" ON "AuditEvent"("libraryId", "id");

-- CreateIndex
CREATE INDEX "AuditEvent_userId_id_idx" ON "AuditEvent"("userId", "id");

-- CreateIndex
CREATE INDEX "Folder_parentId_name_idx" ON "Folder"("parentId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "Folder_libraryId_path_key" ON "Folder"("libraryId", "path");

-- CreateIndex
CREATE INDEX "FolderDelta_libraryId_path_idx" ON "FolderDelta"("libraryId", "path");

-- CreateIndex
CREATE UNIQUE INDEX "Asset_libraryId_path_key" ON "Asset"("libraryId", "path");

-- CreateIndex
CREATE INDEX "Version_assetId_seq_idx" ON "Version"("assetId", "seq");

-- CreateIndex
CREATE INDEX "Version_folderId_validFrom_validTo_idx" ON "Version"("folderId", "validFrom", "validTo");

-- CreateIndex
CREATE INDEX "Change_libraryId_xid_id_idx" ON "Change"("libraryId", "xid", "id");

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Grant" ADD CONSTRAINT "Grant_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Grant" ADD CONSTRAINT "Grant_libraryId_fkey" FOREIGN KEY ("libraryId") REFERENCES "Library"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiToken" ADD CONSTRAINT "ApiToken_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Library" ADD CONSTRAINT "Library_storeId_fkey" FOREIGN KEY ("storeId") REFERENCES "Store"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Upload" ADD CONSTRAINT "Upload_libraryId_fkey" FOREIGN KEY ("libraryId") REFERENCES "Library"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Operation" ADD CONSTRAINT "Operation_undoOfId_fkey" FOREIGN KEY ("undoOfId") REFERENCES "Operation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OperationItem" ADD CONSTRAINT "OperationItem_operationId_fkey" FOREIGN KEY ("operationId") REFERENCES "Operation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Folder" ADD CONSTRAINT "Folder_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "Folder"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Asset" ADD CONSTRAINT "Asset_folderId_fkey" FOREIGN KEY ("folderId") REFERENCES "Folder"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Version" ADD CONSTRAINT "Version_assetId_fkey" FOREIGN KEY ("assetId") REFERENCES "Asset"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- Below: what Prisma cannot say.

-- Tickets order the listings of one key (lib/indexing/sync-key.ts).
CREATE SEQUENCE "sync_ticket";

-- One open upload a path: the reservation.
CREATE UNIQUE INDEX "Upload_open_path_key" ON "Upload"("libraryId", "path") WHERE "state" IN ('reserved', 'uploading', 'completing');
CREATE INDEX "Upload_open_expiry_idx" ON "Upload"("expiresAt") WHERE "state" IN ('reserved', 'uploading', 'completing');

-- A version id is unique among those that are still there: a `null` version changes its content under the same id.
CREATE UNIQUE INDEX "Version_present_key" ON "Version"("assetId", "versionId") WHERE "removedAt" IS NULL;

-- Keyset listing of a folder, one index an order.
CREATE INDEX "Asset_live_name_idx" ON "Asset"("folderId", "name") WHERE "state" = 'live';
CREATE INDEX "Asset_live_size_idx" ON "Asset"("folderId", "size", "id") WHERE "state" = 'live';
CREATE INDEX "Asset_live_modified_idx" ON "Asset"("folderId", "modifiedAt", "id") WHERE "state" = 'live';
CREATE INDEX "Asset_live_kind_idx" ON "Asset"("folderId", "kind", "name") WHERE "state" = 'live';
CREATE INDEX "Asset_trash_idx" ON "Asset"("libraryId", "trashedAt" DESC, "id" DESC) WHERE "state" = 'trashed';

-- Activity by folder.
CREATE INDEX "AuditEvent_path_idx" ON "AuditEvent"("libraryId", "path", "id");

-- Open operations, for the worker that takes over after a crash.
CREATE INDEX "Operation_open_idx" ON "Operation"("heartbeatAt") WHERE "state" IN ('queued', 'running');

-- Wakes the pages that wait for changes (lib/assets/wait-for-changes.ts). One notification a statement.
CREATE FUNCTION "notify_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('strata_change', id::text) FROM (SELECT DISTINCT "libraryId" AS id FROM inserted) AS libraries;
  RETURN NULL;
END $$;
CREATE TRIGGER "Change_notify" AFTER INSERT ON "Change" REFERENCING NEW TABLE AS inserted
  FOR EACH STATEMENT EXECUTE FUNCTION "notify_change"();
