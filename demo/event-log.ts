// What happened, in one line each: for the control panel (server-sent events) and for tests.
import { Readable } from "node:stream";
import type { Clock } from "./clock.ts";

export type LogEntry = { at: string; kind: string; shop: string | null; message: string };

export type EventLog = {
  add(kind: string, message: string, shop?: string): void;
  /** Oldest first; at most the newest 2,000. */
  entries(): LogEntry[];
  subscribe(listener: (entry: LogEntry) => void): () => void;
  /** A text/event-stream body: the entries to come. */
  stream(): Readable;
};

const KEPT = 2000;

export function createEventLog(clock: Clock): EventLog {
  const entries: LogEntry[] = [];
  const listeners = new Set<(entry: LogEntry) => void>();

  function subscribe(listener: (entry: LogEntry) => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  return {
    add(kind, message, shop) {
      const entry = { at: clock.iso(), kind, shop: shop ?? null, message };
      entries.push(entry);
      if (entries.length > KEPT) entries.splice(0, entries.length - KEPT);
      for (const listener of listeners) listener(entry);
    },
    entries: () => entries,
    subscribe,
    stream() {
      const stream = new Readable({ read() {} });
      stream.push(": the demo store's events\n\n");
      const stop = subscribe((entry) => stream.push(`data: ${JSON.stringify(entry)}\n\n`));
      stream.once("close", stop);
      return stream;
    },
  };
}
