// What happened, in one line each: for the control panel (server-sent events) and for tests.
import { Readable } from "node:stream";
import type { Clock } from "./clock.ts";

export type LogEntry = { at: string; kind: string; shop: string | null; message: string };

export type EventLog = {
  add(kind: string, message: string, shop?: string): void;
  /** Oldest first; at most the newest 2,000. */
  entries(): LogEntry[];
  /** Number of the newest entry, from 1; 0 while there is none. */
  newest(): number;
  subscribe(listener: (entry: LogEntry) => void): () => void;
  /**
   * A text/event-stream body: the entries to come.
   * @param after first those behind the entry of this number: what happened while a page was on its way to its reader
   */
  stream(after?: number): Readable;
};

const KEPT = 2000;

export function createEventLog(clock: Clock): EventLog {
  const entries: LogEntry[] = [];
  let added = 0;
  const listeners = new Set<(entry: LogEntry) => void>();

  function subscribe(listener: (entry: LogEntry) => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  return {
    add(kind, message, shop) {
      const entry = { at: clock.iso(), kind, shop: shop ?? null, message };
      entries.push(entry);
      added++;
      if (entries.length > KEPT) entries.splice(0, entries.length - KEPT);
      for (const listener of listeners) listener(entry);
    },
    entries: () => entries,
    newest: () => added,
    subscribe,
    stream(after = added) {
      const stream = new Readable({ read() {} });
      const send = (entry: LogEntry, number: number) =>
        stream.push(`id: ${number}\ndata: ${JSON.stringify(entry)}\n\n`);
      stream.push(": the demo store's events\n\n");
      const oldest = added - entries.length + 1;
      entries.forEach((entry, index) => oldest + index > after && send(entry, oldest + index));
      const stop = subscribe((entry) => send(entry, added));
      stream.once("close", stop);
      return stream;
    },
  };
}
