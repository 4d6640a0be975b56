/** Shopify's own description of the Admin API, with the access scopes that it notes per type and field. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { buildClientSchema, type GraphQLSchema, type IntrospectionQuery } from "graphql";
import { PROJECT } from "../processes/run.ts";

type Described = { name: string; description?: string; requiredAccess?: string | null };
type DescribedType = Described & { fields?: Described[] | null; enumValues?: Described[] | null };

export type AdminSchema = {
  schema: GraphQLSchema;
  /** What Shopify says is needed for a field of a type, or undefined when nothing is. */
  accessOfField: (type: string, field: string) => string | undefined;
  accessOfType: (type: string) => string | undefined;
  /** Description by webhook topic as TOML writes it, e.g. "orders/create". */
  topics: Map<string, string>;
  /** Every scope that some part of the API asks for. */
  scopes: Set<string>;
};

const SCOPE = /\b(?:read|write)_[a-z_]+\b/g;

export function readAdminSchema(version: string): AdminSchema {
  const path = resolve(PROJECT, `node_modules/@shopify/dev-mcp/dist/data/admin_${version}.json.gz`);
  const { data } = JSON.parse(gunzipSync(readFileSync(path)).toString("utf8")) as {
    data: IntrospectionQuery;
  };
  const types = data.__schema.types as unknown as DescribedType[];
  const access = new Map<string, string>();
  for (const type of types) {
    if (type.requiredAccess) access.set(type.name, type.requiredAccess);
    for (const field of type.fields ?? []) {
      if (field.requiredAccess) access.set(`${type.name}.${field.name}`, field.requiredAccess);
    }
  }
  return {
    schema: buildClientSchema(data),
    accessOfField: (type, field) => access.get(`${type}.${field}`),
    accessOfType: (type) => access.get(type),
    topics: readTopics(types),
    scopes: new Set([...access.values()].flatMap((text) => text.match(SCOPE) ?? [])),
  };
}

/**
 * True when the granted scopes are enough. Shopify writes alternatives as "`a` access scope or `b` access scope";
 * a right to write includes the right to read.
 */
export function isGranted(requirement: string, granted: Set<string>): boolean {
  return requirement.split(/access scope and/).every((part) => {
    const alternatives = part.match(SCOPE) ?? [];
    return alternatives.length === 0 || alternatives.some((scope) => hasScope(scope, granted));
  });
}

export function hasScope(scope: string, granted: Set<string>): boolean {
  return granted.has(scope) || granted.has(scope.replace(/^read_/, "write_"));
}

function readTopics(types: DescribedType[]): Map<string, string> {
  const values = types.find((type) => type.name === "WebhookSubscriptionTopic")?.enumValues ?? [];
  return new Map(
    values.map(({ description = "" }) => [/topic for\s+`([^`]+)`/.exec(description)?.[1] ?? "", description]),
  );
}
