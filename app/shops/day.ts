import { z } from "zod";

/**
 * Days and months as forms and addresses name them. Years that a keyboard makes by accident ("0026", "9999") are refused:
 * beside a time zone they leave what four digits can say, and then neither the database nor the editor can show them.
 */
const YEAR = "2[01]\\d\\d";

/** A calendar day like "2026-12-24". */
export function daySchema(problem: string) {
  return z.iso.date(problem).regex(new RegExp(`^${YEAR}-`), "Use a year from 2000 to 2199.");
}

/** "2026-12" */
export const MONTH = new RegExp(`^${YEAR}-(0[1-9]|1[0-2])$`);
