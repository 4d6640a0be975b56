/**
 * Every GraphQL document of the app is valid in Shopify's schema (judged by Shopify's own validator), and the
 * scopes that its fields need are in shopify.app.toml.
 */
import { validateGraphqlCodeblocksToolDef } from "@shopify/dev-mcp/tools";
import { getNamedType, parse, TypeInfo, visit, visitWithTypeInfo } from "graphql";
import { isGranted, readAdminSchema, type AdminSchema } from "./admin-schema.ts";
import { readAppToml, scopesOf } from "./app-toml.ts";
import { readDocuments, type Document } from "./graphql-documents.ts";
import { report } from "./report.ts";
import { readVerdicts } from "./verdicts.ts";

const toml = readAppToml();
const version = toml.webhooks.api_version;
const { documents, problems } = readDocuments();
problems.push(...(await findInvalid(documents)));
if (problems.length === 0) problems.push(...findMissingScopes(documents, readAdminSchema(version)));
report(`${documents.length} documents`, problems);

async function findInvalid(documents: Document[]): Promise<string[]> {
  const answer = await validateGraphqlCodeblocksToolDef().handler({
    api: "admin",
    version,
    codeblocks: documents.map(({ text }, index) => ({
      content: text,
      artifactId: String(index),
      revision: 1,
    })),
  });
  const verdicts = readVerdicts(answer, documents.length);
  return documents.flatMap(({ file }, index) =>
    verdicts[index]!.ok ? [] : `${file}: ${verdicts[index]!.details}`,
  );
}

function findMissingScopes(documents: Document[], admin: AdminSchema): string[] {
  const granted = scopesOf(toml);
  return documents.flatMap(({ file, text }) =>
    requirementsOf(text, admin)
      .filter(({ requirement }) => !isGranted(requirement, granted))
      .map(({ field, requirement }) => `${file}: ${field} needs ${requirement}`),
  );
}

function requirementsOf(text: string, admin: AdminSchema): { field: string; requirement: string }[] {
  const found = new Map<string, string>();
  const types = new TypeInfo(admin.schema);
  const noteField = () => {
    const parent = types.getParentType()?.name;
    const field = types.getFieldDef()?.name;
    if (!parent || !field || field.startsWith("__")) return;
    const type = getNamedType(types.getType())?.name;
    const requirement = admin.accessOfField(parent, field) ?? (type && admin.accessOfType(type));
    if (requirement) found.set(`${parent}.${field}`, requirement);
  };
  visit(parse(text), visitWithTypeInfo(types, { Field: noteField }));
  return [...found].map(([field, requirement]) => ({ field, requirement }));
}
