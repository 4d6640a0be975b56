// `shopify.webVitals.onReport`: the numbers that Built for Shopify looks at, measured in the app's frame.
import { onCLS, onFCP, onINP, onLCP, onTTFB, type Metric } from "web-vitals";
import type { Channel } from "./channel.ts";

type Report = { metrics: { id: string; name: string; value: number }[] };
type Listener = ((report: Report) => void | Promise<void>) | null;

export function createWebVitals(channel: Channel): { onReport(listener: Listener): Promise<void> } {
  let listener: Listener = null;
  const seen: Report["metrics"] = [];

  function report(metric: Metric): void {
    const entry = { id: metric.id, name: metric.name, value: metric.value };
    seen.push(entry);
    channel.tell("webVitals", { name: metric.name, value: metric.value });
    void listener?.({ metrics: [entry] });
  }

  for (const measure of [onCLS, onFCP, onINP, onLCP, onTTFB]) measure(report);
  return {
    async onReport(callback) {
      listener = callback;
      if (seen.length > 0) void callback?.({ metrics: [...seen] });
    },
  };
}
