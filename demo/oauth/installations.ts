// Which shops have the app, with which scopes, and the access tokens that are alive. Uninstalling kills them all.
import { randomBytes } from "node:crypto";
import type { Clock } from "../clock.ts";

export type AccessToken = {
  token: string;
  shop: string;
  kind: "offline" | "online";
  scopes: string[];
  /** Milliseconds since 1970; null lives until uninstall. */
  expiresAt: number | null;
};

export type RefreshToken = { token: string; shop: string; expiresAt: number };

/** `never` installs itself when the merchant opens the app; `uninstalled` needs a click on "install". */
export type InstallState = "never" | "installed" | "uninstalled";

export type InstallationsSnapshot = {
  states: Record<string, InstallState>;
  redactions: Record<string, number>;
  scopes: Record<string, string[]>;
  access: AccessToken[];
  refresh: RefreshToken[];
};

export const ACCESS_TOKEN_SECONDS = 3600;
export const REFRESH_TOKEN_SECONDS = 90 * 24 * 3600;
const REDACT_AFTER_MS = 48 * 3_600_000;
const ONLINE_TOKEN_SECONDS = 24 * 3600 - 1;

export type Installations = {
  state(shop: string): InstallState;
  isInstalled(shop: string): boolean;
  /** The merchant agrees to the app's scopes. */
  install(shop: string): void;
  uninstall(shop: string): void;
  /** Shops that were uninstalled 48 hours ago and are due for shop/redact; each is named once. */
  takeDueRedactions(): string[];
  grantedScopes(shop: string): string[];
  /** For app/scopes_update: what the merchant grants from now on. */
  setScopes(shop: string, scopes: string[]): void;
  issueOffline(shop: string, expiring: boolean): { access: AccessToken; refresh: RefreshToken | null };
  issueOnline(shop: string): AccessToken;
  /** Undefined when the refresh token is unknown, dead or expired. */
  refresh(token: string): { access: AccessToken; refresh: RefreshToken } | undefined;
  findAccessToken(token: string): AccessToken | undefined;
  snapshot(): InstallationsSnapshot;
  restore(snapshot: InstallationsSnapshot): void;
  /** Nothing was ever installed. */
  clear(): void;
  onChange(listener: () => void): void;
};

export function createInstallations(appScopes: string[], clock: Clock): Installations {
  const states = new Map<string, InstallState>();
  /** When Shopify will send shop/redact, in milliseconds since 1970. */
  const redactions = new Map<string, number>();
  const scopes = new Map<string, string[]>();
  const access = new Map<string, AccessToken>();
  const refreshTokens = new Map<string, RefreshToken>();
  const listeners: (() => void)[] = [];
  const changed = () => listeners.forEach((listener) => listener());
  const now = () => clock.now().getTime();
  const grantedScopes = (shop: string) => scopes.get(shop) ?? appScopes;

  function issue(shop: string, kind: AccessToken["kind"], seconds: number | null): AccessToken {
    const token = `${kind === "online" ? "shpua" : "shpat"}_${randomBytes(16).toString("hex")}`;
    const expiresAt = seconds === null ? null : now() + seconds * 1000;
    const issued = { token, shop, kind, scopes: grantedScopes(shop), expiresAt };
    access.set(token, issued);
    changed();
    return issued;
  }

  function issueRefresh(shop: string): RefreshToken {
    const token = `shprt_${randomBytes(16).toString("hex")}`;
    const issued = { token, shop, expiresAt: now() + REFRESH_TOKEN_SECONDS * 1000 };
    refreshTokens.set(token, issued);
    return issued;
  }

  function issueOffline(shop: string, expiring: boolean) {
    const refresh = expiring ? issueRefresh(shop) : null;
    return { access: issue(shop, "offline", expiring ? ACCESS_TOKEN_SECONDS : null), refresh };
  }

  return {
    state: (shop) => states.get(shop) ?? "never",
    isInstalled: (shop) => states.get(shop) === "installed",
    install(shop) {
      states.set(shop, "installed");
      redactions.delete(shop);
      changed();
    },
    uninstall(shop) {
      states.set(shop, "uninstalled");
      redactions.set(shop, now() + REDACT_AFTER_MS);
      for (const [key, token] of access) if (token.shop === shop) access.delete(key);
      for (const [key, token] of refreshTokens) if (token.shop === shop) refreshTokens.delete(key);
      changed();
    },
    takeDueRedactions() {
      const due = [...redactions].filter(([, at]) => at <= now()).map(([shop]) => shop);
      due.forEach((shop) => redactions.delete(shop));
      if (due.length > 0) changed();
      return due;
    },
    grantedScopes,
    setScopes(shop, granted) {
      scopes.set(shop, granted);
      for (const token of access.values()) if (token.shop === shop) token.scopes = granted;
      changed();
    },
    issueOffline,
    issueOnline: (shop) => issue(shop, "online", ONLINE_TOKEN_SECONDS),
    refresh(token) {
      const known = refreshTokens.get(token);
      if (!known || known.expiresAt < now()) return undefined;
      // The old refresh token stays usable, as at Shopify, so that a lost answer can be asked for again.
      return {
        access: issue(known.shop, "offline", ACCESS_TOKEN_SECONDS),
        refresh: issueRefresh(known.shop),
      };
    },
    findAccessToken(token) {
      const known = access.get(token);
      return known && (known.expiresAt === null || known.expiresAt > now()) ? known : undefined;
    },
    snapshot: () => ({
      states: Object.fromEntries(states),
      redactions: Object.fromEntries(redactions),
      scopes: Object.fromEntries(scopes),
      access: [...access.values()].filter((token) => (token.expiresAt ?? Infinity) > now()),
      refresh: [...refreshTokens.values()].slice(-50),
    }),
    restore(snapshot) {
      Object.entries(snapshot.states).forEach(([shop, state]) => states.set(shop, state));
      Object.entries(snapshot.redactions).forEach(([shop, at]) => redactions.set(shop, at));
      Object.entries(snapshot.scopes).forEach(([shop, list]) => scopes.set(shop, list));
      snapshot.access.forEach((token) => access.set(token.token, token));
      snapshot.refresh.forEach((token) => refreshTokens.set(token.token, token));
    },
    clear() {
      for (const map of [states, redactions, scopes, access, refreshTokens]) map.clear();
    },
    onChange: (listener) => void listeners.push(listener),
  };
}
