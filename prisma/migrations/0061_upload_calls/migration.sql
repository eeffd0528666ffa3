-- What the handshake of uploads cost the app: one row a call, for the data flow of an upload (lib/uploads/get-upload-flow.ts).
CREATE TABLE "UploadCall" (
    "id" BIGSERIAL NOT NULL,
    "libraryId" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "step" TEXT NOT NULL,
    "uploadIds" UUID[] NOT NULL,
    "requestBytes" INTEGER NOT NULL,
    "responseBytes" INTEGER NOT NULL,
    "ms" INTEGER NOT NULL,
    CONSTRAINT "UploadCall_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "UploadCall_libraryId_at_idx" ON "UploadCall"("libraryId", "at");
