// The app's theme app extension: its blocks as a theme shows them, and its assets.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse as parseToml } from "smol-toml";
import { readLocales, type Messages } from "./extension-files.ts";
import { blockSchema, renderLiquid } from "./liquid.ts";

export type ThemeBlock = { html: string; javascript?: string; stylesheet?: string };

/** Folder of the theme app extension below `folder`; an app has at most one. */
export function themeExtensionFolder(folder: string): string | undefined {
  if (!existsSync(folder)) return undefined;
  return readdirSync(folder)
    .map((name) => path.join(folder, name))
    .find(isThemeExtension);
}

/**
 * @param name of the block's file, without its ending
 * @param values what Liquid's objects hold on this page
 */
export function renderBlock(
  folder: string,
  name: string,
  { values, language }: { values: Record<string, unknown>; language: string },
): ThemeBlock {
  const source = readFileSync(path.join(folder, "blocks", `${name}.liquid`), "utf8");
  const { locales, defaultLocale } = readLocales(path.join(folder, "locales"));
  const texts: Messages = locales[language] ?? locales[defaultLocale] ?? {};
  return { ...blockSchema(source), html: renderLiquid(source, { values, texts }) };
}

function isThemeExtension(folder: string): boolean {
  const file = path.join(folder, "shopify.extension.toml");
  if (!existsSync(file)) return false;
  const { extensions } = parseToml(readFileSync(file, "utf8")) as { extensions?: { type: string }[] };
  return (extensions ?? []).some(({ type }) => type === "theme");
}
