// Resolves one field: first Shopify's access rules, then our resolvers, else "not modelled".
// Used by graphql-js for normal requests and by the bulk operations.
import { GraphQLError } from "graphql";
import { unmodelled, type AdminContext, type Arguments } from "./context.ts";
import { RESOLVERS } from "./resolvers/resolvers.ts";
import { adminSchema } from "./schema.ts";

/**
 * `returnType` is the name of the field's type without list and non-null marks. Connections come back as the whole
 * list of their nodes. Throws `GraphQLError`.
 */
export function resolveField(
  parentType: string,
  fieldName: string,
  returnType: string,
  source: unknown,
  args: Arguments,
  context: AdminContext,
): unknown {
  requireAccess(parentType, fieldName, returnType, context);
  return readField(parentType, fieldName, source, args, context);
}

/** Throws when the token lacks a scope or the app lacks the approval for protected customer data. */
export function requireAccess(
  parentType: string,
  fieldName: string,
  returnType: string,
  context: AdminContext,
): void {
  requireScopes(`${parentType}.${fieldName}`, fieldName, context);
  requireScopes(returnType, fieldName, context);
  requireApproval(`${parentType}.${fieldName}`, fieldName, context);
}

/** The field's value without asking for access. */
export function readField(
  parentType: string,
  fieldName: string,
  source: unknown,
  args: Arguments,
  context: AdminContext,
): unknown {
  const fields = RESOLVERS[parentType];
  const resolver = fields?.[fieldName];
  if (resolver) return resolver(source as never, args, context);
  const plain = source as Record<string, unknown> | undefined;
  if (!fields && plain && fieldName in plain) return plain[fieldName];
  throw unmodelled(context, `${parentType}.${fieldName}`);
}

function requireScopes(key: string, fieldName: string, context: AdminContext): void {
  const needed = adminSchema().scopesFor.get(key);
  if (!needed || needed.some((scope) => hasScope(context.scopes, scope))) return;
  const list = needed.map((scope) => `\`${scope}\` access scope`).join(" or ");
  throw new GraphQLError(`Access denied for ${fieldName} field. Required access: ${list}.`, {
    extensions: {
      code: "ACCESS_DENIED",
      documentation: "https://shopify.dev/api/usage/access-scopes",
      requiredAccess: list,
    },
  });
}

/** A write scope includes the read scope of the same thing. */
export function hasScope(scopes: Set<string>, wanted: string): boolean {
  return scopes.has(wanted) || (wanted.startsWith("read_") && scopes.has(wanted.replace("read_", "write_")));
}

function requireApproval(key: string, fieldName: string, context: AdminContext): void {
  const content = adminSchema().protectedContent.get(key);
  if (!content || context.protectedData.has(content)) return;
  throw new GraphQLError(
    `This app is not approved to use the ${fieldName} field. See https://shopify.dev/docs/apps/launch/protected-customer-data for more details.`,
    { extensions: { code: "ACCESS_DENIED" } },
  );
}
