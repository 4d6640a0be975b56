// Shopify's named steps in this checkout's sizes and colours. Colours meet WCAG AA on white and on their tint.

export const SPACE: Record<string, string> = {
  none: "0",
  "small-500": "2px",
  "small-400": "4px",
  "small-300": "6px",
  "small-200": "8px",
  "small-100": "10px",
  small: "12px",
  base: "16px",
  large: "20px",
  "large-100": "24px",
  "large-200": "32px",
  "large-300": "40px",
  "large-400": "48px",
  "large-500": "64px",
};

export const RADIUS: Record<string, string> = {
  none: "0",
  "small-200": "3px",
  "small-100": "4px",
  small: "6px",
  base: "10px",
  large: "14px",
  "large-100": "18px",
  "large-200": "24px",
  max: "999px",
};

export const BORDER_WIDTH: Record<string, string> = {
  none: "0",
  base: "1px",
  large: "2px",
  "large-100": "3px",
  "large-200": "4px",
};

export const TONE_TEXT: Record<string, string> = {
  auto: "inherit",
  neutral: "var(--subdued)",
  info: "#0b4f86",
  success: "#0d5b35",
  warning: "#6b4500",
  critical: "#a3122b",
  custom: "inherit",
};

export const TONE_FILL: Record<string, string> = {
  auto: "#eef3fb",
  info: "#e8f2fd",
  success: "#e5f6ec",
  warning: "#fdf2dc",
  critical: "#fdebed",
  neutral: "#f1f1f1",
};

/** "base none" → "16px 0"; a length such as "12px" or "50%" stays. */
export function scaled(value: string, scale: Record<string, string>): string {
  return value
    .split(/\s+/)
    .map((step) => scale[step] ?? step)
    .join(" ");
}

/** `@container (inline-size > 500px) a, b` → a or b by the width of the place the element has. */
export function responsive(value: string, widthPx: number): string {
  const match = /^@container\s*\(\s*inline-size\s*(>=?|<=?)\s*(\d+)px\s*\)\s*(.+?)\s*,\s*([^,]+)$/.exec(
    value.trim(),
  );
  if (!match) return value;
  const [, operator, limit, then, otherwise] = match;
  return compare(widthPx, operator!, Number(limit)) ? then! : otherwise!;
}

function compare(width: number, operator: string, limit: number): boolean {
  if (operator === ">") return width > limit;
  if (operator === ">=") return width >= limit;
  return operator === "<" ? width < limit : width <= limit;
}
