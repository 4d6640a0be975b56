import type { ShopId, Tx } from "#app/db/tx";
import type { Answers } from "./check-answers";

/** Finished responses one by one, for the merchant to read or take along. */

export type Comment = { id: string; text: string; score: number | null; channel: string; answeredAt: Date };

/** What people wrote in the half-open period (UTC), newest first. */
export async function commentsOf(
  tx: Tx,
  shopId: ShopId,
  surveyId: string,
  { from, to }: { from: Date; to: Date },
  limit = 50,
): Promise<Comment[]> {
  const rows = await tx.surveyResponse.findMany({
    where: { shopId, surveyId, complete: true, comment: { not: null }, answeredAt: { gte: from, lt: to } },
    orderBy: { answeredAt: "desc" },
    take: limit,
    select: { id: true, comment: true, score: true, channel: true, answeredAt: true },
  });
  return rows.map(({ comment, answeredAt, ...row }) => ({ ...row, text: comment!, answeredAt: answeredAt! }));
}

export type ListedResponse = {
  id: string;
  answeredAt: Date;
  orderGid: string | null;
  customerGid: string | null;
  channel: string;
  locale: string;
  score: number | null;
  answers: Answers;
};

/**
 * A page of responses, oldest first.
 * @param after id of the last response of the page before; ids grow with the time at which people began
 */
export async function listResponses(
  tx: Tx,
  shopId: ShopId,
  surveyId: string,
  { from, to, after, limit }: { from: Date; to: Date; after?: string; limit: number },
): Promise<ListedResponse[]> {
  const rows = await tx.surveyResponse.findMany({
    where: {
      shopId,
      surveyId,
      complete: true,
      answeredAt: { gte: from, lt: to },
      ...(after ? { id: { gt: after } } : {}),
    },
    orderBy: { id: "asc" },
    take: limit,
    select: {
      id: true,
      answeredAt: true,
      orderGid: true,
      customerGid: true,
      channel: true,
      locale: true,
      score: true,
      answers: true,
    },
  });
  return rows.map((row) => ({ ...row, answeredAt: row.answeredAt!, answers: row.answers as Answers }));
}
