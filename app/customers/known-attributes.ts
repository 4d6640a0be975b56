/** Attributes of a customer that we write ourselves, beside answers to surveys. */

/** The date of birth, "1990-05-01"; "05-01" where the year is not told. From Shopify's standard field for it. */
export const BIRTHDAY = "birthday";
