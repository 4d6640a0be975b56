// Turns the mock's static signals into real ones. `import '@shopify/ui-extensions/preact'` hands over the extension's own
// Signal class: every cell has to be made again with it, or nothing re-renders.
import { Signal as CoreSignal } from "@preact/signals-core";

export type SignalLike = { value: unknown; subscribe: (listener: (value: unknown) => void) => () => void };
type SignalClass = new (value: unknown) => SignalLike;
type Cell = { signal: SignalLike };

export function isSignal(value: unknown): value is SignalLike {
  if (typeof value !== "object" || value === null) return false;
  return "value" in value && typeof (value as { subscribe?: unknown }).subscribe === "function";
}

export function createSignals() {
  let currentClass = CoreSignal as unknown as SignalClass;
  const cells: Cell[] = [];

  function make(value: unknown): SignalLike {
    const signal = new currentClass(value);
    // Deprecated members of Shopify's signals that older code still reads.
    Object.defineProperty(signal, "current", { get: () => signal.value });
    Object.defineProperty(signal, "destroy", { value: async () => {} });
    return signal;
  }

  function adopt(part: Record<string, unknown>): void {
    for (const [key, value] of Object.entries(part)) {
      if (isSignal(value)) {
        const cell = { signal: make(value.value) };
        cells.push(cell);
        Object.defineProperty(part, key, { enumerable: true, configurable: true, get: () => cell.signal });
      } else if (isPlainObject(value)) {
        adopt(value);
      }
    }
  }

  function replaceClass(signalClass: SignalClass): void {
    currentClass = signalClass;
    for (const cell of cells) cell.signal = make(cell.signal.value);
  }

  return { adopt, replaceClass };
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
