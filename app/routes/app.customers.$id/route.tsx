import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { customerTimeline } from "#app/analytics/customer-timeline.server";
import { inShop } from "#app/db/in-shop.server";
import { requireShop } from "#app/http/admin.server";
import { allTemplates } from "#app/messages/messages.server";
import { Badge, BlockStack, Box, Card, Divider, InlineStack, Link, Page, Text } from "#app/ui/polaris";
import { wordsOf, type ShownEntry } from "./words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.name ?? "Customer"} · Postlude` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop, locale } = await requireShop(request);
  const id = /^\d{1,20}$/.exec(params.id ?? "")?.[0];
  const found = await inShop(shop.id, async (tx) => {
    const timeline = id && (await customerTimeline(tx, shop.id, `gid://shopify/Customer/${id}`));
    if (!timeline) return null;
    const templates = await allTemplates(tx, shop.id);
    const names = new Map(templates.map(({ key, name }) => [key as string, name]));
    return { timeline, names };
  });
  if (!found) throw new Response("No such customer", { status: 404 });
  const { entries, ...customer } = found.timeline;
  const shown = entries.map((entry): ShownEntry => wordsOf(entry, found.names, locale));
  return { ...customer, entries: shown, locale, timezone: shop.timezone };
}

export default function CustomerPage() {
  const { name, email, phone, country, entries, locale, timezone } = useLoaderData<typeof loader>();
  const time = new Intl.DateTimeFormat(locale, {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: timezone,
  });
  return (
    <Page
      title={name ?? "Name not known"}
      subtitle={[email, phone, country].filter(Boolean).join(" · ")}
      backAction={{ content: "Messages", url: "/app/messages" }}
    >
      <Card>
        <BlockStack gap="400">
          <Text as="h2" variant="headingMd">
            What happened
          </Text>
          {entries.length === 0 && (
            <Text as="p" tone="subdued">
              Nothing yet. Orders, messages, offers and answers of this customer show up here, and what was
              not sent, with the reason.
            </Text>
          )}
          {entries.map(({ key, at, title, detail, badge, tone, url }) => (
            <BlockStack key={key} gap="400">
              <Divider />
              <BlockStack gap="100">
                <InlineStack gap="200" blockAlign="center">
                  <Text as="h3" variant="headingSm">
                    {url ? <Link url={url}>{title}</Link> : title}
                  </Text>
                  {badge && <Badge tone={tone}>{badge}</Badge>}
                </InlineStack>
                {detail && <Text as="p">{detail}</Text>}
                <Text as="p" tone="subdued" variant="bodySm">
                  {time.format(new Date(at))}
                </Text>
              </BlockStack>
            </BlockStack>
          ))}
        </BlockStack>
      </Card>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}
