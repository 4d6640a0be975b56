// Runs a Shopify Function as Shopify does: input query on the cart, JSON in, JSON out, and nothing else in reach.
import path from "node:path";
import { createContext, Script } from "node:vm";
import { build } from "esbuild";
import { coerceInputValue, execute, GraphQLError, isInputType, parse } from "graphql";
import { functionSchema, TARGETS, type ShopifyFunction } from "./function-files.ts";

/** Shopify hands the function no metafield that is larger. */
const LARGEST_METAFIELD_BYTES = 10_000;
/** Shopify stops a function after 11 million instructions, about 5 ms. JavaScript in a browser's engine is faster. */
const TIME_LIMIT_MS = 1000;

/**
 * `source` has the shape of the schema's `Input`; fields that the query asks for and the source lacks are null.
 * Throws when the query does not fit the schema, or the function fails or answers what the schema does not know.
 */
export async function runFunction(shopifyFunction: ShopifyFunction, source: object): Promise<unknown> {
  const input = await readInput(shopifyFunction, source);
  const code = await bundleFunction(shopifyFunction);
  const answer = call(code, shopifyFunction.export, input);
  checkAnswer(shopifyFunction, answer);
  return answer;
}

/** The answer to the function's input query. */
export async function readInput(shopifyFunction: ShopifyFunction, source: object): Promise<unknown> {
  const result = await execute({
    schema: functionSchema(shopifyFunction),
    document: parse(shopifyFunction.inputQuery),
    rootValue: source,
  });
  if (result.errors) throw result.errors[0];
  return JSON.parse(JSON.stringify(result.data), (key, value: unknown) =>
    key === "metafield" && JSON.stringify(value).length > LARGEST_METAFIELD_BYTES ? null : value,
  );
}

/** One script that leaves the exports in `exported`; built each time, so that it is always what the file says. */
export async function bundleFunction({ folder }: ShopifyFunction): Promise<string> {
  const result = await build({
    entryPoints: [path.join(folder, "src/index.ts")],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "exported",
    target: "es2022",
    minify: true,
    logLevel: "silent",
  });
  return result.outputFiles[0]!.text;
}

/** An empty world, as in Shopify's sandbox: no timers, no network, no files. */
function call(code: string, name: string, input: unknown): unknown {
  const world = createContext({ input: JSON.stringify(input) }, { codeGeneration: { strings: false } });
  const script = new Script(`${code};JSON.stringify(exported[${JSON.stringify(name)}](JSON.parse(input)))`);
  return JSON.parse(String(script.runInContext(world, { timeout: TIME_LIMIT_MS })));
}

function checkAnswer(shopifyFunction: ShopifyFunction, answer: unknown): void {
  const type = functionSchema(shopifyFunction).getType(TARGETS[shopifyFunction.target]!.result);
  if (!isInputType(type)) throw new GraphQLError(`${shopifyFunction.target} has no known answer.`);
  coerceInputValue(answer, type);
}
