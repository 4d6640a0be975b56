/**
 * What can be said of our Shopify Functions without Shopify's WebAssembly tools: the schema is Shopify's own, the input
 * query fits it and is cheap enough, and the code bundles, is small and has the export.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse, printSchema, validate, visit } from "graphql";
import {
  functionSchema,
  readFunctions,
  type ShopifyFunction,
} from "../../demo/function-host/function-files.ts";
import { bundleFunction } from "../../demo/function-host/run-function.ts";
import { report } from "./report.ts";

/** Shopify refuses a costlier input query. */
const LARGEST_COST = 30;
const METAFIELD_COST = 3;
/** Shopify's limit for the compiled module is 256 KB, most of which is the JavaScript engine. */
const LARGEST_BUNDLE = 16 * 1024;

const functions = readFunctions(resolve("extensions"));
const results = await Promise.all(functions.map(checkFunction));
report(
  results.map(({ summary }) => summary).join(", "),
  results.flatMap(({ problems }) => problems),
);

async function checkFunction(shopifyFunction: ShopifyFunction) {
  const { handle, inputQuery } = shopifyFunction;
  const code = await bundleFunction(shopifyFunction);
  const cost = costOf(inputQuery);
  const problems = [
    ...(writeSchema(shopifyFunction)
      ? []
      : ["schema.graphql was not Shopify's; it is written anew, commit it"]),
    ...validate(functionSchema(shopifyFunction), parse(inputQuery)).map(({ message }) => message),
    ...(cost > LARGEST_COST ? [`the input query costs ${cost}, more than ${LARGEST_COST}`] : []),
    ...(code.length > LARGEST_BUNDLE ? [`${code.length} bytes, more than ${LARGEST_BUNDLE}`] : []),
    ...(code.includes(`${shopifyFunction.export}:`) ? [] : [`has no export "${shopifyFunction.export}"`]),
  ];
  return {
    summary: `${handle} ${(code.length / 1024).toFixed(1)} KB, query costs ${cost}`,
    problems: problems.map((problem) => `${handle}: ${problem}`),
  };
}

/** Keeps the committed copy in step with Shopify's schema, as `shopify app function schema` would. */
function writeSchema(shopifyFunction: ShopifyFunction): boolean {
  const file = join(shopifyFunction.folder, "schema.graphql");
  const schema = `# Shopify's own schema of ${shopifyFunction.target}, API ${shopifyFunction.apiVersion}, from @shopify/dev-mcp (ISC).
# \`npm run check -- functions\` keeps it in step; \`shopify app function schema\` writes the same.

${printSchema(functionSchema(shopifyFunction))}
`;
  if (existsSync(file) && readFileSync(file, "utf8") === schema) return true;
  writeFileSync(file, schema);
  return false;
}

/** Shopify counts a metafield as 3 and every other leaf as 1. */
function costOf(query: string): number {
  let cost = 0;
  visit(parse(query), {
    Field: ({ name, selectionSet }) => {
      if (name.value === "metafield") cost += METAFIELD_COST;
      else if (!selectionSet) cost += 1;
    },
  });
  return cost;
}
