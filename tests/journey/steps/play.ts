/** What every step of the path is given, and what one leaves for the next. */
import type { Buyer } from "../shopper.ts";
import type { Stage } from "../stage.ts";

/** What the path needs of a running demo; without `restart` its processes are left alone. */
export type PlayedDemo = { urls: { store: string }; restart?: (name: "web" | "worker") => Promise<void> };

export type Play = {
  stage: Stage;
  demo: PlayedDemo;
  buyer: Buyer;
  /** What one step leaves for the next. */
  notes: { orderId: number; statusPath: string; cartUrl: string; unsubscribe: string };
};

export type DemoOrder = {
  id: number;
  name: string;
  statusPath?: string;
  checkoutToken: string;
  discountCodes?: unknown[];
  totalDiscounts?: number;
};
