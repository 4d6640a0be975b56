/** What Shopify's CLI lets pass in our extensions: misspelt keys, missing translations, several default locales. */
import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { parse } from "smol-toml";
import { EXTENSIONS_VERSION } from "../../demo/config.ts";
import { report } from "./report.ts";

type Messages = { [key: string]: string | Messages };
type ExtensionToml = {
  api_version?: string;
  extensions?: {
    type: string;
    capabilities?: object;
    settings?: { fields?: { key: string; type: string }[] };
  }[];
};

const TYPES = ["ui_extension", "theme", "web_pixel_extension", "function"];
const CAPABILITIES = ["api_access", "network_access", "block_progress", "collect_buyer_consent", "iframe"];
const SETTING_TYPES = [
  "boolean",
  "date",
  "date_time",
  "multi_line_text_field",
  "number_decimal",
  "number_integer",
  "single_line_text_field",
  "variant_reference",
];
/** The languages in which we speak to shoppers. */
const LANGUAGES = ["de", "en", "es", "fr"];

const files = globSync("extensions/*/shopify.extension.toml").sort();
report(
  `${files.length} extensions`,
  files.flatMap((file) => {
    const text = readFileSync(file, "utf8");
    const problems = [
      ...problemsOfToml(parse(text) as ExtensionToml),
      ...problemsOfLocales(dirname(file), text),
    ];
    return problems.map((problem) => `${file}: ${problem}`);
  }),
);

function problemsOfToml(toml: ExtensionToml): string[] {
  const extensions = toml.extensions ?? [];
  const unknown = (kind: string, values: string[], known: string[]) =>
    values.filter((value) => !known.includes(value)).map((value) => `unknown ${kind} "${value}"`);
  const fields = extensions.flatMap((extension) => extension.settings?.fields ?? []);
  return [
    ...(toml.api_version === EXTENSIONS_VERSION ? [] : [`api_version is not ${EXTENSIONS_VERSION}`]),
    ...(extensions.length > 0 ? [] : ["declares no extension"]),
    ...unknown(
      "type",
      extensions.map(({ type }) => type),
      TYPES,
    ),
    ...unknown(
      "capability",
      extensions.flatMap(({ capabilities = {} }) => Object.keys(capabilities)),
      CAPABILITIES,
    ),
    ...unknown(
      "setting type",
      fields.map(({ type }) => type),
      SETTING_TYPES,
    ),
  ];
}

function problemsOfLocales(folder: string, toml: string): string[] {
  const locales = join(folder, "locales");
  if (!existsSync(locales)) return ["has no locales"];
  const files = readdirSync(locales).filter((name) => name.endsWith(".json"));
  const defaults = files.filter((name) => name.endsWith(".default.json"));
  if (defaults.length !== 1) return [`has ${defaults.length} default locales`];
  const read = (name: string) => keysOf(JSON.parse(readFileSync(join(locales, name), "utf8")) as Messages);
  const wanted = read(defaults[0]!);
  const languages = files.map((name) => basename(name, ".json").replace(".default", ""));
  return [
    ...LANGUAGES.filter((language) => !languages.includes(language)).map(
      (language) => `has no texts in ${language}`,
    ),
    ...files.flatMap((name) => difference(name, wanted, read(name))),
    ...[...toml.matchAll(/"t:([\w.]+)"/g)]
      .filter(([, key]) => !wanted.includes(key!))
      .map(([, key]) => `"t:${key}" has no text`),
  ];
}

function difference(name: string, wanted: string[], found: string[]): string[] {
  return [
    ...wanted.filter((key) => !found.includes(key)).map((key) => `locales/${name} lacks "${key}"`),
    ...found
      .filter((key) => !wanted.includes(key))
      .map((key) => `locales/${name} has "${key}", the default has not`),
  ];
}

function keysOf(messages: Messages, prefix = ""): string[] {
  return Object.entries(messages).flatMap(([key, value]) =>
    typeof value === "string" ? `${prefix}${key}` : keysOf(value, `${prefix}${key}.`),
  );
}
