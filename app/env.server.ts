import { z } from "zod";

const NODE_ENVS = ["development", "test", "production"] as const;
const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "silent"] as const;
const POSTGRES_URL = "must be postgresql://user:password@host:port/database";
const WEB_URL = "must be an address that begins with https://";
const SMTP_ADDRESS = "must be smtps://user:password@host:port, or smtp://";

/**
 * Every environment variable the app reads, in one place. Parsed once at start; anything missing or wrong is
 * reported together, so that an operator fixes one list instead of meeting the faults one by one.
 */
const EnvSchema = z.object({
  NODE_ENV: z.enum(NODE_ENVS, `must be one of ${NODE_ENVS.join(", ")}`).default("development"),
  /** Postgres 15 or newer. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: POSTGRES_URL }),
  /** The app's public address, https in production. Extensions, mails and Shopify call it. */
  SHOPIFY_APP_URL: z.url({ protocol: /^https?$/, error: WEB_URL }),
  SHOPIFY_API_KEY: z.string().min(1),
  SHOPIFY_API_SECRET: z.string().min(8, "is too short for a client secret"),
  /** Comma-separated; must equal `access_scopes.scopes` of shopify.app.toml. */
  SCOPES: z.string().min(1),
  /** At least 32 characters. Seals stored tokens and signs links; keep it as safe as the database. */
  ENCRYPTION_KEY: z.string().min(32, "must have at least 32 characters"),
  /** smtp://user:password@host:port or smtps://… */
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: SMTP_ADDRESS }),
  /** Envelope and From address of mails, e.g. "post@shop.example". Shops set their own sender name. */
  MAIL_FROM: z.email("must be an email address"),
  /** Address of a feed of advertisers that is proposed to every shop (docs/sponsored.md). */
  SPONSORED_FEED_URL: z.url({ protocol: /^https?$/, error: WEB_URL }).optional(),
  /** Undeliverable mails come back to this address, each with a plus of its own: "bounces@shop.example". */
  MAIL_BOUNCES: z.email("must be an email address").optional(),
  /** Twilio's API somewhere else than at Twilio: a stand-in. */
  TWILIO_URL: z.url({ protocol: /^https?$/, error: WEB_URL }).optional(),
  /** The pair of keys for web push, base64url; left out, the app makes one and keeps it. */
  VAPID_PUBLIC_KEY: z.string().min(80, "is no public key in base64url").optional(),
  VAPID_PRIVATE_KEY: z.string().min(40, "is no private key in base64url").optional(),
  /** SendGrid: the public key of the signed event webhook. */
  SENDGRID_WEBHOOK_KEY: z.string().min(60, "is no public key").optional(),
  /** Postmark: "user:password" that its webhooks come with. */
  POSTMARK_WEBHOOK_AUTH: z
    .string()
    .regex(/^[^:]+:.{12,}$/, "must be user:password, the password at least 12 characters")
    .optional(),
  /** "yes" lets webhooks and push messages go to this machine and its network. For trying out only. */
  ALLOW_PRIVATE_ADDRESSES: z.enum(["yes", "no"], "must be yes or no").default("no"),
  PORT: numberFrom(1, 65535).default(3000),
  HOST: z.string().default("127.0.0.1"),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(", ")}`).default("info"),
  /** Postgres connections of one process. */
  DATABASE_POOL: numberFrom(2, 200).default(16),
  /** Web processes on one port (scripts/processes/in-processes.ts). */
  WEB_PROCESSES: numberFrom(1, 256).optional(),
});

function numberFrom(least: number, most: number) {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.coerce.number(error).int(error).min(least, error).max(most, error);
}

export type Env = z.infer<typeof EnvSchema>;

export class EnvError extends Error {
  override name = "EnvError";
}

/**
 * Reads and checks the environment. A variable that is set to nothing counts as missing, as many tools pass them on so.
 * @throws EnvError naming every variable that is missing or wrong.
 */
export function parseEnv(variables: Record<string, string | undefined>): Env {
  const source = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const parsed = EnvSchema.safeParse(source);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => {
        const name = String(issue.path[0]);
        return `  ${name}: ${source[name] === undefined ? "is missing" : issue.message}`;
      });
  if (source.NODE_ENV === "production" && isOpenAddress(source.SHOPIFY_APP_URL))
    problems.push("  SHOPIFY_APP_URL: must be https in production");
  if (!parsed.success || problems.length > 0) {
    throw new EnvError(
      `The environment is not complete:\n${problems.join("\n")}\nSee docs/configuration.md.`,
    );
  }
  return parsed.data;
}

/** An address that others on the way can read along: http, and not on this machine. */
function isOpenAddress(address = ""): boolean {
  const url = URL.canParse(address) ? new URL(address) : null;
  return url?.protocol === "http:" && !["localhost", "127.0.0.1"].includes(url.hostname);
}

let cached: Env | undefined;

/** The environment of this process, parsed at first use. */
export function env(): Env {
  return (cached ??= parseEnv(process.env));
}
