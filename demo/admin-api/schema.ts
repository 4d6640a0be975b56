// Shopify's own Admin schema with Shopify's own statements about scopes and protected customer data.
import { readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import {
  buildClientSchema,
  type GraphQLScalarType,
  type GraphQLSchema,
  type IntrospectionQuery,
} from "graphql";
import { API_VERSION } from "../config.ts";

export type AdminSchema = {
  schema: GraphQLSchema;
  /** "Type" or "Type.field" → scopes of which one is enough. */
  scopesFor: Map<string, string[]>;
  /** "Type.field" → kind of protected customer data (name, email, phone, address …). */
  protectedContent: Map<string, string>;
};

type AnnotatedField = {
  name: string;
  requiredAccess?: string | null;
  isProtected?: boolean;
  protectedContent?: string;
};
type AnnotatedType = { name: string; requiredAccess?: string | null; fields?: AnnotatedField[] | null };

// The package exports no path to its data, so we look where npm puts it.
const DATA_FOLDER = path.resolve(import.meta.dirname, "../../node_modules/@shopify/dev-mcp/dist/data");

let loaded: AdminSchema | undefined;

/** Reads the schema once per process (about 0.6 s). */
export function adminSchema(): AdminSchema {
  loaded ??= loadSchema();
  return loaded;
}

function loadSchema(): AdminSchema {
  const file = path.join(DATA_FOLDER, `admin_${API_VERSION}.json.gz`);
  const introspection = JSON.parse(gunzipSync(readFileSync(file)).toString("utf8")) as {
    data: IntrospectionQuery;
  };
  const scopesFor = new Map<string, string[]>();
  const protectedContent = new Map<string, string>();
  for (const type of introspection.data.__schema.types as unknown as AnnotatedType[]) {
    note(scopesFor, type.name, type.requiredAccess);
    for (const field of type.fields ?? []) {
      note(scopesFor, `${type.name}.${field.name}`, field.requiredAccess);
      if (field.isProtected)
        protectedContent.set(`${type.name}.${field.name}`, field.protectedContent ?? "name");
    }
  }
  const schema = buildClientSchema(introspection.data, { assumeValid: true });
  const dateTime = schema.getType("DateTime") as GraphQLScalarType;
  dateTime.serialize = (value) => String(value).replace(/\.\d{3}Z$/, "Z"); // Shopify's times have whole seconds
  return { schema, scopesFor, protectedContent };
}

function note(scopesFor: Map<string, string[]>, key: string, requiredAccess?: string | null): void {
  // What follows "Also:" are permissions of staff, which tokens of apps do not have anyway.
  const statement = requiredAccess?.split("Also:")[0] ?? "";
  const scopes = [...statement.matchAll(/`((?:read|write)_[a-z_]+)` access scope/g)].map(
    (match) => match[1]!,
  );
  if (scopes.length > 0) scopesFor.set(key, scopes);
}
