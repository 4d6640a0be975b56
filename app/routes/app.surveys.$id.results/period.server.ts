import { z } from "zod";
import { startOfDay } from "#app/shops/local-day";
import { calendarDays, periodDays } from "#app/analytics/period";

/**
 * Which survey and which days a results page is about: `?days=7|30|90`, days of the shop, the last one being today.
 * @throws Response 404 where the address names no survey
 */
export function periodOf(request: Request, params: { id?: string }, timezone: string, now: Date) {
  const id = z.uuid().safeParse(params.id);
  if (!id.success) throw new Response("No such survey", { status: 404 });
  const length = periodDays(new URL(request.url).searchParams.get("days"));
  const days = calendarDays(length, now, timezone);
  return { surveyId: id.data, length, days, from: startOfDay(days[0]!, timezone), to: now, timezone };
}
