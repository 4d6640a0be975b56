import { z } from "zod";

/** The nouns of advertisers: brands that pay for being shown. */

export type ApprovalStatus = "waiting" | "approved" | "rejected" | "blocked";
/** Who brought it: the merchant, the installation's feed of advertisers, or a partner shop. */
export type AdvertiserSource = "merchant" | "feed" | "partner";

export type Advertiser = {
  id: string;
  name: string;
  domain: string;
  source: AdvertiserSource;
  status: ApprovalStatus;
  /** True where postbacks can be signed. */
  hasSecret: boolean;
  secretMadeAt: Date | null;
};

/** A host name, or this machine for trying things out. */
const HOST = /^(localhost|([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,})$/;

export const domainSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(253, "This is too long.")
  .regex(HOST, "Use a domain like brand.example, without https://.");

export const AdvertiserFormSchema = z.object({
  name: z.string().trim().min(1, "Give the advertiser a name.").max(60, "Use at most 60 characters."),
  domain: domainSchema,
});
export type AdvertiserForm = z.infer<typeof AdvertiserFormSchema>;

/** True for "shop.brand.example" in "brand.example". */
export function isWithinDomain(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}

/** Reads a stored row; the sealed secret stays behind. */
export function readAdvertiser(row: {
  id: string;
  name: string;
  domain: string;
  source: string;
  status: ApprovalStatus;
  secret: string | null;
  secretMadeAt: Date | null;
}): Advertiser {
  const { id, name, domain, status, secretMadeAt } = row;
  const source = row.source as AdvertiserSource;
  return { id, name, domain, source, status, hasSecret: row.secret !== null, secretMadeAt };
}
