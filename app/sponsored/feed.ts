import { z } from "zod";
import { AdvertiserFormSchema } from "./advertiser";
import { CampaignFormSchema } from "./campaign";

/**
 * A feed of advertisers that whoever runs this installation may name. Its campaigns are proposed to each shop whose
 * currency they bid in; the merchant approves or rejects them like any other.
 */
const key = z.string().trim().min(1).max(100);

export const FeedSchema = z.object({
  advertisers: z
    .array(
      AdvertiserFormSchema.extend({
        id: key,
        /** Signs the advertiser's postbacks until the merchant makes another. */
        postbackSecret: z.string().min(24).max(200).optional(),
        campaigns: z.array(z.object({ id: key, form: z.unknown() })).max(200),
      }),
    )
    .max(200),
});
export type Feed = z.infer<typeof FeedSchema>;

/** A campaign of a feed; null where it is not one that we can show. */
export function readFeedCampaign(form: unknown) {
  const read = CampaignFormSchema.safeParse(form);
  return read.success ? read.data : null;
}
