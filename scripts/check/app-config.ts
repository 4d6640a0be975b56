/** What Shopify's CLI lets pass in shopify.app.toml: unknown topics, scopes and keys; topics without their scope. */
import { readFileSync } from "node:fs";
import { isGranted, readAdminSchema } from "./admin-schema.ts";
import { readAppToml, scopesOf } from "./app-toml.ts";
import { report } from "./report.ts";

const KNOWN_KEYS = [
  "access_scopes",
  "app_preferences",
  "app_proxy",
  "application_url",
  "auth",
  "build",
  "client_id",
  "embedded",
  "extension_directories",
  "handle",
  "name",
  "webhooks",
];
/** Real, but asked for by no field: all orders instead of those of 60 days, and the app proxy. */
const SCOPES_WITHOUT_FIELD = ["read_all_orders", "write_app_proxy"];
const COMPLIANCE_TOPICS = ["customers/data_request", "customers/redact", "shop/redact"];

const toml = readAppToml();
const admin = readAdminSchema(toml.webhooks.api_version);
const scopes = scopesOf(toml);
const subscriptions = toml.webhooks.subscriptions ?? [];
const topics = subscriptions.flatMap((subscription) => subscription.topics ?? []);
const complianceTopics = subscriptions.flatMap((subscription) => subscription.compliance_topics ?? []);

report(`${topics.length + complianceTopics.length} topics, ${scopes.size} scopes`, [
  ...unknownKeys(),
  ...unknownScopes(),
  ...topics.flatMap(problemsOfTopic),
  ...missingCompliance(),
  ...otherApiVersion(),
]);

function unknownKeys(): string[] {
  return Object.keys(toml)
    .filter((key) => !KNOWN_KEYS.includes(key))
    .map((key) => `unknown key "${key}"`);
}

function unknownScopes(): string[] {
  const known = (scope: string) =>
    [scope, scope.replace(/^write_/, "read_")].some((each) => admin.scopes.has(each)) ||
    SCOPES_WITHOUT_FIELD.includes(scope);
  return [...scopes].filter((scope) => !known(scope)).map((scope) => `unknown scope "${scope}"`);
}

function problemsOfTopic(topic: string): string[] {
  const description = admin.topics.get(topic);
  if (description === undefined) return [`unknown topic "${topic}"`];
  const requirement = /Requires[\s\S]*/.exec(description)?.[0] ?? "";
  return isGranted(requirement, scopes) ? [] : [`topic "${topic}": ${requirement.replace(/\s+/g, " ")}`];
}

/** Without all three, Shopify's review refuses the app. */
function missingCompliance(): string[] {
  const missing = COMPLIANCE_TOPICS.filter((topic) => !complianceTopics.includes(topic));
  const unknown = complianceTopics.filter((topic) => !COMPLIANCE_TOPICS.includes(topic));
  return [
    ...missing.map((topic) => `compliance topic "${topic}" is missing`),
    ...unknown.map((topic) => `unknown compliance topic "${topic}"`),
  ];
}

/** Webhooks and queries of different versions would disagree about fields. */
function otherApiVersion(): string[] {
  const MONTHS: Record<string, string> = { January: "01", April: "04", July: "07", October: "10" };
  const source = readFileSync("app/shopify.server.ts", "utf8");
  const [, month = "", year = ""] = /ApiVersion\.([A-Z][a-z]+)(\d\d)/.exec(source) ?? [];
  const version = `20${year}-${MONTHS[month]}`;
  if (version === toml.webhooks.api_version) return [];
  return [`webhooks are of ${toml.webhooks.api_version}, app/shopify.server.ts asks for ${version}`];
}
