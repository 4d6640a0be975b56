/** What Shopify's CLI lets pass in our extensions: misspelt keys, missing translations, several default locales. */
import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { parse } from "smol-toml";
import { EXTENSIONS_VERSION } from "../../demo/config.ts";
import { blockSchema } from "../../demo/extension-host/liquid.ts";
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
      ...problemsOfBlocks(dirname(file)),
    ];
    return problems.map((problem) => `${file}: ${problem}`);
  }),
);

function problemsOfToml(toml: ExtensionToml): string[] {
  const extensions = toml.extensions ?? [];
  const unknown = (kind: string, values: string[], known: string[]) =>
    values.filter((value) => !known.includes(value)).map((value) => `unknown ${kind} "${value}"`);
  const fields = extensions.flatMap((extension) => extension.settings?.fields ?? []);
  const isTheme = extensions.every(({ type }) => type === "theme");
  return [
    // Themes have no versions.
    ...(isTheme || toml.api_version === EXTENSIONS_VERSION
      ? []
      : [`api_version is not ${EXTENSIONS_VERSION}`]),
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

/** Texts for shoppers; a theme app extension also has texts for the theme editor, `*.schema.json`. */
function problemsOfLocales(folder: string, toml: string): string[] {
  const locales = join(folder, "locales");
  if (!existsSync(locales)) return ["has no locales"];
  const files = readdirSync(locales).filter((name) => name.endsWith(".json"));
  const shoppers = files.filter((name) => !name.endsWith(".schema.json"));
  const editors = files.filter((name) => name.endsWith(".schema.json"));
  return [
    ...problemsOfTexts(folder, shoppers, toml),
    ...(editors.length > 0 ? problemsOfTexts(folder, editors, schemasOf(folder)) : []),
  ];
}

/** @param names what refers to these texts, as "t:key" */
function problemsOfTexts(folder: string, files: string[], names: string): string[] {
  const read = (name: string) =>
    keysOf(JSON.parse(readFileSync(join(folder, "locales", name), "utf8")) as Messages);
  const defaults = files.filter((name) => /\.default(\.schema)?\.json$/.test(name));
  if (defaults.length !== 1) return [`has ${defaults.length} default locales`];
  const wanted = read(defaults[0]!);
  const languages = files.map((name) => name.split(".")[0]!);
  return [
    ...LANGUAGES.filter((language) => !languages.includes(language)).map(
      (language) => `has no texts in ${language}`,
    ),
    ...files.flatMap((name) => difference(name, wanted, read(name))),
    ...[...names.matchAll(/"t:([\w.]+)"/g)]
      .filter(([, key]) => !wanted.includes(key!))
      .map(([, key]) => `"t:${key}" has no text`),
  ];
}

/** What a theme's blocks name: assets and texts that must be there. */
function problemsOfBlocks(folder: string): string[] {
  return blocksOf(folder).flatMap((file) => {
    const source = readFileSync(file, "utf8");
    const { javascript, stylesheet } = blockSchema(source);
    const texts = readdirSync(join(folder, "locales")).filter((name) => name.endsWith(".default.json"));
    const known = texts.flatMap((name) =>
      keysOf(JSON.parse(readFileSync(join(folder, "locales", name), "utf8")) as Messages),
    );
    const missing = [javascript, stylesheet].filter(
      (asset) => asset && !existsSync(join(folder, "assets", asset)),
    );
    const unknown = [...source.matchAll(/'([\w.]+)' \| t\b/g)].filter(([, key]) => !known.includes(key!));
    return [
      ...missing.map((asset) => `${basename(file)}: no asset "${asset}"`),
      ...unknown.map(([, key]) => `${basename(file)}: no text "${key}"`),
    ];
  });
}

function schemasOf(folder: string): string {
  return blocksOf(folder)
    .map((file) => JSON.stringify(blockSchema(readFileSync(file, "utf8"))))
    .join();
}

function blocksOf(folder: string): string[] {
  return globSync(join(folder, "blocks/*.liquid")).sort();
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
