import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { useState } from "react";
import { inShop } from "#app/db/in-shop.server";
import { ParcelStatus } from "#app/generated/prisma/enums";
import { requireShop } from "#app/http/admin.server";
import { findParcels } from "#app/parcels/find-parcels.server";
import { PARCEL_STATUS_WORDS } from "#app/ui/parcel-words";
import {
  BlockStack,
  Box,
  Button,
  Card,
  DataTable,
  InlineGrid,
  Link,
  Page,
  Select,
  Text,
  TextField,
} from "#app/ui/polaris";

export const meta: MetaFunction = () => [{ title: "Parcels · Postlude" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, locale } = await requireShop(request);
  const params = new URL(request.url).searchParams;
  const query = (params.get("query") ?? "").slice(0, 80);
  const status = Object.values(ParcelStatus).find((one) => one === params.get("status")) ?? null;
  const found = await inShop(shop.id, (tx) => findParcels(tx, shop.id, { query, status }));
  return { ...found, query, status, locale, timezone: shop.timezone };
}

export default function ParcelsPage() {
  const { parcels, more, query, status, locale, timezone } = useLoaderData<typeof loader>();
  const [typed, setTyped] = useState(query);
  const [chosen, setChosen] = useState<string>(status ?? "");
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: timezone });
  return (
    <Page
      title="Parcels"
      subtitle="Find one, see all its scans, and note what the carrier does not know."
      backAction={{ content: "Deliveries", url: "/app/deliveries" }}
    >
      <BlockStack gap="400">
        <Card>
          <Form>
            <InlineGrid columns={{ xs: 1, sm: ["twoThirds", "oneThird"] }} gap="300" alignItems="end">
              <TextField
                label="Order or tracking number"
                name="query"
                value={typed}
                onChange={setTyped}
                autoComplete="off"
              />
              <Select
                label="Status"
                name="status"
                options={[
                  { label: "All", value: "" },
                  ...Object.entries(PARCEL_STATUS_WORDS).map(([value, label]) => ({ label, value })),
                ]}
                value={chosen}
                onChange={setChosen}
              />
            </InlineGrid>
            <Box paddingBlockStart="300">
              <Button submit>Find parcels</Button>
            </Box>
          </Form>
        </Card>
        <Card padding="0">
          {parcels.length === 0 ? (
            <Box padding="400">
              <Text as="p" tone="subdued">
                {query || status
                  ? "No parcel is like this. A parcel appears once its order is fulfilled in Shopify."
                  : "No parcel yet. One appears for each order that is fulfilled in Shopify."}
              </Text>
            </Box>
          ) : (
            <DataTable
              columnContentTypes={["text", "text", "text", "text", "text"]}
              headings={["Order", "Status", "Carrier", "Number", "Left"]}
              rows={parcels.map((parcel) => [
                <Link key={parcel.id} url={`/app/deliveries/parcels/${parcel.id}`}>
                  {parcel.orderName}
                </Link>,
                PARCEL_STATUS_WORDS[parcel.status],
                parcel.carrier ?? "–",
                parcel.trackingNumber ?? "–",
                day.format(new Date(parcel.shippedAt)),
              ])}
              footerContent={more ? "Only the newest are shown." : undefined}
            />
          )}
        </Card>
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}
