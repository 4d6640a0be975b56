import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { lastDays } from "#app/analytics/period";
import { shopChanged } from "#app/api/shop-changes.server";
import { isUuid } from "#app/db/id";
import { inShop } from "#app/db/in-shop.server";
import { requireShop } from "#app/http/admin.server";
import { readForm } from "#app/http/form.server";
import { cursorOf, readCursor } from "#app/http/page-cursor";
import { consentText, ProgramSchema } from "#app/loyalty/program";
import { listMembers, loyaltyResults, programOf, saveProgram } from "#app/loyalty/loyalty.server";
import { useDraft } from "#app/ui/draft";
import { Banner, BlockStack, Box, Button, Card, InlineStack, Layout, Page, Text } from "#app/ui/polaris";
import { useSave, type SaveResult } from "#app/ui/save";
import { UnsavedChanges } from "#app/ui/save-bar";
import { LoyaltyFigures } from "./loyalty-figures";
import { MemberTable } from "./member-table";
import { ProgramFields } from "./program-fields";

export const meta: MetaFunction = () => [{ title: "Loyalty · Postlude" }];

const DAYS = 30;
const MEMBERS = 20;

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, locale } = await requireShop(request);
  const now = new Date();
  const before = memberFrom(new URL(request.url).searchParams.get("before"));
  return inShop(shop.id, async (tx) => {
    const { enabled, name, pointsPerUnit, joinBonus, surveyPoints, pendingDays } = await programOf(
      tx,
      shop.id,
    );
    const members = await listMembers(tx, shop.id, { limit: MEMBERS + 1, before });
    const last = members.length > MEMBERS ? members[MEMBERS - 1] : undefined;
    return {
      program: { enabled, name, pointsPerUnit, joinBonus, surveyPoints, pendingDays },
      results: await loyaltyResults(tx, shop.id, lastDays(DAYS, now, shop.timezone)),
      members: members.slice(0, MEMBERS),
      next: last ? cursorOf(last.joinedAt, last.id) : null,
      onFirstPage: before === undefined,
      shopName: shop.name,
      timezone: shop.timezone,
      currency: shop.currency,
      locale,
    };
  });
}

/** The last member of the page before. Anything that is none is the first page. */
function memberFrom(text: string | null): { joinedAt: Date; id: string } | undefined {
  const cursor = readCursor(text);
  return cursor && isUuid(cursor.key) ? { joinedAt: cursor.at, id: cursor.key } : undefined;
}

export async function action({ request }: ActionFunctionArgs): Promise<SaveResult> {
  const { shop } = await requireShop(request);
  const form = await readForm(request, ProgramSchema);
  if (!form.ok) return { problems: form.problems };
  await inShop(shop.id, (tx) => saveProgram(tx, shop.id, form.value, new Date()));
  await shopChanged(shop.id);
  return { problems: {}, saved: form.value.enabled ? "Programme saved and on" : "Programme saved and off" };
}

export default function LoyaltyPage() {
  const { program, results, members, next, onFirstPage, shopName, currency, locale, timezone } =
    useLoaderData<typeof loader>();
  const draft = useDraft(program);
  const { save, saving, problems } = useSave<typeof program>();
  const { value, set } = draft;

  return (
    <Page
      title="Loyalty"
      primaryAction={{
        content: program.enabled ? "Switch off" : "Switch on",
        onAction: () => save({ ...value, enabled: !program.enabled }),
        loading: saving,
      }}
    >
      <UnsavedChanges
        id="loyalty"
        dirty={draft.dirty}
        saving={saving}
        onSave={() => save(value)}
        onDiscard={draft.reset}
      />
      <BlockStack gap="400">
        <Banner tone={program.enabled ? "success" : "info"}>
          <p>
            {program.enabled
              ? "The programme is on. Shoppers are invited on the thank-you and order status pages."
              : "The programme is off. Nobody is invited and no points are given; members keep what they have."}
          </p>
        </Banner>
        <Layout>
          <Layout.AnnotatedSection
            title="Rules"
            description="Points of an order wait for the end of the return window. Refunds take their share back."
          >
            <Card>
              <ProgramFields
                value={value}
                problems={problems}
                currency={currency}
                locale={locale}
                onChange={set}
              />
            </Card>
          </Layout.AnnotatedSection>
          <Layout.AnnotatedSection
            title="Consent"
            description="What people agree to when they join. The words are stored with each membership as proof."
          >
            <Card>
              <Text as="p">{consentText(value, shopName, "en")}</Text>
            </Card>
          </Layout.AnnotatedSection>
        </Layout>
        <LoyaltyFigures results={results} days={DAYS} locale={locale} />
        <MemberTable members={members} locale={locale} timezone={timezone} enabled={program.enabled} />
        <InlineStack gap="200">
          {!onFirstPage && <Button url="/app/loyalty">Newest members</Button>}
          {next && <Button url={`/app/loyalty?before=${encodeURIComponent(next)}`}>Earlier members</Button>}
        </InlineStack>
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}
