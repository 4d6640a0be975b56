import { readFileSync } from "node:fs";
import { parse } from "smol-toml";

export type AppToml = Record<string, unknown> & {
  access_scopes: { scopes: string };
  webhooks: {
    api_version: string;
    subscriptions?: { topics?: string[]; compliance_topics?: string[]; uri: string }[];
  };
};

export function readAppToml(): AppToml {
  return parse(readFileSync("shopify.app.toml", "utf8")) as AppToml;
}

export function scopesOf(toml: AppToml): Set<string> {
  return new Set(toml.access_scopes.scopes.split(",").map((scope) => scope.trim()));
}
