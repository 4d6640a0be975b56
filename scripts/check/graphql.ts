/**
 * Every GraphQL document of the app is valid in Shopify's schema (judged by Shopify's own validator), and the
 * scopes that its fields need are in shopify.app.toml.
 */
import { globSync, readFileSync } from "node:fs";
import { validateGraphqlCodeblocksToolDef } from "@shopify/dev-mcp/tools";
import { getNamedType, parse, TypeInfo, visit, visitWithTypeInfo } from "graphql";
import { isGranted, readAdminSchema, type AdminSchema } from "./admin-schema.ts";
import { readAppToml, scopesOf } from "./app-toml.ts";
import { report } from "./report.ts";
import { readVerdicts } from "./verdicts.ts";

type Source = { file: string; code: string };
type Document = { file: string; text: string };

/** A document without the tag would escape this check. */
const UNTAGGED = /`\s*(?:query|mutation|fragment|subscription)\b[^`]*\{/g;

const toml = readAppToml();
const version = toml.webhooks.api_version;
const sources = readSources();
const documents = sources.flatMap(findDocuments);
const problems = [...sources.flatMap(findUntagged), ...(await findInvalid(documents))];
if (problems.length === 0) problems.push(...findMissingScopes(documents, readAdminSchema(version)));
report(`${documents.length} documents`, problems);

function readSources(): Source[] {
  return globSync("app/**/*.{ts,tsx}", { exclude: (path) => path.includes("generated") }).map((file) => ({
    file,
    code: readFileSync(file, "utf8"),
  }));
}

function findDocuments({ file, code }: Source): Document[] {
  return [...code.matchAll(/`#graphql\s([^`]*)`/g)].map((match) => ({ file, text: match[1]! }));
}

function findUntagged({ file, code }: Source): string[] {
  return [...code.matchAll(UNTAGGED)].map(() => `${file}: begin every GraphQL document with #graphql`);
}

async function findInvalid(documents: Document[]): Promise<string[]> {
  const whole = documents.filter(({ text }) => !text.includes("${"));
  const pieced = documents.filter(({ text }) => text.includes("${"));
  const answer = await validateGraphqlCodeblocksToolDef().handler({
    api: "admin",
    version,
    codeblocks: whole.map(({ text }, index) => ({ content: text, artifactId: String(index), revision: 1 })),
  });
  const verdicts = readVerdicts(answer, whole.length);
  return [
    ...pieced.map(({ file }) => `${file}: write the document in one piece, so that it can be checked`),
    ...whole.flatMap(({ file }, index) =>
      verdicts[index]!.ok ? [] : `${file}: ${verdicts[index]!.details}`,
    ),
  ];
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
