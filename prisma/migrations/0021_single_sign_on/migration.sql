-- Who a person is at the single sign-on (OIDC_ISSUER): issuer and subject, so that a new e-mail there does not make a new person here.
ALTER TABLE "User" ADD COLUMN "oidcSubject" TEXT;
CREATE UNIQUE INDEX "User_oidcSubject_key" ON "User"("oidcSubject");
