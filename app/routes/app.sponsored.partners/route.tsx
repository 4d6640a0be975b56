import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { shopChanged } from "#app/api/shop-changes.server";
import { inShop } from "#app/db/in-shop.server";
import { requireShop } from "#app/http/admin.server";
import { readForm } from "#app/http/form.server";
import { PartnerDomainSchema } from "#app/sponsored/partner";
import { answerPartner, invitePartner, listPartners } from "#app/sponsored/partner-links.server";
import { listSharedOffers, withdrawOffer } from "#app/sponsored/partner-offers.server";
import { BlockStack, Box, Page } from "#app/ui/polaris";
import type { SaveResult } from "#app/ui/save";
import { InvitePartner } from "./invite-partner";
import { PartnerList } from "./partner-list";

export const meta = () => [{ title: "Partner exchange · Postlude" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await requireShop(request);
  return inShop(shop.id, async (tx) => ({
    partners: await listPartners(tx, shop.id),
    offers: (await listSharedOffers(tx, shop, new Date())).map(
      ({ id, linkId, name, withdrawn, theirState }) => ({ id, linkId, name, withdrawn, theirState }),
    ),
  }));
}

const Body = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("invite"), domain: PartnerDomainSchema }),
  z.object({ intent: z.enum(["accept", "end", "withdraw", "share-again"]), id: z.uuid() }),
]);

const DONE = {
  accept: "You are partners now",
  end: "Partnership ended; nothing of it is shown any more",
  withdraw: "Offer withdrawn",
  "share-again": "Offer shared again",
};
const INVITED = {
  invited: "Invitation sent",
  agreed: "They had asked you too: you are partners now",
};

export async function action({ request }: ActionFunctionArgs): Promise<SaveResult> {
  const { shop } = await requireShop(request);
  const body = await readForm(request, Body);
  if (!body.ok) return { problems: body.problems };
  const input = body.value;
  const now = new Date();
  if (input.intent === "invite") {
    const { status } = await inShop(shop.id, (tx) => invitePartner(tx, shop, input.domain, now));
    if (status === "self") return { problems: { domain: "This is your own shop." } };
    if (status === "already") return { problems: { domain: "You have asked this shop already." } };
    return { problems: {}, saved: INVITED[status] };
  }
  const { intent, id } = input;
  const done = await inShop(shop.id, async (tx) => {
    if (intent === "withdraw" || intent === "share-again") {
      return withdrawOffer(tx, shop.id, id, intent === "withdraw", now);
    }
    return (await answerPartner(tx, shop.id, id, intent, now)).status === "done";
  });
  await shopChanged(shop.id);
  return done ? { problems: {}, saved: DONE[intent] } : { problems: { "": "This was changed meanwhile." } };
}

export default function PartnersPage() {
  const { partners, offers } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Partner exchange"
      subtitle="Your offers in a partner's shop, theirs in yours. Both sides approve, and no customer data crosses."
      backAction={{ content: "Sponsored", url: "/app/sponsored" }}
    >
      <BlockStack gap="400">
        {partners.length > 0 && <PartnerList partners={partners} offers={offers} />}
        <InvitePartner isFirst={partners.length === 0} />
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}
