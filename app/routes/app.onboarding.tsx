import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useFetcher, useLoaderData } from "@remix-run/react";
import { useEffect, useRef, useState, type RefObject } from "react";
import { z } from "zod";
import { inShop } from "#app/db/in-shop.server";
import type { ShopId, Tx } from "#app/db/tx";
import { requireShop } from "#app/http/admin.server";
import { readForm } from "#app/http/form.server";
import { journeysOf, switchJourney } from "#app/journeys/journeys.server";
import { READY_JOURNEYS } from "#app/journeys/ready/ready-journeys";
import { ProgramSchema } from "#app/loyalty/program";
import { programOf, saveProgram } from "#app/loyalty/program.server";
import { publishStarterOffer, starterOffer } from "#app/offers/offers.server";
import { ONBOARDING_STEPS, nextStep, type OnboardingStep } from "#app/shops/onboarding";
import { BrandSchema, LANGUAGE_NAMES, LocalesSchema, SurfacesSchema } from "#app/shops/settings";
import { changeSettings, markStep, settingsOf } from "#app/shops/shops.server";
import { STARTERS, type StarterKey } from "#app/surveys/starters";
import { createFromStarter, listSurveys, publishSurvey } from "#app/surveys/surveys.server";
import { BrandFields } from "#app/ui/brand-fields";
import { LanguageFields } from "#app/ui/language-fields";
import { useFocusOnProblem } from "#app/ui/focus-problem";
import { JourneyChoice } from "#app/ui/journey-choice";
import { LoyaltyStep, OfferStep, SurveyStep } from "#app/ui/onboarding-steps";
import { Banner, BlockStack, Box, Button, Card, InlineStack, Page, ProgressBar, Text } from "#app/ui/polaris";
import type { SaveResult } from "#app/ui/save";
import { SurfaceFields } from "#app/ui/surface-fields";

const starterKeys = STARTERS.map(({ key }) => key) as [StarterKey, ...StarterKey[]];

const USUAL_DISCOUNT = 10;
/** One question after the purchase, one after the delivery: together they never meet. */
const USUAL_STARTERS: StarterKey[] = ["post-purchase", "nps"];

/** One form for all steps: each sends its own part, a skipped one nothing. */
const StepForm = z.discriminatedUnion("step", [
  z.object({ step: z.literal("skip"), skipped: z.enum(ONBOARDING_STEPS), leave: z.boolean().default(false) }),
  z.object({ step: z.literal("brand"), brand: BrandSchema, locales: LocalesSchema }),
  z.object({ step: z.literal("surfaces"), surfaces: SurfacesSchema, journeys: z.array(z.uuid()).max(100) }),
  z.object({ step: z.literal("offer"), discountPercent: z.int().min(0).max(50) }),
  z.object({
    step: z.literal("survey"),
    starters: z.array(z.enum(starterKeys)).min(1, "Choose a question, or skip this step."),
  }),
  z.object({ step: z.literal("loyalty"), program: ProgramSchema }),
]);
type StepForm = z.input<typeof StepForm>;

export const meta = () => [{ title: "Set up · Postlude" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, locale } = await requireShop(request);
  const { settings, program, journeys, offer, surveys } = await inShop(shop.id, async (tx) => ({
    settings: await settingsOf(tx, shop.id),
    program: await programOf(tx, shop.id),
    journeys: await readyJourneys(tx, shop.id, new Date()),
    offer: await starterOffer(tx, shop.id),
    surveys: await listSurveys(tx, shop.id),
  }));
  const live = surveys.filter(({ status }) => status === "live").map(({ key }) => key);
  const wanted = new URL(request.url).searchParams.get("step");
  const step = ONBOARDING_STEPS.find((one) => one === wanted) ?? nextStep(settings.onboarding) ?? "brand";
  return {
    step,
    decided: settings.onboarding[step] !== undefined,
    locale,
    shopName: shop.name,
    currency: shop.currency,
    brand: settings.brand,
    locales: settings.locales,
    surfaces: settings.surfaces,
    journeys,
    program: settings.onboarding.loyalty ? program : { ...program, enabled: true },
    discountPercent: offer?.discountPercent ?? USUAL_DISCOUNT,
    starters: STARTERS.map(({ key, name, purpose }) => ({ key, name, purpose })),
    chosenStarters: settings.onboarding.survey
      ? starterKeys.filter((key) => live.includes(key))
      : USUAL_STARTERS,
  };
}

export async function action({ request }: ActionFunctionArgs): Promise<SaveResult> {
  const { shop } = await requireShop(request);
  const form = await readForm(request, StepForm);
  if (!form.ok) return { problems: form.problems };
  const value = form.value;
  const now = new Date();
  const onboarding = await inShop(shop.id, async (tx) => {
    if (value.step === "brand") {
      await changeSettings(tx, shop.id, { brand: value.brand, locales: value.locales });
    }
    if (value.step === "surfaces") {
      await changeSettings(tx, shop.id, { surfaces: value.surfaces });
      for (const { id, enabled } of await readyJourneys(tx, shop.id, now)) {
        const wanted = value.journeys.includes(id);
        // A ready journey that was changed may wait for its e-mail to be written: it then stays off.
        if (wanted !== enabled) await switchJourney(tx, shop.id, id, wanted, now);
      }
    }
    if (value.step === "offer") await publishStarterOffer(tx, shop, value.discountPercent, now);
    if (value.step === "loyalty") await saveProgram(tx, shop.id, value.program, now);
    for (const key of value.step === "survey" ? value.starters : []) {
      const survey = await createFromStarter(tx, shop.id, key, now);
      await publishSurvey(tx, shop.id, survey.id, now);
    }
    const done = value.step === "skip" ? value.skipped : value.step;
    await markStep(tx, shop.id, done, value.step === "skip" ? "skipped" : "done");
    return (await settingsOf(tx, shop.id)).onboarding;
  });
  const leaving = value.step === "skip" && value.leave;
  const next = leaving ? null : nextStep(onboarding, value.step === "skip" ? value.skipped : value.step);
  throw redirect(next ? `/app/onboarding?step=${next}` : "/app");
}

async function readyJourneys(tx: Tx, shopId: ShopId, now: Date) {
  return (await journeysOf(tx, shopId, now)).flatMap(({ id, key, name, enabled }) =>
    key ? [{ id, name, enabled, isUsual: READY_JOURNEYS[key].on }] : [],
  );
}

const TITLES: Record<OnboardingStep, { title: string; text: string }> = {
  brand: {
    title: "How do shoppers recognise you?",
    text: "Your name and colour appear in emails and on the pages that shoppers open from them.",
  },
  surfaces: {
    title: "Where may Postlude appear, and what does it send?",
    text: "You can switch each place and each message on and off at any time.",
  },
  offer: {
    title: "Your first offer",
    text: "After a purchase, Postlude proposes what goes with it, learnt from your own orders. Shoppers for whom nothing fits see nothing.",
  },
  survey: {
    title: "Your first questions",
    text: "One tap for the shopper, one honest answer for you. Nobody is asked the same thing twice.",
  },
  loyalty: {
    title: "Points for coming back?",
    text: "Shoppers join with one click. Points stay pending until the return window has passed.",
  },
};

export default function Onboarding() {
  const data = useLoaderData<typeof loader>();
  const { step } = data;
  const leave = useFetcher();
  const title = useFocusOnNewStep(step);
  const number = ONBOARDING_STEPS.indexOf(step) + 1;
  return (
    <Page
      title="Set up Postlude"
      narrowWidth
      // Leaving counts as skipping, or the home page would lead straight back here.
      backAction={{
        content: "Home",
        onAction: () =>
          leave.submit(
            JSON.stringify({ step: "skip", skipped: step, leave: true } satisfies StepForm),
            JSON_POST,
          ),
      }}
    >
      <BlockStack gap="400">
        <BlockStack gap="200">
          <Text as="p" tone="subdued">{`Step ${number} of ${ONBOARDING_STEPS.length}`}</Text>
          <ProgressBar
            progress={((number - 1) / ONBOARDING_STEPS.length) * 100}
            size="small"
            tone="success"
          />
        </BlockStack>
        <StepCard key={step} data={data} title={title} />
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}

const JSON_POST = { method: "post", encType: "application/json" } as const;

type Data = ReturnType<typeof useLoaderData<typeof loader>>;

function StepCard({ data, title }: { data: Data; title: RefObject<HTMLDivElement> }) {
  const { step } = data;
  const fetcher = useFetcher<SaveResult>();
  const busy = fetcher.state !== "idle";
  const problems = fetcher.data?.problems ?? {};
  useFocusOnProblem(fetcher.data?.problems);

  const [brand, setBrand] = useState(data.brand);
  const [locales, setLocales] = useState(data.locales);
  const [surfaces, setSurfaces] = useState(data.surfaces);
  const [journeys, setJourneys] = useState(() =>
    data.journeys.filter(({ enabled }) => enabled).map(({ id }) => id),
  );
  const [discountPercent, setDiscountPercent] = useState(data.discountPercent);
  const [starters, setStarters] = useState(data.chosenStarters);
  const [program, setProgram] = useState(data.program);

  const send = (form: StepForm) => fetcher.submit(JSON.stringify(form), JSON_POST);
  const forms: Record<OnboardingStep, StepForm> = {
    brand: { step: "brand", brand, locales },
    surfaces: { step: "surfaces", surfaces, journeys },
    offer: { step: "offer", discountPercent },
    survey: { step: "survey", starters },
    loyalty: { step: "loyalty", program },
  };
  const previous = ONBOARDING_STEPS[ONBOARDING_STEPS.indexOf(step) - 1];

  return (
    <Card>
      <BlockStack gap="500">
        <BlockStack gap="100">
          <div ref={title} tabIndex={-1} style={{ outline: "none" }}>
            <Text as="h2" variant="headingLg">
              {TITLES[step].title}
            </Text>
          </div>
          <Text as="p" tone="subdued">
            {TITLES[step].text}
          </Text>
        </BlockStack>
        {problems[""] && <Banner tone="critical">{problems[""]}</Banner>}
        {step === "brand" && (
          <>
            <BrandFields
              value={brand}
              problems={problems}
              shopName={data.shopName}
              onChange={(change) => setBrand({ ...brand, ...change })}
            />
            <LanguageFields
              names={LANGUAGE_NAMES}
              title="Languages your shoppers read; others get the first of these"
              value={locales}
              problem={problems.locales}
              onChange={setLocales}
            />
          </>
        )}
        {step === "surfaces" && (
          <>
            <SurfaceFields value={surfaces} onChange={setSurfaces} />
            <JourneyChoice journeys={data.journeys} chosen={journeys} onChange={setJourneys} />
          </>
        )}
        {step === "offer" && <OfferStep discountPercent={discountPercent} onChange={setDiscountPercent} />}
        {step === "survey" && (
          <SurveyStep
            starters={data.starters}
            chosen={starters}
            problem={problems.starters}
            onChange={setStarters}
          />
        )}
        {step === "loyalty" && (
          <LoyaltyStep
            program={program}
            currency={data.currency}
            locale={data.locale}
            problems={problems}
            onChange={(change) => setProgram({ ...program, ...change })}
          />
        )}
        <InlineStack align="space-between">
          <InlineStack gap="200">
            {previous && <Button url={`/app/onboarding?step=${previous}`}>Back</Button>}
            <Button variant="tertiary" disabled={busy} onClick={() => send({ step: "skip", skipped: step })}>
              {data.decided ? "Leave as it is" : "Skip this step"}
            </Button>
          </InlineStack>
          <Button variant="primary" loading={busy} onClick={() => send(forms[step])}>
            {step === "loyalty" ? "Save and finish" : "Save and go on"}
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}

/** The button that was pressed is gone with its step; those who hear the page go on at the new step's title. */
function useFocusOnNewStep(step: OnboardingStep): RefObject<HTMLDivElement> {
  const title = useRef<HTMLDivElement>(null);
  const shown = useRef(step);
  useEffect(() => {
    if (shown.current !== step) title.current?.focus();
    shown.current = step;
  }, [step]);
  return title;
}
