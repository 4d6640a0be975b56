// The app's UI extensions as their TOML files and locales declare them.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse as parseToml } from "smol-toml";

export type ExtensionSetting = { key: string; type: string; name?: string };
export type Messages = { [key: string]: string | Messages };

export type Extension = {
  handle: string;
  folder: string;
  apiVersion: string;
  targets: { target: string; module: string }[];
  capabilities: { network_access?: boolean; api_access?: boolean } & Record<string, unknown>;
  settings: ExtensionSetting[];
  locales: Record<string, Messages>;
  defaultLocale: string;
};

type ExtensionToml = {
  api_version?: string;
  extensions?: {
    type: string;
    handle: string;
    api_version?: string;
    targeting?: { target: string; module: string }[];
    capabilities?: Extension["capabilities"];
    settings?: { fields?: ExtensionSetting[] };
  }[];
};

/** Every UI extension below `folder` (one sub-folder each), in the order of the folder names. */
export function readExtensions(folder: string): Extension[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .toSorted()
    .map((name) => path.join(folder, name))
    .filter((each) => existsSync(path.join(each, "shopify.extension.toml")))
    .flatMap(readExtensionFolder);
}

function readExtensionFolder(folder: string): Extension[] {
  const file = path.join(folder, "shopify.extension.toml");
  const toml = parseToml(readFileSync(file, "utf8")) as unknown as ExtensionToml;
  return (toml.extensions ?? [])
    .filter((extension) => extension.type === "ui_extension")
    .map((extension) => ({
      handle: extension.handle,
      folder,
      apiVersion: extension.api_version ?? toml.api_version ?? "unknown",
      targets: (extension.targeting ?? []).map(({ target, module }) => ({ target, module })),
      capabilities: extension.capabilities ?? {},
      settings: extension.settings?.fields ?? [],
      ...readLocales(path.join(folder, "locales")),
    }));
}

export function readLocales(folder: string): Pick<Extension, "locales" | "defaultLocale"> {
  const locales: Record<string, Messages> = {};
  let defaultLocale = "en";
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const match = /^(?<locale>[\w-]+?)(?<isDefault>\.default)?\.json$/.exec(name);
    if (!match?.groups) continue;
    const locale = match.groups.locale!;
    locales[locale] = JSON.parse(readFileSync(path.join(folder, name), "utf8")) as Messages;
    if (match.groups.isDefault) defaultLocale = locale;
  }
  return { locales, defaultLocale };
}
