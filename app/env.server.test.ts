import { expect, test } from "vitest";
import { EnvError, parseEnv } from "./env.server";

const COMPLETE = {
  DATABASE_URL: "postgresql://app@127.0.0.1/app",
  SHOPIFY_APP_URL: "https://postlude.example",
  SHOPIFY_API_KEY: "key",
  SHOPIFY_API_SECRET: "a secret of Shopify",
  SCOPES: "read_orders",
  ENCRYPTION_KEY: "0123456789abcdef0123456789abcdef",
  SMTP_URL: "smtps://user:secret@mail.example:465",
  MAIL_FROM: "post@shop.example",
};

test("a complete environment is read, with defaults for the rest", () => {
  expect(parseEnv(COMPLETE)).toMatchObject({
    PORT: 3000,
    HOST: "127.0.0.1",
    LOG_LEVEL: "info",
    DATABASE_POOL: 16,
  });
});

test("everything that is missing or wrong is named in one message", () => {
  const wrong = { ...COMPLETE, DATABASE_URL: undefined, SMTP_URL: "mail.example", ENCRYPTION_KEY: "short" };
  const problem = catchError(() => parseEnv(wrong));
  expect(problem).toBeInstanceOf(EnvError);
  expect(problem.message).toMatch(/DATABASE_URL: is missing/);
  expect(problem.message).toMatch(/SMTP_URL: /);
  expect(problem.message).toMatch(/ENCRYPTION_KEY: /);
  expect(problem.message).not.toMatch(/SHOPIFY_API_KEY/);

  const open = { ...wrong, NODE_ENV: "production", SHOPIFY_APP_URL: "http://postlude.example" };
  expect(catchError(() => parseEnv(open)).message).toMatch(/DATABASE_URL[^]*SHOPIFY_APP_URL: must be https/);
});

test("each is told in words what it must be, and one set to nothing counts as missing", () => {
  const wrong = { ...COMPLETE, DATABASE_URL: "mysql://app", MAIL_FROM: "", PORT: "web", WEB_PROCESSES: "0" };
  const { message } = catchError(() => parseEnv(wrong));
  expect(message).toMatch(/DATABASE_URL: must be postgresql:\/\//);
  expect(message).toMatch(/MAIL_FROM: is missing/);
  expect(message).toMatch(/PORT: must be a whole number from 1 to 65535/);
  expect(message).toMatch(/WEB_PROCESSES: must be a whole number/);
  expect(parseEnv({ ...COMPLETE, PORT: "", SPONSORED_FEED_URL: "" })).toMatchObject({ PORT: 3000 });
});

test("production refuses a public address without https, but not a local one", () => {
  const production = { ...COMPLETE, NODE_ENV: "production" };
  expect(
    catchError(() => parseEnv({ ...production, SHOPIFY_APP_URL: "http://postlude.example" })).message,
  ).toMatch(/https/);
  expect(parseEnv({ ...production, SHOPIFY_APP_URL: "http://localhost:4710" }).NODE_ENV).toBe("production");
});

function catchError(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing was thrown");
}
