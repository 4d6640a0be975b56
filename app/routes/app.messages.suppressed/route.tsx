import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { liftSuppression, stopAgain } from "#app/contact-policy/contact-policy.server";
import { inShop } from "#app/db/in-shop.server";
import { storableText } from "#app/db/storable";
import { env } from "#app/env.server";
import { requireShop } from "#app/http/admin.server";
import { readForm } from "#app/http/form.server";
import { cursorOf, readCursor } from "#app/http/page-cursor";
import { stoppedAddresses } from "#app/messages/messages.server";
import { STOP_REASONS } from "#app/messages/stop-reasons";
import { Banner, BlockStack, Box, Card, Page, Text } from "#app/ui/polaris";
import type { SaveResult } from "#app/ui/save";
import { Search } from "./search";
import { NoAddresses, StoppedTable } from "./stopped-table";
import { useLift } from "./use-lift";

export const meta: MetaFunction = () => [{ title: "Stopped addresses · Postlude" }];

const PAGE_SIZE = 25;
const NO_ADDRESS =
  "Write a whole address, like ada@example.com, or a number with its country, like +49 151 23456789.";

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, locale } = await requireShop(request);
  const params = new URL(request.url).searchParams;
  const reason = STOP_REASONS.find((one) => one === params.get("reason")) ?? null;
  const address = storableText(params.get("address") ?? "")
    .trim()
    .slice(0, 320);
  const before = readCursor(params.get("before")?.slice(0, 200) ?? null);
  const question = { reason, address: address || null, before, limit: PAGE_SIZE };
  const found = await inShop(shop.id, (tx) =>
    stoppedAddresses(tx, shop.id, question, { secret: env().ENCRYPTION_KEY }),
  );
  const addresses = found.status === "found" ? found.addresses : [];
  const last = found.status === "found" && found.more ? addresses.at(-1) : undefined;
  return {
    addresses,
    problem: found.status === "no-address" ? NO_ADDRESS : null,
    next: last ? cursorOf(last.since, `${last.channel}.${last.hash}`) : null,
    asked: { reason, address },
    locale,
    timezone: shop.timezone,
  };
}

const Body = z.object({
  intent: z.enum(["lift", "stop-again"]),
  channel: z.string().max(20),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});
export type Wish = z.infer<typeof Body>;

/** `lifted`: what an undo would name. */
export type LiftResult = SaveResult & { lifted?: Omit<Wish, "intent"> };

const GONE = { problems: { "": "This address is no longer listed. Load the page again." } };
const REFUSED = {
  problems: { "": "Meanwhile this person has asked not to be written to. Only they can take that back." },
};

export async function action({ request }: ActionFunctionArgs): Promise<LiftResult> {
  const { shop } = await requireShop(request);
  const form = await readForm(request, Body);
  if (!form.ok) return GONE;
  const { intent, ...whose } = form.value;
  if (intent === "stop-again") {
    const isBack = await inShop(shop.id, (tx) => stopAgain(tx, shop.id, whose));
    return isBack ? { problems: {}, saved: "Not written to, as before" } : GONE;
  }
  const { status } = await inShop(shop.id, (tx) => liftSuppression(tx, shop.id, whose, new Date()));
  if (status === "unknown") return GONE;
  return status === "lifted" ? { problems: {}, lifted: whose } : REFUSED;
}

export default function SuppressedPage() {
  const { addresses, problem, next, asked, locale, timezone } = useLoaderData<typeof loader>();
  const lift = useLift();
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: timezone });
  const isFiltered = asked.reason !== null || asked.address !== "";
  return (
    <Page
      title="Stopped addresses"
      subtitle="Whom Postlude does not write to, and why."
      backAction={{ content: "Messages", url: "/app/messages" }}
    >
      <BlockStack gap="400">
        {lift.problem && (
          <Banner tone="critical">
            <p>{lift.problem}</p>
          </Banner>
        )}
        <Card>
          <BlockStack gap="300">
            <Text as="p">
              An address that bounced may be written to again once you know that it works. Complaints, STOP
              and unsubscribing are the shopper’s own word: only they can take that back, so there is no
              button for it here. Postlude keeps these addresses as fingerprints. It shows an address where a
              message or the customer still holds it, and finds it when you write it in full.
            </Text>
            <Search key={JSON.stringify(asked)} asked={asked} problem={problem} />
          </BlockStack>
        </Card>
        <Card padding="0">
          {addresses.length === 0 ? (
            <NoAddresses isFiltered={isFiltered} />
          ) : (
            <StoppedTable addresses={addresses} next={next} day={day} lift={lift} />
          )}
        </Card>
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}
