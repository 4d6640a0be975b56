-- An uninstall that is told late must not end an installation that was renewed after it.
ALTER TABLE "Shop" ADD COLUMN "authorizedAt" TIMESTAMPTZ(3);
