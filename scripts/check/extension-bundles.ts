/**
 * Shopify's CLI accepts and builds the project without network or account; what the demo store bundles is the
 * same to the byte; and every bundle is far below Shopify's limit.
 *
 * Functions are left out: for them the CLI downloads its WebAssembly compiler. scripts/check/functions.ts says what
 * can be said of them here; the rest is a step of the release.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, relative, resolve } from "node:path";
import { deflateSync } from "node:zlib";
import { stringify } from "smol-toml";
import { bundleExtension } from "../../demo/extension-host/bundle.ts";
import { readExtensions, type Extension } from "../../demo/extension-host/extension-files.ts";
import { themeExtensionFolder } from "../../demo/extension-host/theme-extension.ts";
import { PROGRAMS } from "../processes/programs.ts";
import { PROJECT, runNode } from "../processes/run.ts";
import { readAppToml } from "./app-toml.ts";
import { report } from "./report.ts";

/** Shopify refuses more than 64 KB deflated. Ours must load fast on a phone. */
const LIMIT_BYTES = 24 * 1024;
const APP_URL = "https://app.postlude.example";
const CONFIG_WITHOUT_FUNCTIONS = resolve(PROJECT, "shopify.app.checked.toml");
const CLI_VERSION = readVersion("node_modules/@shopify/cli/package.json");

const extensions = readExtensions(resolve("extensions"));
const theme = themeExtensionFolder(resolve("extensions"));
const typesBefore = extensions.map(readGeneratedTypes);
const built = await buildWithCli();
if (built.code !== 0) report("", [`shopify app build failed:\n${built.text}`]);
else await compareBundles();

async function compareBundles() {
  const folder = mkdtempSync(join(tmpdir(), "postlude-bundles-"));
  const results = await Promise.all(extensions.map((extension) => compare(extension, folder)));
  rmSync(folder, { recursive: true });
  const measured = [...results, ...(theme ? [weighTheme(theme)] : [])];
  const sizes = measured.map(({ handle, bytes }) => `${handle} ${(bytes / 1024).toFixed(1)} KB`);
  const stale = extensions.filter((extension, index) => readGeneratedTypes(extension) !== typesBefore[index]);
  report(sizes.join(", "), [
    ...measured.flatMap(({ problems }) => problems),
    // Shopify's check of the theme's files tells, and lets pass.
    ...(built.text.includes("[error]") ? [`theme check:\n${built.text}`] : []),
    ...stale.map(({ handle }) => `${handle}: shopify.d.ts was out of date; it is written anew, commit it`),
  ]);
}

async function compare(extension: Extension, folder: string) {
  const theirs = readFileSync(join(extension.folder, "dist", `${extension.handle}.js`));
  const { bundle } = await bundleExtension(extension, folder, { APP_URL });
  const bytes = deflateSync(theirs).length;
  const problems: string[] = [];
  if (!theirs.equals(readFileSync(bundle.file))) {
    problems.push(`${extension.handle}: the demo store's bundle differs from the one of Shopify's CLI`);
  }
  if (bytes > LIMIT_BYTES)
    problems.push(`${extension.handle}: ${bytes} bytes deflated, more than ${LIMIT_BYTES}`);
  return { handle: extension.handle, bytes, problems };
}

/** Everything that a page of the shop loads for our blocks, together. */
function weighTheme(folder: string) {
  const handle = basename(folder);
  const assets = readdirSync(join(folder, "assets")).map((name) =>
    readFileSync(join(folder, "assets", name)),
  );
  const bytes = assets.reduce((sum, asset) => sum + deflateSync(asset).length, 0);
  const problems =
    bytes > LIMIT_BYTES ? [`${handle}: ${bytes} bytes deflated, more than ${LIMIT_BYTES}`] : [];
  return { handle, bytes, problems };
}

async function buildWithCli() {
  const config = resolve(PROJECT, ".cli-config");
  await seedUpdateCheck(config);
  writeFileSync(CONFIG_WITHOUT_FUNCTIONS, stringify(withoutFunctions()));
  const building = runNode([PROGRAMS.shopify, "app", "build", "--config", "checked"], {
    APP_URL,
    CI: "1",
    NO_COLOR: "1",
    SHOPIFY_CLI_NO_ANALYTICS: "1",
    XDG_CONFIG_HOME: config,
    // The CLI looks for the project's Node and esbuild here.
    PATH: `${resolve(PROJECT, "node_modules/.bin")}:${process.env.PATH}`,
  });
  return building.finally(() => rmSync(CONFIG_WITHOUT_FUNCTIONS));
}

/** The app's configuration, told where to look for extensions. */
function withoutFunctions() {
  return {
    ...readAppToml(),
    extension_directories: [...extensions.map(({ folder }) => folder), ...(theme ? [theme] : [])].map(
      (folder) => relative(PROJECT, folder),
    ),
  };
}

/** The CLI asks npm for its newest version and fails without network, unless it believes that it has just asked. */
async function seedUpdateCheck(config: string) {
  const folder = join(config, "shopify-cli-kit-nodejs");
  const NEVER_AGAIN = 32_503_680_000_000; // the year 3000
  const cache = { "npm-package-@shopify/cli": { value: CLI_VERSION, timestamp: NEVER_AGAIN } };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "config.json"), JSON.stringify({ cache }));
}

/** The CLI generates the types of the `shopify` global from the targets. */
function readGeneratedTypes(extension: Extension): string {
  const file = join(extension.folder, "shopify.d.ts");
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

function readVersion(file: string): string {
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
