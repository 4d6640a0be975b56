import { globSync, readFileSync } from "node:fs";

/** `text` as it is sent, with its fragments put in. */
export type Document = { file: string; text: string };

type Source = { file: string; code: string };
/** A tagged template; `name` of the constant that holds it, if one does. */
type Template = Document & { name: string | undefined };

const TAGGED = /(?:const (\w+)(?::[^=]+)? = )?`#graphql\s([^`]*)`/g;
/** A document without the tag would escape the check. */
const UNTAGGED = /`\s*(?:query|mutation|fragment|subscription)\b[^`]*\{/g;
const PLACEHOLDER = /\$\{(\w+)\}/g;

/** Every GraphQL document in the app's sources that can be sent, and what hinders us from reading others. */
export function readDocuments(): { documents: Document[]; problems: string[] } {
  const sources = readSources();
  const templates = sources.flatMap(findTemplates);
  const named = new Map(templates.map(({ name, text }) => [name, text]));
  const documents = templates
    .filter(({ text }) => !/^\s*fragment\b/.test(text)) // sent only as a part of others
    .map(({ file, text }) => ({ file, text: fillIn(text, named) }));
  return {
    documents: documents.filter(({ text }) => !text.includes("${")),
    problems: [
      ...sources.flatMap(findUntagged),
      ...documents
        .filter(({ text }) => text.includes("${"))
        .map(({ file }) => `${file}: a document may contain constants with tagged fragments, nothing else`),
    ],
  };
}

function readSources(): Source[] {
  const files = globSync("app/**/*.{ts,tsx}", { exclude: (path) => path.includes("generated") });
  return files.map((file) => ({ file, code: readFileSync(file, "utf8") }));
}

function findTemplates({ file, code }: Source): Template[] {
  return [...code.matchAll(TAGGED)].map(([, name, text]) => ({ file, name, text: text! }));
}

function findUntagged({ file, code }: Source): string[] {
  return [...code.matchAll(UNTAGGED)].map(() => `${file}: begin every GraphQL document with #graphql`);
}

function fillIn(text: string, named: Map<string | undefined, string>): string {
  return text.replace(PLACEHOLDER, (placeholder, name: string) => {
    const fragment = named.get(name);
    return fragment === undefined ? placeholder : fillIn(fragment, named);
  });
}
