-- Why a session ended, so that the sign-in page can say "You were signed out because your password changed".
ALTER TABLE "Session" ADD COLUMN "endReason" TEXT;
