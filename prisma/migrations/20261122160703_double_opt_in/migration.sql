-- Whom double opt-in asks: "usual" (countries where it is the custom), "everyone" or "nobody".
ALTER TABLE "ContactSettings" ALTER COLUMN "doubleOptIn" DROP DEFAULT;
ALTER TABLE "ContactSettings" ALTER COLUMN "doubleOptIn" TYPE TEXT
  USING CASE WHEN "doubleOptIn" THEN 'everyone' ELSE 'usual' END;
ALTER TABLE "ContactSettings" ALTER COLUMN "doubleOptIn" SET DEFAULT 'usual';
