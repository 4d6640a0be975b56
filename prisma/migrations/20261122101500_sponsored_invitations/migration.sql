-- An invitation may come before the shop that it is meant for: once that installs the app, it is looked for over all shops.
GRANT SELECT ON "PartnerLink" TO postlude_sweeper;
CREATE POLICY sweep ON "PartnerLink" FOR SELECT TO postlude_sweeper USING (true);
