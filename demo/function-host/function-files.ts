// The app's Shopify Functions as their TOML files declare them, and Shopify's own schema of what they get and answer.
import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { buildClientSchema, type GraphQLSchema, type IntrospectionQuery } from "graphql";
import { parse as parseToml } from "smol-toml";

export type ShopifyFunction = {
  handle: string;
  folder: string;
  apiVersion: string;
  target: string;
  /** The input query's text. */
  inputQuery: string;
  /** Name of the export that Shopify calls. */
  export: string;
};

type FunctionToml = {
  api_version: string;
  extensions: {
    type: string;
    handle: string;
    targeting: { target: string; input_query: string; export: string }[];
  }[];
};

/** Of each target: the function API's name in Shopify's schema files, and the type of the answer. */
export const TARGETS: Record<string, { api: string; result: string }> = {
  "cart.payment-methods.transform.run": {
    api: "payment_customization",
    result: "CartPaymentMethodsTransformRunResult",
  },
};

/** Every function below `folder` (one sub-folder each). */
export function readFunctions(folder: string): ShopifyFunction[] {
  return globSync("*/shopify.extension.toml", { cwd: folder })
    .toSorted()
    .flatMap((file) => readFunctionFile(path.join(folder, file)));
}

function readFunctionFile(file: string): ShopifyFunction[] {
  const toml = parseToml(readFileSync(file, "utf8")) as unknown as FunctionToml;
  const folder = path.dirname(file);
  return toml.extensions
    .filter(({ type }) => type === "function")
    .flatMap(({ handle, targeting }) =>
      targeting.map((targeted) => ({
        handle,
        folder,
        apiVersion: toml.api_version,
        target: targeted.target,
        inputQuery: readFileSync(path.join(folder, targeted.input_query), "utf8"),
        export: targeted.export,
      })),
    );
}

// The package exports no path to its data, so we look where npm puts it.
const DATA_FOLDER = path.resolve(import.meta.dirname, "../../node_modules/@shopify/dev-mcp/dist/data");
const loaded = new Map<string, GraphQLSchema>();

/** Shopify's schema of a function API. Throws where Shopify has none of that version. */
export function functionSchema({ target, apiVersion }: Pick<ShopifyFunction, "target" | "apiVersion">) {
  const api = TARGETS[target]?.api;
  const file = path.join(DATA_FOLDER, `functions_${api}_${apiVersion}.json.gz`);
  if (!existsSync(file)) throw new Error(`There is no schema of ${target} in API ${apiVersion}.`);
  const schema = loaded.get(file) ?? readSchema(file);
  loaded.set(file, schema);
  return schema;
}

function readSchema(file: string): GraphQLSchema {
  const { data } = JSON.parse(gunzipSync(readFileSync(file)).toString("utf8")) as {
    data: IntrospectionQuery;
  };
  return buildClientSchema(data);
}
