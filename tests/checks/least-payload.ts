/** The part of JSON Schema that shopify-webhook-schemas uses. */
export type JsonSchema = {
  type?: string | string[];
  format?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
};

const STRINGS: Record<string, string> = {
  "date-time": "2026-07-01T12:00:00-04:00",
  date: "2026-07-01",
  email: "ada@example.com",
  uri: "gid://shopify/Thing/1",
  time: "12:00:00Z",
};

/**
 * A payload that says as little as the schema allows: what may be missing is missing, what may be null is null.
 * Lists have one entry, so that their entries are looked at too.
 */
export function leastPayload(schema: JsonSchema, name = ""): unknown {
  const choices = schema.anyOf ?? [];
  if (choices.length > 0) return leastPayload(choices.find(isNullable) ?? choices[0]!, name);
  if (isNullable(schema)) return null;
  const type = [schema.type].flat()[0];
  if (type === "object") return leastObject(schema);
  if (type === "array") return schema.items ? [leastPayload(schema.items, name)] : [];
  if (type === "integer" || type === "number") return 1;
  if (type === "boolean") return false;
  if (type === "string") return STRINGS[schema.format ?? ""] ?? leastString(name);
  return null;
}

function leastObject({ properties = {}, required = [] }: JsonSchema): Record<string, unknown> {
  return Object.fromEntries(required.map((name) => [name, leastPayload(properties[name] ?? {}, name)]));
}

function isNullable({ type }: JsonSchema): boolean {
  return [type].flat().includes("null");
}

/** The schemas know no patterns: what Shopify says in decimals and codes is just "string" there. */
function leastString(name: string): string {
  if (/price|amount|tax|discounts|total|rate|quantity|spent|balance|tip/.test(name)) return "1.00";
  if (/currency/.test(name)) return "EUR";
  if (/_at$/.test(name)) return STRINGS["date-time"]!;
  if (/(^|_)id$/.test(name)) return "1";
  return "text";
}

/** The same schema for payloads that are cut short: what is there must fit, nothing must be there. */
export function withoutRequired({ required: _, ...schema }: JsonSchema): JsonSchema {
  return {
    ...schema,
    ...(schema.items && { items: withoutRequired(schema.items) }),
    ...(schema.anyOf && { anyOf: schema.anyOf.map(withoutRequired) }),
    ...(schema.properties && {
      properties: Object.fromEntries(
        Object.entries(schema.properties).map(([name, property]) => [name, withoutRequired(property)]),
      ),
    }),
  };
}
