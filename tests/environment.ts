import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse } from "smol-toml";

/** What the app reads from its environment, for tests. DATABASE_URL comes from the worker's own clone. */
const TEST_ENVIRONMENT = {
  NODE_ENV: "test",
  SHOPIFY_APP_URL: "http://localhost:4710",
  SHOPIFY_API_KEY: "0123456789abcdef0123456789abcdef",
  SHOPIFY_API_SECRET: "shpss_test_secret_of_the_test_suite",
  ENCRYPTION_KEY: "a-key-of-32-characters-for-tests-only",
  SMTP_URL: "smtp://127.0.0.1:4725",
  MAIL_FROM: "post@shop.example",
  LOG_LEVEL: "silent",
  SENDGRID_WEBHOOK_KEY:
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAENEisMWgdOfYEdcVRNAKSfSoQrjjwXBD6/64mKyxMwY3/iCRShdnc5yy7IICdibpfqv/sjHUujBJnCppfc4C10g==",
  POSTMARK_WEBHOOK_AUTH: "postmark:a-password-for-tests",
};

/** The same values on every machine: what the caller's shell has set does not reach a test. */
export function setTestEnvironment(): void {
  Object.assign(process.env, TEST_ENVIRONMENT, { SCOPES: scopesOfApp() });
}

function scopesOfApp(): string {
  const toml = parse(readFileSync(resolve(import.meta.dirname, "../shopify.app.toml"), "utf8"));
  return (toml.access_scopes as { scopes: string }).scopes;
}
