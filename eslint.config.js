import tseslint from "typescript-eslint";

/** Frameworks load these by their default export. */
const WITH_DEFAULT_EXPORT = [
  "app/routes/**",
  "app/root.tsx",
  "app/entry.*.tsx",
  "*.config.{ts,js}",
  "extensions/*/src/*.tsx",
  "tests/**/global-setup.ts",
];
const TESTS = ["**/*.test.{ts,tsx}", "tests/**"];
/** Programs for a person at a terminal. */
const PROGRAMS = ["scripts/**", "bench/**", "demo/**", "tests/**"];

const named = (message) => ({ selector: "ExportDefaultDeclaration", message });
const FOUND_BY_NAME = named("Export by name: a name is found by searching, and renamed everywhere.");
/** A page is written here and taken over in a browser of another zone: without a zone the two do not agree. */
const WITHOUT_ZONE = [
  "NewExpression[callee.property.name='DateTimeFormat']:not(:has(Property[key.name='timeZone']))",
  "CallExpression[callee.property.name=/^toLocale(Date|Time)String$/]:not(:has(Property[key.name='timeZone']))",
].map((selector) => ({ selector, message: "Name the timeZone: the shop's, or UTC for a day." }));
/** Node strips types from these files and runs them: nothing in them may need a compiler. */
const COMPILED_SYNTAX = [
  { selector: "TSEnumDeclaration", message: "Node cannot run enums: use a union of literals." },
  { selector: "TSParameterProperty", message: "Node cannot run parameter properties." },
  { selector: "TSModuleDeclaration[declare!=true]", message: "Node cannot run namespaces." },
];

export default tseslint.config(
  {
    ignores: [
      "node_modules",
      "build",
      "app/generated",
      "extensions/*/dist",
      "extensions/*/shopify.d.ts",
      "demo/.cache",
      ".demo",
      ".dev",
      "public",
    ],
  },
  tseslint.configs.recommended,
  {
    files: ["**/*.{ts,tsx,js,mjs,cjs}"],
    rules: {
      "@typescript-eslint/consistent-type-definitions": ["error", "type"],
      "@typescript-eslint/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
      "@typescript-eslint/no-explicit-any": "error",
      // noUncheckedIndexedAccess makes `!` the honest way to say "this index exists".
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      "@typescript-eslint/ban-ts-comment": ["error", { "ts-expect-error": "allow-with-description" }],
      eqeqeq: ["error", "always", { null: "ignore" }],
      "func-style": ["error", "declaration", { allowArrowFunctions: true }],
      "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
      "no-console": "error",
      "no-restricted-syntax": ["error", FOUND_BY_NAME],
      "no-warning-comments": ["error", { terms: ["todo", "fixme", "xxx", "hack"] }],
      "prefer-const": "error",
      "object-shorthand": "error",
    },
  },
  {
    files: ["app/**/*.{ts,tsx}"],
    // Tests reach for tests/; what of extensions/ may be imported is a matter of layers.
    ignores: ["**/*.test.{ts,tsx}"],
    rules: {
      "no-restricted-syntax": ["error", FOUND_BY_NAME, ...WITHOUT_ZONE],
      "no-restricted-imports": [
        "error",
        {
          patterns: [{ regex: "^\\.\\./\\.\\.(?!.*extensions/)", message: "Across folders: #app/…" }],
        },
      ],
    },
  },
  {
    // These add to interfaces that a package or the browser declares, which only interfaces can.
    files: [
      "**/*.d.ts",
      "vite.config.ts",
      "tests/**/global-setup.ts",
      "demo/browser/**",
      "demo/extension-host/host/**",
    ],
    rules: { "@typescript-eslint/consistent-type-definitions": "off" },
  },
  { files: WITH_DEFAULT_EXPORT, rules: { "no-restricted-syntax": ["error", ...WITHOUT_ZONE] } },
  { files: PROGRAMS, rules: { "no-console": "off" } },
  {
    files: ["demo/**/*.ts", "scripts/**/*.ts", "bench/**/*.ts"],
    ignores: ["demo/browser/**", "demo/extension-host/{host,worker}/**"],
    rules: { "no-restricted-syntax": ["error", named("Export by name."), ...COMPILED_SYNTAX] },
  },
  {
    files: ["**/*.{cjs,mjs}"],
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
  { files: [...TESTS, "**/*-data.ts"], rules: { "max-lines": "off" } },
  { files: TESTS, rules: { "func-style": "off" } },
);
