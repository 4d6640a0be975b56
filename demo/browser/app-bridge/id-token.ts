// The merchant's id token, kept until shortly before it ends.
import type { Channel } from "./channel.ts";

const RENEW_BEFORE_MS = 10_000;
/** The token's times follow the demo clock, which may run ahead of the browser's: count from when it came. */
type Kept = { token: string; goodUntil: number };

export type IdTokens = { get(): Promise<string>; forget(): void };

export function createIdTokens(channel: Channel): IdTokens {
  let kept: Kept | undefined;
  return {
    async get() {
      if (!kept || kept.goodUntil < Date.now()) {
        const token = await channel.ask("idToken", {});
        kept = { token, goodUntil: Date.now() + lifetimeMs(token) - RENEW_BEFORE_MS };
      }
      return kept.token;
    },
    forget() {
      kept = undefined;
    },
  };
}

function lifetimeMs(token: string): number {
  const payload = token.split(".")[1]!.replaceAll("-", "+").replaceAll("_", "/");
  const claims = JSON.parse(atob(payload)) as { exp: number; iat: number };
  return (claims.exp - claims.iat) * 1000;
}
