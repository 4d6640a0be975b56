import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { carrierScores, deliveryOverview, listExceptions } from "#app/analytics/deliveries.server";
import { lastDays } from "#app/analytics/period";
import { inShop } from "#app/db/in-shop.server";
import { requireShop } from "#app/http/admin.server";
import { EXCEPTION_KINDS } from "#app/parcels/exception";
import { Figure, KeyFigure } from "#app/ui/figure";
import { BlockStack, Box, Card, InlineGrid, Page } from "#app/ui/polaris";
import { ExceptionTable } from "./exception-table";
import { Scorecard } from "./scorecard";

export const meta: MetaFunction = () => [{ title: "Deliveries · Postlude" }];

const DAYS = 90;
const SHOWN = 50;

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, locale } = await requireShop(request);
  const params = new URL(request.url).searchParams;
  const open = params.get("show") !== "settled";
  const kind = EXCEPTION_KINDS.find((one) => one === params.get("kind")) ?? null;
  const period = lastDays(DAYS, new Date(), shop.timezone);
  return inShop(shop.id, async (tx) => ({
    overview: await deliveryOverview(tx, shop.id, period),
    list: await listExceptions(tx, shop.id, { open, kind, limit: SHOWN }),
    scores: await carrierScores(tx, shop.id, period),
    open,
    kind,
    locale,
    timezone: shop.timezone,
  }));
}

export default function DeliveriesPage() {
  const { overview, list, scores, open, kind, locale, timezone } = useLoaderData<typeof loader>();
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const { onTheRoad, openExceptions, exceptions, told, medianDays } = overview;
  return (
    <Page
      title="Deliveries"
      subtitle="Where parcels are, what goes wrong, and whether your shoppers hear it from you first."
      secondaryActions={[
        { content: "Parcels", url: "/app/deliveries/parcels" },
        { content: "Tracking sources", url: "/app/deliveries/sources" },
        { content: "Rules", url: "/app/deliveries/rules" },
      ]}
    >
      <BlockStack gap="400">
        <Card>
          <InlineGrid columns={{ xs: 2, md: 4 }} gap="400">
            <KeyFigure
              label="On the road"
              help="Parcels that have left and not arrived."
              value={number.format(onTheRoad)}
            />
            <KeyFigure
              label="Wrong now"
              help="Deliveries with something wrong at this moment."
              value={number.format(openExceptions)}
              note={
                exceptions.current > 0
                  ? `${number.format(told)} of ${number.format(exceptions.current)} told by us`
                  : undefined
              }
            />
            <Figure
              label="Went wrong"
              help={`Late, standing still, not shipped in time, and so on, in the last ${DAYS} days.`}
              value={number.format(exceptions.current)}
              compared={exceptions}
              lessIsBetter
              locale={locale}
            />
            <KeyFigure
              label="Days on the road"
              help={`From leaving to arriving: half of the parcels of the last ${DAYS} days were faster.`}
              value={medianDays === null ? "–" : number.format(medianDays)}
            />
          </InlineGrid>
        </Card>
        <ExceptionTable list={list} open={open} kind={kind} locale={locale} timezone={timezone} />
        <Scorecard scores={scores} days={DAYS} locale={locale} />
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}
