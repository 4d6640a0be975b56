import type { DefaultTemplate } from "../default-templates";
import { DELIVERY_MAILS } from "./delivery-mails";
import { OPINION_MAILS } from "./opinion-mails";
import { ORDER_MAILS } from "./order-mails";
import { RETURN_MAILS } from "./return-mails";
import { SERVICE_MAILS } from "./service-mails";

/** The mails of the ready journeys, beside those that every shop has had from the start. */
export const LIBRARY_MAILS = {
  ...ORDER_MAILS,
  ...DELIVERY_MAILS,
  ...OPINION_MAILS,
  ...RETURN_MAILS,
  ...SERVICE_MAILS,
} satisfies Record<string, DefaultTemplate>;
export type LibraryKey = keyof typeof LIBRARY_MAILS;
export const LIBRARY_KEYS = Object.keys(LIBRARY_MAILS) as LibraryKey[];
