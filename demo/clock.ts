// The demo clock: real time plus an offset that the control panel moves forward. It is published in a small file,
// which `preload.mjs` reads in the app's processes, so that the app and the store agree about "now".
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";

export type Clock = {
  now(): Date;
  iso(): string;
  offsetMs(): number;
  /** Moves the clock forward and tells the listeners. Never backwards: facts would lie in the future. */
  advance(ms: number): Date;
  /** Back to real time; only together with an empty store. */
  reset(): void;
  onAdvance(listener: (now: Date) => void): void;
};

export function createClock(file?: string, realNow: () => number = Date.now): Clock {
  const listeners: ((now: Date) => void)[] = [];
  let offsetMs = file ? readOffset(file) : 0;

  function setOffset(value: number): void {
    offsetMs = value;
    if (file) writeOffset(file, offsetMs);
  }
  setOffset(offsetMs);

  const now = () => new Date(realNow() + offsetMs);
  return {
    now,
    iso: () => now().toISOString(),
    offsetMs: () => offsetMs,
    advance(ms) {
      if (!Number.isFinite(ms) || ms < 0) throw new RangeError("The demo clock only moves forward.");
      setOffset(offsetMs + Math.round(ms));
      for (const listener of listeners) listener(now());
      return now();
    },
    reset: () => setOffset(0),
    onAdvance: (listener) => void listeners.push(listener),
  };
}

function readOffset(file: string): number {
  if (!existsSync(file)) return 0;
  const saved = JSON.parse(readFileSync(file, "utf8")) as { offsetMs?: number };
  return saved.offsetMs ?? 0;
}

function writeOffset(file: string, offsetMs: number): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify({ offsetMs }));
  renameSync(`${file}.new`, file); // a reader never sees half a file
}
