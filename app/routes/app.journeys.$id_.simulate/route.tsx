import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useNavigation, type ShouldRevalidateFunction } from "@remix-run/react";
import { z } from "zod";
import { inShop } from "#app/db/in-shop.server";
import { env } from "#app/env.server";
import { requireShop } from "#app/http/admin.server";
import { readForm } from "#app/http/form.server";
import { journeyOf } from "#app/journeys/journeys.server";
import { simulate } from "#app/journeys/simulate.server";
import { triggerWords } from "#app/journeys/words";
import { findOrders } from "#app/orders/find-orders.server";
import { vocabularyOf } from "#app/routes/app.journeys.$id/vocabulary.server";
import { Page } from "#app/ui/page";
import { BlockStack, Box, InlineGrid } from "#app/ui/polaris";
import { lookAtMail, type MailLookResult } from "./look-at-mail.server";
import { OrderChoice } from "./order-choice";
import { Timeline } from "./timeline";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop, locale } = await requireShop(request);
  const id = z.uuid().safeParse(params.id).data;
  const query = new URL(request.url).searchParams;
  const words = (query.get("find") ?? "").slice(0, 100);
  const orderGid = query.get("order");
  const now = new Date();
  return inShop(shop.id, async (tx) => {
    const journey = id ? await journeyOf(tx, shop.id, id) : null;
    if (!journey) throw new Response("No such journey", { status: 404 });
    const { name, definition, enabled } = journey;
    const { SHOPIFY_APP_URL: appUrl, ENCRYPTION_KEY: secret } = env();
    const subject = { journeyId: journey.id, definition };
    return {
      ...{ id: journey.id, name, definition, enabled, words, orderGid, locale },
      names: await vocabularyOf(tx, shop, definition, locale),
      orders: await findOrders(tx, shop.id, words),
      simulation: orderGid
        ? await simulate(tx, shop.id, subject, { orderGid }, { appUrl, secret, now })
        : null,
      timezone: shop.timezone,
    };
  });
}

const Body = z.object({ template: z.string().max(80), orderGid: z.string().max(100) });

/** Looks at a message; changes nothing. */
export async function action({ request }: ActionFunctionArgs): Promise<MailLookResult> {
  const { shop } = await requireShop(request);
  const body = await readForm(request, Body);
  if (!body.ok) return { status: "none" };
  return inShop(shop.id, (tx) => lookAtMail(tx, shop, body.value, new Date()));
}

export const shouldRevalidate: ShouldRevalidateFunction = ({ formMethod, defaultShouldRevalidate }) =>
  formMethod === "POST" ? false : defaultShouldRevalidate;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Simulate ${data?.name ?? "a journey"} · Postlude` },
];

export default function SimulatePage() {
  const { id, name, definition, names, words, orders, orderGid, simulation, locale, timezone } =
    useLoaderData<typeof loader>();
  const loading = useNavigation().state === "loading";
  return (
    <Page
      title="Who would get what, and when?"
      subtitle={`${name}. Starts: ${triggerWords(definition, names)}.`}
      backAction={{ content: name, url: `/app/journeys/${id}` }}
    >
      <BlockStack gap="400">
        <InlineGrid columns={{ xs: 1, md: ["oneThird", "twoThirds"] }} gap="400" alignItems="start">
          <OrderChoice
            words={words}
            orders={orders}
            chosen={orderGid}
            loading={loading}
            locale={locale}
            timezone={timezone}
          />
          <Timeline
            key={orderGid}
            simulation={simulation}
            orderGid={orderGid ?? ""}
            names={names}
            locale={locale}
            timezone={timezone}
          />
        </InlineGrid>
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}
