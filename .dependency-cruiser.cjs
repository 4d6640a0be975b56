/**
 * The layers of docs/architecture.md, checked. Each rule says why it is there; if one stands in your way, the code is
 * probably in the wrong folder.
 */

/** In their order: each imports only those before it. Those that share a row are siblings and never meet. */
const DOMAINS = [
  ["shops"],
  ["customers"],
  ["orders"],
  ["payments", "parcels"],
  ["contact-policy"],
  ["experiments"],
  ["content"],
  ["messages"],
  ["decisions"],
  ["offers", "care", "sponsored", "surveys", "reviews", "cases", "returns", "loyalty"],
  ["journeys"],
  ["privacy"],
  ["analytics"],
];
const ALL_DOMAINS = DOMAINS.flat();
const DOMAIN = `^app/(${ALL_DOMAINS.join("|")})/`;
const BORDER = "^app/(routes|webhooks|api|http|worker)/|^app/(root|entry\\.|server|worker|shopify\\.server)";
const PLATFORM = "^app/(queue|db|ui)/|^app/(env|log)\\.server|^app/country-codes\\.ts";
const TEST = "\\.test\\.tsx?$";
/** Packages that answer requests: Remix, and Shopify's library on top of it. */
const REQUEST_PACKAGES = "node_modules/(@remix-run/|@shopify/shopify-app-remix|express)";

module.exports = {
  forbidden: [
    {
      name: "domains-know-no-border",
      comment:
        "A domain decides and knows no protocol, so that a page, a job and an API client can all call it.",
      severity: "error",
      from: { path: DOMAIN, pathNot: TEST },
      to: { path: BORDER },
    },
    {
      name: "domains-know-no-request",
      comment: "Remix and Shopify's request code stay at the borders: both will be replaced one day.",
      severity: "error",
      from: { path: DOMAIN, pathNot: TEST },
      to: { path: REQUEST_PACKAGES },
    },
    {
      name: "domains-take-the-database-as-an-argument",
      comment:
        "A domain gets `tx` and `shopId`: the caller decides about the transaction, and row-level security about the " +
        "shop. What it needs from the environment is an argument too.",
      severity: "error",
      // Shopify's library hands no transaction to the session storage, and the cache of known shops serves hot paths.
      from: { path: DOMAIN, pathNot: [TEST, "^app/shops/(session-storage|known-shops)\\.server"] },
      to: { path: "^app/(env\\.server|db/(pool|in-shop)\\.server)", dependencyTypesNot: ["type-only"] },
    },
    ...DOMAINS.flatMap((row, index) => domainRules(row, index)),
    {
      name: "domains-have-private-rooms",
      comment:
        "Others come in through the .server.ts files at the top of a domain's folder or take a pure noun; what lies " +
        "in a folder below may change freely. Channels are handed to the domain by those who wire the processes.",
      severity: "error",
      from: { path: "^app/([^/]+)/", pathNot: TEST },
      to: {
        path: `${DOMAIN}[^/]+/.*\\.server\\.tsx?$`,
        pathNot: ["^app/$1/", "^app/messages/channels/"],
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "platform-knows-no-domain",
      comment: "Borders → domains → platform, never back.",
      severity: "error",
      from: { path: PLATFORM, pathNot: TEST },
      // The queue's diagram and a page's words name what domains deal with, as types.
      to: { path: `${DOMAIN}|${BORDER}`, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "only-borders-know-remix",
      comment: "Remix ends with version 2; what knows it must be mechanical to move.",
      severity: "error",
      from: { path: "^app/", pathNot: [TEST, BORDER, "^app/ui/"] },
      to: { path: REQUEST_PACKAGES },
    },
    {
      name: "only-ui-and-pages-know-polaris",
      comment:
        "Polaris React is archived: pages use it through app/ui where two pages share a piece, domains never.",
      severity: "error",
      from: { path: "^app/", pathNot: ["^app/(ui|routes)/", "^app/root"] },
      to: { path: "node_modules/@shopify/polaris" },
    },
    {
      name: "only-queue-knows-pg-boss",
      comment: "The queue can be replaced without touching a domain.",
      severity: "error",
      from: { path: "^app/", pathNot: "^app/queue/" },
      to: { path: "node_modules/pg-boss" },
    },
    {
      name: "only-channels-know-providers",
      comment: "A mail or text provider can be replaced without touching a domain.",
      severity: "error",
      from: { path: "^app/", pathNot: ["^app/messages/channels/", TEST] },
      to: { path: "node_modules/(nodemailer|twilio|@aws-sdk)" },
    },
    {
      name: "no-cycles",
      comment: "In a cycle no file can be understood, tested or moved alone.",
      severity: "error",
      from: { pathNot: "^app/generated/" },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "no-folders-without-a-subject",
      comment: "`utils` says nothing about what is inside, so everything ends up there. Name the noun.",
      severity: "error",
      from: {},
      to: { path: "^(?!node_modules).*/(utils|lib|helpers|common|services)/" },
    },
    {
      name: "no-barrels",
      comment: "A file that only re-exports hides where things live and drags in what nobody asked for.",
      severity: "error",
      from: {},
      to: { path: "^app/.*/index\\.tsx?$" },
    },
    {
      name: "product-stands-alone",
      comment: "What we ship does not depend on the stand-in for Shopify, on tests or on tools.",
      severity: "error",
      from: { path: "^app/", pathNot: TEST },
      to: { path: "^(demo|tests|scripts|bench)/" },
    },
    {
      name: "app-and-extensions-share-only-types",
      comment:
        "An extension runs in the shopper's browser and is deployed apart from the app: they share the contract.",
      severity: "error",
      from: { path: "^app/" },
      to: {
        path: "^extensions/",
        pathNot: [
          "^extensions/shared/contract\\.ts$",
          // What a minor unit is: both sides of the contract must mean the same amount.
          "^extensions/shared/currencies\\.ts$",
          "^extensions/[^/]+/locales/",
          // The function's pure rules: previews and figures must say what the payment step really does.
          "^extensions/payment-ranking/src/(config|bucket|rank)\\.ts$",
        ],
      },
    },
    {
      name: "extensions-stand-alone",
      comment: "Each extension is bundled by itself and must stay small.",
      severity: "error",
      from: { path: "^extensions/([^/]+)/" },
      to: { path: "^(app|demo|scripts)/|^extensions/", pathNot: "^extensions/($1|shared)/" },
    },
    {
      name: "demo-knows-no-app",
      comment: "The stand-in takes Shopify's place; it would prove nothing if it knew how the app works.",
      severity: "error",
      from: { path: "^demo/", pathNot: TEST },
      to: { path: "^app/" },
    },
    {
      name: "packages-are-declared",
      comment:
        "An import that works only because another package brought it along breaks at the next update.",
      severity: "error",
      from: { pathNot: TEST },
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    },
    {
      name: "product-uses-no-development-packages",
      comment: "Production installs without them.",
      severity: "error",
      from: { path: "^app/", pathNot: TEST },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(app/generated|build|extensions/[^/]+/dist|demo/\\.cache)/" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
    },
  },
};

function domainRules(row, index) {
  const later = DOMAINS.slice(index + 1).flat();
  return row.map((domain) => {
    const siblings = row.filter((other) => other !== domain);
    return {
      name: `${domain}-looks-left`,
      comment:
        "Domains stand in an order; siblings meet through facts (app/queue/facts.ts). So each can be understood " +
        "with only those before it in mind.",
      severity: "error",
      from: { path: `^app/${domain}/`, pathNot: TEST },
      to: { path: `^app/(${[...siblings, ...later, "-"].join("|")})/` },
    };
  });
}
