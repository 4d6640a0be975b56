// POST /admin/oauth/access_token: token exchange and refresh, with Shopify's errors.
import type { Clock } from "../clock.ts";
import type { DemoConfig } from "../config.ts";
import { ACCESS_TOKEN_SECONDS, REFRESH_TOKEN_SECONDS, type Installations } from "./installations.ts";
import { STAFF_USER } from "./issuer.ts";
import { verifyJwt } from "./jwt.ts";

const TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
const ONLINE_TOKEN = "urn:shopify:params:oauth:token-type:online-access-token";
const OFFLINE_TOKEN = "urn:shopify:params:oauth:token-type:offline-access-token";

export type GrantAnswer = { status: number; json: Record<string, unknown> };

export type GrantContext = { config: DemoConfig; clock: Clock; installations: Installations };

/** `shop` is the host that the app called. */
export function grantToken(shop: string, body: Record<string, unknown>, context: GrantContext): GrantAnswer {
  const { config } = context;
  if (body.client_id !== config.apiKey || body.client_secret !== config.apiSecret) {
    return refuse("invalid_client", "Client authentication failed");
  }
  if (body.grant_type === TOKEN_EXCHANGE) return exchange(shop, body, context);
  if (body.grant_type === "refresh_token") return refresh(shop, body, context);
  return refuse("unsupported_grant_type", `The grant type ${String(body.grant_type)} is not supported`);
}

function exchange(shop: string, body: Record<string, unknown>, context: GrantContext): GrantAnswer {
  const { config, clock, installations } = context;
  const claims = verifyJwt(body.subject_token, config.apiSecret, clock.now());
  if (!claims || claims.aud !== config.apiKey || claims.dest !== `https://${shop}`) {
    return refuse("invalid_subject_token", "The subject token is invalid, expired or of another shop");
  }
  if (installations.state(shop) === "uninstalled") {
    return refuse("invalid_subject_token", "The app is not installed");
  }
  if (installations.state(shop) === "never") installations.install(shop);
  if (body.requested_token_type === ONLINE_TOKEN) {
    const issued = installations.issueOnline(shop);
    const scope = issued.scopes.join(",");
    return {
      status: 200,
      json: {
        access_token: issued.token,
        scope,
        expires_in: Math.floor((issued.expiresAt! - clock.now().getTime()) / 1000),
        associated_user_scope: scope,
        associated_user: STAFF_USER,
      },
    };
  }
  if (body.requested_token_type !== OFFLINE_TOKEN) {
    return refuse("invalid_request", "The requested token type is not supported");
  }
  return offlineAnswer(installations.issueOffline(shop, String(body.expiring) === "1"));
}

function refresh(shop: string, body: Record<string, unknown>, { installations }: GrantContext): GrantAnswer {
  const issued = installations.refresh(String(body.refresh_token));
  if (!issued || issued.access.shop !== shop) return refuse("invalid_grant", "The refresh token is invalid");
  return offlineAnswer(issued);
}

function offlineAnswer(issued: ReturnType<Installations["issueOffline"]>): GrantAnswer {
  const expiring = issued.refresh && {
    expires_in: ACCESS_TOKEN_SECONDS,
    refresh_token: issued.refresh.token,
    refresh_token_expires_in: REFRESH_TOKEN_SECONDS,
  };
  return {
    status: 200,
    json: { access_token: issued.access.token, scope: issued.access.scopes.join(","), ...expiring },
  };
}

function refuse(error: string, description: string): GrantAnswer {
  return { status: 400, json: { error, error_description: description } };
}
