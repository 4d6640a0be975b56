-- The sweep that settles order edits looks for those that nobody finished.
GRANT SELECT ON "OfferOrderEdit" TO postlude_sweeper;
CREATE POLICY sweep ON "OfferOrderEdit" FOR SELECT TO postlude_sweeper USING (true);
