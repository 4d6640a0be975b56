import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { AdvertiserFormSchema } from "./advertiser";
import { CampaignFormSchema, type CampaignForm } from "./campaign";

/**
 * A feed of advertisers that whoever runs this installation may name. Its campaigns are proposed to each shop whose
 * currency they bid in; the merchant approves or rejects them like any other. Each entry is read by itself, so that a
 * mistake in one leaves the others standing.
 */
const key = z.string().trim().min(1).max(100);

export const FeedSchema = z.object({ advertisers: z.array(z.unknown()) });
export type Feed = z.infer<typeof FeedSchema>;

const FeedAdvertiserSchema = AdvertiserFormSchema.extend({
  id: key,
  /** Signs the advertiser's postbacks until the merchant makes another. */
  postbackSecret: z.string().min(24).max(200).optional(),
  campaigns: z.array(z.unknown()),
});
export type FeedAdvertiser = z.infer<typeof FeedAdvertiserSchema>;

const Keyed = z.looseObject({ id: key });

/** More than that of either is no feed but a flood. */
export const MOST_ADVERTISERS = 200;
export const MOST_CAMPAIGNS = 200;

/** `id`: as far as it can be read. */
export type FeedEntry<Value> =
  | { id: string; value: Value; mistake?: undefined }
  | { id: string | null; value?: undefined; mistake: string };

export function readFeedAdvertisers({ advertisers }: Feed): FeedEntry<FeedAdvertiser>[] {
  return readEach(advertisers, MOST_ADVERTISERS, FeedAdvertiserSchema);
}

/** A campaign's form stands under `form`. */
export function readFeedCampaigns({ campaigns }: FeedAdvertiser): FeedEntry<CampaignForm>[] {
  const read = readEach(campaigns, MOST_CAMPAIGNS, z.object({ form: CampaignFormSchema }));
  return read.map((one) => (one.value ? { id: one.id, value: one.value.form } : one));
}

function readEach<Value>(entries: unknown[], most: number, schema: z.ZodType<Value>): FeedEntry<Value>[] {
  const known = new Set<string>();
  return entries.map((entry, index): FeedEntry<Value> => {
    const keyed = Keyed.safeParse(entry);
    if (!keyed.success) return { id: null, mistake: "it has no id" };
    const { id } = keyed.data;
    if (index >= most) return { id, mistake: "the feed is too long" };
    // Told twice in different words, it would change with every reading.
    if (known.has(id)) return { id: null, mistake: `the id ${id} stands there twice` };
    known.add(id);
    const read = schema.safeParse(entry);
    return read.success ? { id, value: read.data } : { id, mistake: mistakeOf(read.error) };
  });
}

function mistakeOf({ issues }: z.ZodError): string {
  const { path, message } = issues[0]!;
  return [path.filter((part) => part !== "form").join("."), message].filter(Boolean).join(": ");
}

/**
 * What the feed changed since it was last applied, in the campaign as the merchant left it. The words of a language are
 * one thing: the merchant's title does not stand above the feed's sentence.
 */
export function mergeFeed(mine: CampaignForm, last: CampaignForm, told: CampaignForm): unknown {
  return merge(mine, last, told, FIELDS_DEEP);
}

/** Fields of the form, and those of its texts and audience. */
const FIELDS_DEEP = 2;

function merge(mine: unknown, last: unknown, told: unknown, depth: number): unknown {
  if (isDeepStrictEqual(last, told)) return mine;
  if (depth === 0 || !isRecord(mine) || !isRecord(last) || !isRecord(told)) return told;
  const keys = [...new Set([...Object.keys(mine), ...Object.keys(told)])];
  const fields = keys.map((name) => [name, merge(mine[name], last[name], told[name], depth - 1)]);
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
