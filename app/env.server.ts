import { z } from "zod";

/**
 * Every environment variable the app reads, in one place. Parsed once at start; anything missing or wrong is
 * reported together, so that an operator fixes one list instead of meeting the faults one by one.
 */
const EnvSchema = z.object({
  NODE_ENV: z.enum(["development", "test", "production"]).default("development"),
  /** Postgres 15 or newer. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /** The app's public address, https in production. Extensions, mails and Shopify call it. */
  SHOPIFY_APP_URL: z.url({ protocol: /^https?$/ }),
  SHOPIFY_API_KEY: z.string().min(1),
  SHOPIFY_API_SECRET: z.string().min(8),
  /** Comma-separated; must equal `access_scopes.scopes` of shopify.app.toml. */
  SCOPES: z.string().min(1),
  /** At least 32 characters. Seals stored tokens and signs links; keep it as safe as the database. */
  ENCRYPTION_KEY: z.string().min(32),
  /** smtp://user:password@host:port or smtps://… */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }),
  /** Envelope and From address of mails, e.g. "post@shop.example". Shops set their own sender name. */
  MAIL_FROM: z.email(),
  /** Address of a feed of advertisers that is proposed to every shop (docs/sponsored.md). */
  SPONSORED_FEED_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Undeliverable mails come back to this address, each with a plus of its own: "bounces@shop.example". */
  MAIL_BOUNCES: z.email().optional(),
  /** Twilio's API somewhere else than at Twilio: a stand-in. */
  TWILIO_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** The pair of keys for web push, base64url; left out, the app makes one and keeps it. */
  VAPID_PUBLIC_KEY: z.string().min(80).optional(),
  VAPID_PRIVATE_KEY: z.string().min(40).optional(),
  /** SendGrid: the public key of the signed event webhook. */
  SENDGRID_WEBHOOK_KEY: z.string().min(60).optional(),
  /** Postmark: "user:password" that its webhooks come with. */
  POSTMARK_WEBHOOK_AUTH: z
    .string()
    .regex(/^[^:]+:.{12,}$/, "use user:password, the password at least 12 characters")
    .optional(),
  /** "yes" lets webhooks and push messages go to this machine and its network. For trying out only. */
  ALLOW_PRIVATE_ADDRESSES: z.enum(["yes", "no"]).default("no"),
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  HOST: z.string().default("127.0.0.1"),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "silent"]).default("info"),
  /** Postgres connections of one process. */
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(16),
});

export type Env = z.infer<typeof EnvSchema>;

export class EnvError extends Error {
  override name = "EnvError";
}

/**
 * Reads and checks the environment.
 * @throws EnvError naming every variable that is missing or wrong.
 */
export function parseEnv(source: Record<string, string | undefined>): Env {
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
