// The demo clock.
import type { Demo } from "../demo.ts";
import { json, type Route } from "../http.ts";

const MINUTE = 60_000;

export function clockRoutes(demo: Demo): Route[] {
  const state = () => json({ now: demo.clock.iso(), offsetMs: demo.clock.offsetMs() });
  return [
    { method: "GET", pattern: "/_/clock", handle: state },
    {
      /** `{minutes?, hours?, days?}` */
      method: "POST",
      pattern: "/_/clock/advance",
      handle(request) {
        const { minutes = 0, hours = 0, days = 0 } = request.data() as Record<string, number>;
        const ms = (Number(minutes) + Number(hours) * 60 + Number(days) * 24 * 60) * MINUTE;
        demo.clock.advance(ms);
        demo.log.add("clock", `moved forward by ${Math.round(ms / MINUTE)} minutes`);
        return state();
      },
    },
  ];
}
