import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { inShop } from "#app/db/in-shop.server";
import { pageProblem, requireShop } from "#app/http/admin.server";
import { readForm } from "#app/http/form.server";
import { NOTED, SCAN_STATUSES, TROUBLES } from "#app/parcels/carrier-scan";
import { parcelForStaff } from "#app/parcels/find-parcels.server";
import { HANDOVERS, type Handover } from "#app/parcels/handover";
import { noteScan, settledNote, withdrawScan } from "#app/parcels/scans.server";
import { HANDOVER_WORDS, PARCEL_STATUS_WORDS } from "#app/ui/parcel-words";
import { BlockStack, Box, Card, InlineGrid, Page, Text } from "#app/ui/polaris";
import type { SaveResult } from "#app/ui/save";
import { NoteForm } from "./note-form";
import { ScanList } from "./scan-list";
import { WrongNow } from "./wrong-now";

export const meta: MetaFunction = () => [{ title: "Parcel · Postlude" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop, locale } = await requireShop(request);
  const id = z.uuid().safeParse(params.id);
  const found = id.success ? await inShop(shop.id, (tx) => parcelForStaff(tx, shop.id, id.data)) : null;
  if (!found) throw pageProblem(404, "There is no such parcel.");
  return { ...found, locale, timezone: shop.timezone };
}

const message = z
  .string()
  .trim()
  .max(300, "Use at most 300 characters.")
  .transform((text) => text || null);
const Body = z.discriminatedUnion("intent", [
  z.object({
    intent: z.literal("note"),
    status: z.enum([...SCAN_STATUSES, NOTED]),
    handover: z.enum(HANDOVERS).nullable(),
    trouble: z.enum(TROUBLES).nullable(),
    message,
  }),
  z.object({ intent: z.literal("settle"), message }),
  z.object({ intent: z.literal("withdraw"), scanId: z.uuid() }),
]);

/** `noted` names the scan, so that it can be taken back at once. */
export type ParcelResult = SaveResult & { noted?: string };

export async function action({ request, params }: ActionFunctionArgs): Promise<ParcelResult> {
  const { shop, staffId } = await requireShop(request);
  const form = await readForm(request, Body);
  if (!form.ok) return { problems: form.problems };
  const parcelId = z.uuid().parse(params.id);
  const input = form.value;
  const now = new Date();
  if (input.intent === "withdraw") {
    const which = { parcelId, scanId: input.scanId };
    const { status } = await inShop(shop.id, (tx) => withdrawScan(tx, shop.id, which, now));
    return status === "withdrawn"
      ? { problems: {}, saved: "Taken back" }
      : { problems: { "": "This note was taken back already." } };
  }
  const note =
    input.intent === "settle"
      ? settledNote(input.message)
      : {
          status: input.status,
          handover: input.status === "delivered" ? input.handover : null,
          trouble: input.trouble,
          message: input.message,
        };
  if (note.status === NOTED && !note.trouble && !note.message) {
    return { problems: { message: "Write a note, or choose what happened." } };
  }
  const noted = await inShop(shop.id, (tx) => noteScan(tx, shop.id, parcelId, note, staffId, now));
  return noted
    ? { problems: {}, saved: "Noted", noted }
    : { problems: { "": "This parcel is no longer there." } };
}

export default function ParcelPage() {
  const { parcel, exceptions, promises, locale, timezone } = useLoaderData<typeof loader>();
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: timezone });
  const on = (date: Date | string | null) => (date ? day.format(new Date(date)) : "–");
  const handover = parcel.handover ? HANDOVER_WORDS[parcel.handover as Handover] : "";
  const facts: [string, string][] = [
    ["Status", PARCEL_STATUS_WORDS[parcel.status] + (handover ? `, ${handover}` : "")],
    ["Carrier", parcel.carrier ?? "–"],
    ["Tracking number", parcel.trackingNumber ?? "–"],
    [parcel.way === "pickup" ? "Ready since" : "Left", on(parcel.shippedAt)],
    parcel.deliveredAt ? ["Arrived", on(parcel.deliveredAt)] : ["Likely", on(parcel.likelyAt)],
    ["To", parcel.order.country || "–"],
  ];
  return (
    <Page
      title={`Parcel of order ${parcel.order.name}`}
      backAction={{ content: "Parcels", url: "/app/deliveries/parcels" }}
    >
      <BlockStack gap="400">
        <Card>
          <InlineGrid columns={{ xs: 2, md: 3 }} gap="400">
            {facts.map(([label, value]) => (
              <BlockStack key={label} gap="050">
                <Text as="p" tone="subdued" variant="bodySm">
                  {label}
                </Text>
                <Text as="p">{value}</Text>
              </BlockStack>
            ))}
          </InlineGrid>
        </Card>
        <WrongNow exceptions={exceptions} locale={locale} timezone={timezone} />
        <NoteForm />
        <ScanList scans={parcel.scans} locale={locale} timezone={timezone} />
        {promises.length > 0 && (
          <Card>
            <BlockStack gap="200">
              <Text as="h2" variant="headingMd">
                What the shopper was told
              </Text>
              {promises.map((promise) => (
                <Text as="p" key={promise.id}>
                  {`${on(promise.saidAt)}, ${promise.channel}: between ${on(promise.earliestAt)} and ${on(promise.latestAt)}`}
                </Text>
              ))}
            </BlockStack>
          </Card>
        )}
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}
