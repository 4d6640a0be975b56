import { pino } from "pino";

/**
 * Structured logs. Personal data and secrets are never logged: pass ids, and let the redaction list catch slips.
 */
export const log = pino({
  level: process.env.LOG_LEVEL ?? (process.env.NODE_ENV === "test" ? "silent" : "info"),
  base: null,
  redact: {
    paths: [
      "*.email",
      "*.phone",
      "*.recipient",
      "*.accessToken",
      "*.refreshToken",
      "*.statusUrl",
      "*.body",
      "*.token",
    ],
    censor: "[redacted]",
  },
});
