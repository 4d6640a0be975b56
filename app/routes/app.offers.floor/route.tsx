import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useDeferredValue, useMemo, useState } from "react";
import { z } from "zod";
import { lastDays } from "#app/analytics/period";
import { shopChanged } from "#app/api/shop-changes.server";
import { inShop } from "#app/db/in-shop.server";
import { floorReach, type FloorReach } from "#app/decisions/recent-decisions.server";
import { requireShop } from "#app/http/admin.server";
import { readForm } from "#app/http/form.server";
import { OFFER_SURFACES, SHOWS_ONE } from "#app/offers/offer";
import {
  SurfaceRulesSchema,
  type SurfaceName,
  type SurfaceRule,
  type SurfaceRules,
} from "#app/shops/settings";
import { changeSettings, settingsOf } from "#app/shops/shops.server";
import { SURFACE_WORDS } from "#app/ui/decision-words";
import { useDraft } from "#app/ui/draft";
import { BlockStack, Box, Card, Checkbox, Page, Select, Text } from "#app/ui/polaris";
import { useSave, type SaveResult } from "#app/ui/save";
import { UnsavedChanges } from "#app/ui/save-bar";
import { FloorSlider } from "./floor-slider";

export const meta = () => [{ title: "Relevance floor · Postlude" }];

const DAYS = 30;
const ALL = "all";

const FloorForm = z.object({
  offerFloor: z.number("Use a share from 0 to 20%.").min(0).max(0.2, "Use at most 20%."),
  surfaceRules: SurfaceRulesSchema,
});
type FloorForm = z.infer<typeof FloorForm>;

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, locale } = await requireShop(request);
  const period = lastDays(DAYS, new Date(), shop.timezone);
  return inShop(shop.id, async (tx) => {
    const { offerFloor, surfaceRules } = await settingsOf(tx, shop.id);
    return { form: { offerFloor, surfaceRules }, reached: await floorReach(tx, shop.id, period), locale };
  });
}

export async function action({ request }: ActionFunctionArgs): Promise<SaveResult> {
  const { shop } = await requireShop(request);
  const form = await readForm(request, FloorForm);
  if (!form.ok) return { problems: form.problems };
  await inShop(shop.id, (tx) => changeSettings(tx, shop.id, form.value));
  await shopChanged(shop.id);
  return { problems: {}, saved: "Floor saved" };
}

const COUNTS = [
  { label: "One", value: "1" },
  { label: "Up to two", value: "2" },
  { label: "Up to three", value: "3" },
];
const UNSET: SurfaceRule = { floor: null, offersAtOnce: 1 };

function hasOwnFloor(rules: SurfaceRules, surface: string): boolean {
  const rule = rules[surface as SurfaceName] ?? UNSET;
  return rule.floor !== null;
}

export default function FloorPage() {
  const { form, reached, locale } = useLoaderData<typeof loader>();
  const { value, set, dirty, reset } = useDraft<FloorForm>(form);
  const { save, saving, problems } = useSave<FloorForm>();
  const [place, setPlace] = useState<SurfaceName | typeof ALL>(ALL);
  const rule = place === ALL ? UNSET : (value.surfaceRules[place] ?? UNSET);
  const hasOwn = place !== ALL && rule.floor !== null;
  const floor = place === ALL ? value.offerFloor : (rule.floor ?? value.offerFloor);
  const plotted = useDeferredValue(floor);
  const { surfaceRules } = value;
  const { here, apart } = useMemo(() => {
    const isHere = ({ surface }: FloorReach) =>
      place === ALL ? !hasOwnFloor(surfaceRules, surface) : surface === place;
    const here = reached.filter(isHere);
    return { here, apart: place === ALL && here.length < reached.length };
  }, [reached, place, surfaceRules]);

  function setRule(change: Partial<SurfaceRule>): void {
    if (place !== ALL) set({ surfaceRules: { ...value.surfaceRules, [place]: { ...rule, ...change } } });
  }

  return (
    <Page
      backAction={{ content: "Offers", url: "/app/offers" }}
      title="Relevance floor"
      subtitle="An offer must promise at least this share of the order’s value, after discount and costs. Higher means fewer, better offers."
    >
      <UnsavedChanges id="floor" dirty={dirty} saving={saving} onSave={() => save(value)} onDiscard={reset} />
      <Card>
        <BlockStack gap="400">
          <Select
            label="Place"
            options={[
              { label: "All places", value: ALL },
              ...OFFER_SURFACES.map((surface) => ({ label: SURFACE_WORDS[surface]!, value: surface })),
            ]}
            value={place}
            onChange={(next) => setPlace(next as typeof place)}
          />
          {place !== ALL && (
            <Checkbox
              label={`A floor of its own for: ${SURFACE_WORDS[place]}`}
              checked={hasOwn}
              onChange={(own) => setRule({ floor: own ? value.offerFloor : null })}
            />
          )}
          {place === ALL || hasOwn ? (
            <FloorSlider
              floor={floor}
              plotted={plotted}
              reached={here}
              othersApart={apart}
              days={DAYS}
              locale={locale}
              problem={
                problems.offerFloor ?? (place === ALL ? undefined : problems[`surfaceRules.${place}.floor`])
              }
              onChange={(next) => (place === ALL ? set({ offerFloor: next }) : setRule({ floor: next }))}
            />
          ) : (
            <Text as="p" tone="subdued">
              The floor of all places holds here.
            </Text>
          )}
          {place !== ALL && !SHOWS_ONE.has(place) && (
            <Select
              label="Offers at once"
              options={COUNTS}
              value={String(rule.offersAtOnce)}
              helpText="Where fewer reach the floor, fewer are shown."
              onChange={(next) => setRule({ offersAtOnce: Number(next) })}
            />
          )}
        </BlockStack>
      </Card>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}
