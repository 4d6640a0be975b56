import { mayContact } from "#app/contact-policy/contact-policy.server";
import { balanceOf, memberOf, programOf } from "#app/loyalty/loyalty.server";
import type { TemplateKey } from "#app/messages/default-templates";
import { liveTemplate, queueOnFirst, templateState, type MessageExtras } from "#app/messages/messages.server";
import { noteTold } from "#app/parcels/exceptions.server";
import { surveyLink } from "#app/surveys/survey-link";
import { openSurvey, surveyForMail } from "#app/surveys/surveys.server";
import { nearestLocale } from "#app/shops/settings";
import { settingsOf } from "#app/shops/shops.server";
import type { SendStep, SurveyStep } from "../definition";
import { codeOf } from "../intents.server";
import type { About } from "../values.server";
import { actKey, type Act, type ActOutcome, type Scene } from "./act";
import { recipientOf, type Recipient } from "./recipient.server";

/** The template that asks a survey by its link. */
export const SURVEY_TEMPLATE = "survey-invitation";
/** The template that asks for a review. */
export const REVIEW_TEMPLATE = "review";

/** A message on the first of the step's channels that reaches the person; messages and contact policy decide whether. */
export const send: Act<SendStep> = async (step, scene) => {
  const to = await recipientOf(scene.tx, scene.shopId, scene.enrolment);
  return deliver(scene, step, to, {});
};

/** An invitation to one survey. It comes as a message of the step's own, so the gaps between surveys hold. */
export const survey: Act<SurveyStep> = async (step, scene) => {
  const { tx, shopId, config, enrolment } = scene;
  const { now, appUrl, secret } = config;
  if (!(await openSurvey(tx, shopId, step.surveyId, now))) return { status: "refused", reason: "survey-off" };
  const to = await recipientOf(tx, shopId, enrolment);
  if (!to.order) return { status: "refused", reason: "no-order" };
  const verdict = await mayAsk(scene, "survey");
  if (!verdict.allowed) return { status: "refused", reason: verdict.reason };
  const link = surveyLink({
    appUrl,
    secret,
    shopId,
    surveyId: step.surveyId,
    orderGid: to.order.gid,
    personKey: enrolment.personKey,
    locale: nearestLocale(to.locale),
  });
  return deliver(scene, { ...step, template: SURVEY_TEMPLATE, channels: ["email"] }, to, { surveyUrl: link });
};

/** Queues the message, and notes that the person was told of what it is about. */
export async function deliver(
  scene: Scene,
  step: Pick<SendStep, "id" | "template" | "channels">,
  to: Recipient,
  more: MessageExtras,
): Promise<ActOutcome> {
  const { tx, shopId, config, enrolment } = scene;
  const { orderGid, customerGid, parcelId } = enrolment;
  const templateKey = step.template as TemplateKey;
  if (!(await templateState(tx, shopId, templateKey))) return { status: "refused", reason: "template-gone" };
  const queued = await queueOnFirst(
    tx,
    shopId,
    {
      dedupeKey: actKey(enrolment, step.id),
      templateKey,
      orderGid,
      customerGid,
      parcelId,
      email: to.email,
      locale: to.locale,
      extras: { ...(await extrasFor(scene, templateKey, to)), ...more },
    },
    step.channels,
    config,
  );
  if (queued.status === "suppressed") return { status: "refused", reason: queued.reason };
  const { exceptionId } = enrolment.about as About;
  if (exceptionId) await noteTold(tx, shopId, exceptionId, config.now);
  return { status: "done" };
}

/** What the template's blocks need from other domains. */
async function extrasFor(scene: Scene, templateKey: TemplateKey, to: Recipient): Promise<MessageExtras> {
  const { tx, shopId, enrolment } = scene;
  const extras: MessageExtras = {};
  const points = await pointsOf(scene, to);
  if (points) extras.points = points;
  const { content } = await liveTemplate(tx, shopId, templateKey);
  const asksNps = content.blocks.some(({ type }) => type === "nps");
  const nps = asksNps ? await npsLinks(scene, to) : null;
  if (nps) extras.nps = nps;
  const code = await codeOf(tx, shopId, enrolment.id);
  if (code) extras.code = { ...code, endsAt: code.endsAt.toISOString() };
  const product = await productOf(scene, to);
  if (product) extras.product = product;
  const reviewUrl = await reviewUrlFor(scene, to);
  if (reviewUrl) extras.reviewUrl = reviewUrl;
  return extras;
}

async function pointsOf(
  { tx, shopId, enrolment }: Scene,
  { order }: Recipient,
): Promise<MessageExtras["points"] | null> {
  const program = await programOf(tx, shopId);
  if (!program.enabled) return null;
  const { customerGid } = enrolment;
  const member = await memberOf(tx, shopId, {
    orderGid: order?.gid ?? "",
    customerGid,
    checkoutToken: order?.checkoutToken,
    confirmationNumber: order?.confirmationNumber,
  });
  if (!member) return null;
  const { points, pendingPoints } = await balanceOf(tx, shopId, member.id);
  return { program: program.name, available: points, pending: pendingPoints };
}

/** The gaps between questions to one person, whatever the channel. */
async function mayAsk({ tx, shopId, config, enrolment }: Scene, messageType: "nps" | "survey") {
  const { personKey } = enrolment;
  const asked = {
    personKey,
    address: null,
    channel: "email",
    purpose: "transactional",
    messageType,
  } as const;
  return mayContact(tx, shopId, { ...asked, now: config.now, timezone: "UTC" }, config);
}

/** A link per score to the shop's NPS survey, where it is live and this person may be asked. */
async function npsLinks(scene: Scene, { order }: Recipient): Promise<string[] | null> {
  const { tx, shopId, config, enrolment } = scene;
  if (!order) return null;
  const { appUrl, secret, now } = config;
  const { gid: orderGid, customerGid, locale } = order;
  const { personKey } = enrolment;
  if (!(await mayAsk(scene, "nps")).allowed) return null;
  const found = await surveyForMail(tx, shopId, { orderGid, customerGid, locale, now });
  if (found?.questions[0]?.type !== "nps") return null;
  const invitation = { appUrl, secret, shopId, surveyId: found.surveyId, orderGid, personKey };
  return Array.from({ length: 11 }, (_, score) => surveyLink({ ...invitation, locale: found.locale, score }));
}

/**
 * Where this person writes a review: the shop's review page, else the product's. A page that wants the stars beforehand
 * is for the block that asks for them.
 */
export async function reviewUrlFor(scene: Scene, to: Recipient): Promise<string | null> {
  const { reviewUrl } = (await settingsOf(scene.tx, scene.shopId)).brand;
  if (reviewUrl && !reviewUrl.includes("{stars}")) return reviewUrl;
  return (await productOf(scene, to))?.url ?? null;
}

/** The product it is about, else the order's first one, and its page. */
async function productOf(
  { tx, shopId, enrolment }: Scene,
  { order }: Recipient,
): Promise<MessageExtras["product"] | null> {
  const variantGid = (enrolment.about as About).variantGid ?? order?.lines[0]?.variantGid;
  if (!variantGid) return null;
  const variant = await tx.variant.findUnique({
    where: { shopId_gid: { shopId, gid: variantGid } },
    include: { product: { select: { title: true, handle: true } } },
  });
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId }, select: { domain: true } });
  if (!variant) return null;
  const { title, handle } = variant.product;
  const id = variantGid.split("/").at(-1)!;
  return { title, url: `https://${shop.domain}/products/${handle}?variant=${id}` };
}
