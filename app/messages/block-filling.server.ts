import { contentFor } from "#app/content/content.server";
import { TIP_KINDS, type TipKind } from "#app/content/tip";
import type { ShopId, Tx } from "#app/db/tx";
import type { Customer, Parcel } from "#app/generated/prisma/client";
import type { OrderWithLines } from "#app/orders/orders.server";
import type { Locale } from "#app/shops/settings";
import { allBlocks, settingOf, type Block } from "./blocks";
import type { Condition, ListName } from "./compiled";
import type { MailSurveyPort } from "./mail-survey";
import type { ShownTo } from "./show-rule";
import type { Value, Values } from "./variables";

/** What the blocks of one template need beyond its variables; a template without such blocks costs nothing here. */
export type BlockFilling = {
  values: [string, Value][];
  conditions: Condition[];
  lists: Map<ListName, Values[]>;
};

type Wanted = {
  blocks: Block[];
  order: OrderWithLines | null;
  customerGid: string | null;
  parcel: Parcel | null;
  locale: Locale;
  /** Left out: no survey is asked in mails. */
  surveyFor?: MailSurveyPort;
};

const MOST_TIPS = 5;

export async function blockFilling(tx: Tx, shopId: ShopId, wanted: Wanted): Promise<BlockFilling> {
  const filling: BlockFilling = { values: [], conditions: [], lists: new Map() };
  const blocks = allBlocks(wanted.blocks);
  if (wanted.parcel) filling.conditions.push(`progress-${stepOf(wanted.parcel)}`);
  const kinds = chosen(blocks, "tips", "kind");
  for (const kind of TIP_KINDS) if (kinds.has(kind)) await fillTips(tx, shopId, wanted, kind, filling);
  const surveys = new Set([...chosen(blocks, "survey", "survey"), ...chosen(blocks, "rate", "survey")]);
  for (const surveyId of surveys) await fillSurvey(tx, shopId, wanted, surveyId, filling);
  return filling;
}

function chosen(blocks: Block[], type: Block["type"], setting: string): Set<string> {
  const of = blocks.filter((block) => block.type === type).map((block) => settingOf(block, setting));
  return new Set(of.filter(Boolean));
}

function stepOf({ status }: Parcel): 1 | 2 | 3 | 4 {
  if (status === "delivered") return 4;
  if (status === "announced") return 1;
  return status === "in_transit" || status === "delayed" || status === "failed" ? 2 : 3;
}

async function fillTips(
  tx: Tx,
  shopId: ShopId,
  { order, locale }: Wanted,
  kind: TipKind,
  { conditions, lists }: BlockFilling,
): Promise<void> {
  const productGids = (order?.lines ?? []).flatMap(({ productGid }) => (productGid ? [productGid] : []));
  const tips = (await contentFor(tx, shopId, { productGids, kind }, locale)).slice(0, MOST_TIPS);
  if (tips.length === 0) return;
  const name: ListName = `tips:${kind}`;
  conditions.push(`list:${name}`);
  lists.set(
    name,
    tips.map(
      ({ title, paragraphs, imageUrl, videoUrl }) =>
        new Map<string, Value>([
          ["tip.title", title],
          ["tip.text", paragraphs.join("\n\n")],
          ["tip.image", imageUrl],
          ["tip.url", videoUrl],
        ]),
    ),
  );
}

async function fillSurvey(
  tx: Tx,
  shopId: ShopId,
  { order, customerGid, locale, surveyFor }: Wanted,
  surveyId: string,
  { values, conditions, lists }: BlockFilling,
): Promise<void> {
  const orderGid = order?.gid ?? "";
  const survey = await surveyFor?.(tx, shopId, { surveyId, orderGid, customerGid, locale });
  if (!survey) return;
  const name: ListName = `survey:${surveyId}`;
  values.push([`question.${surveyId}`, survey.question]);
  conditions.push(`list:${name}`, `survey-${survey.kind}:${surveyId}`);
  const answer = ({ label, url }: { label: string; url: string }) =>
    new Map<string, Value>([
      ["answer.label", label],
      ["answer.url", url],
    ]);
  lists.set(name, survey.answers.map(answer));
}

/** What the rules of blocks are judged by. Consent is told by the condition "agreed". */
export function shownTo(
  order: OrderWithLines | null,
  customer: Pick<Customer, "country" | "ordersCount"> | null,
  isMember: boolean,
): ShownTo {
  return {
    isFirstOrder:
      order?.isFirst ?? (customer && customer.ordersCount > 0 ? customer.ordersCount === 1 : null),
    isMember,
    hasAgreed: false,
    orderMinor: order?.totalMinor ?? null,
    country: order?.country || customer?.country || null,
  };
}
