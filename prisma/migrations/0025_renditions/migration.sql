-- What inspection finds beside the columns that listings and search read.
ALTER TABLE "MediaInfo" ADD COLUMN "details" JSONB;

-- Pictures made from versions. Keys compare by bytes, as in every table that holds them.
CREATE TABLE "Rendition" (
    "libraryId" BIGINT NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "versionId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "etag" TEXT NOT NULL,
    "recipe" INTEGER NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "bytes" INTEGER NOT NULL,
    "madeAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Rendition_pkey" PRIMARY KEY ("libraryId","key","versionId","kind")
);
