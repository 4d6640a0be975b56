import type { ShopId, Tx } from "#app/db/tx";
import { advertiserSubject } from "./sponsored-candidates";

/** What sponsored candidates are called where decisions are explained, by subject. Other subjects are passed over. */
export async function advertiserTitles(
  tx: Tx,
  shopId: ShopId,
  subjects: string[],
): Promise<Record<string, string>> {
  if (!subjects.some((subject) => subject.startsWith(advertiserSubject("")))) return {};
  const rows = await tx.advertiser.findMany({ where: { shopId }, select: { id: true, name: true } });
  return Object.fromEntries(rows.map(({ id, name }) => [advertiserSubject(id), `Sponsored: ${name}`]));
}
