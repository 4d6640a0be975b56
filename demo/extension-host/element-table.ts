// What an extension may write: tag → properties, events, slots, methods and closed enumerations, read with the
// TypeScript checker from @shopify/ui-extensions' own declarations. Nothing here is typed by hand.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

export type ElementSpec = {
  props: string[];
  /** Properties that are true or false and nothing else. */
  booleans: string[];
  events: string[];
  slots: string[];
  methods: string[];
  enums: Record<string, string[]>;
};

export type Surface = "checkout" | "customer-account";
export type ElementTable = Record<Surface, Record<string, ElementSpec>>;

const SURFACES: Surface[] = ["checkout", "customer-account"];
/** Longer unions are lists of names (icons, languages) where Shopify accepts more than the types say. */
const LONGEST_ENUM = 40;

const PACKAGE = path.resolve(import.meta.dirname, "../../node_modules/@shopify/ui-extensions");
const CACHE = path.resolve(import.meta.dirname, "../.cache");

/** The table of the installed version; made once and kept in `demo/.cache`. */
export function elementTable(): ElementTable {
  const { version } = JSON.parse(readFileSync(path.join(PACKAGE, "package.json"), "utf8")) as {
    version: string;
  };
  const file = path.join(CACHE, `elements-${version}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as ElementTable;
  const table = readElementTable();
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(file, JSON.stringify(table));
  return table;
}

export function readElementTable(): ElementTable {
  const entries = SURFACES.map((surface) => [surface, readSurface(surface)] as const);
  return Object.fromEntries(entries) as ElementTable;
}

function readSurface(surface: Surface): Record<string, ElementSpec> {
  const folder = path.join(PACKAGE, "build/ts/surfaces", surface, "components");
  const files = readdirSync(folder)
    .filter((name) => /^[A-Z].*\.d\.ts$/.test(name))
    .map((name) => path.join(folder, name));
  const program = ts.createProgram(files, { skipLibCheck: true, lib: ["lib.dom.d.ts", "lib.es2022.d.ts"] });
  const checker = program.getTypeChecker();
  const table: Record<string, ElementSpec> = {};
  for (const file of files) {
    const source = program.getSourceFile(file)!;
    const tag = tagOf(source);
    if (tag) table[tag] = readElement(path.basename(file, ".d.ts"), interfacesOf(source, checker), checker);
  }
  return table;
}

function tagOf(source: ts.SourceFile): string | undefined {
  const tags = new Map<string, string>();
  source.forEachChild((node) => {
    if (!ts.isVariableStatement(node)) return;
    for (const declaration of node.declarationList.declarations) {
      const name = declaration.name.getText(source);
      const value = declaration.initializer ?? literalOf(declaration.type);
      if (name.startsWith("tagName") && value && ts.isStringLiteral(value)) tags.set(name, value.text);
    }
  });
  const mapped = /\['(s-[a-z-]+)'\]/.exec(source.text)?.[1];
  return tags.get("tagName") ?? [...tags.values()][0] ?? mapped;
}

function literalOf(type: ts.TypeNode | undefined): ts.Node | undefined {
  return type && ts.isLiteralTypeNode(type) ? type.literal : undefined;
}

function interfacesOf(source: ts.SourceFile, checker: ts.TypeChecker): Map<string, ts.Type> {
  const found = new Map<string, ts.Type>();
  source.forEachChild((node) => {
    if (ts.isInterfaceDeclaration(node)) found.set(node.name.text, checker.getTypeAtLocation(node));
  });
  return found;
}

function readElement(name: string, interfaces: Map<string, ts.Type>, checker: ts.TypeChecker): ElementSpec {
  const membersOf = (key: string) => {
    const type = interfaces.get(key);
    return type ? checker.getPropertiesOfType(type) : [];
  };
  const namesOf = (key: string) => membersOf(key).map((member) => member.name);
  const propsKey = interfaces.has(`${name}ElementProps`) ? `${name}ElementProps` : `${name}Props`;
  const props = membersOf(propsKey).filter((member) => !/^on[A-Z]/.test(member.name));
  const events = [...namesOf(`${name}ElementEvents`), ...namesOf(`${name}Events`)];
  const spec: ElementSpec = {
    props: props.map((member) => member.name),
    booleans: [],
    events: [...new Set(events.map((event) => event.replace(/^on/, "").toLowerCase()))],
    slots: namesOf(`${name}ElementSlots`),
    methods: namesOf(`${name}ElementMethods`),
    enums: {},
  };
  for (const member of props) {
    const parts = partsOf(checker.getTypeOfSymbol(member));
    if (isBoolean(parts)) spec.booleans.push(member.name);
    const values = closedEnum(parts);
    if (values) spec.enums[member.name] = values;
  }
  return spec;
}

function partsOf(type: ts.Type): ts.Type[] {
  const parts = type.isUnion() ? type.types : [type];
  return parts.filter((part) => !(part.flags & ts.TypeFlags.Undefined));
}

function isBoolean(parts: ts.Type[]): boolean {
  return parts.length > 0 && parts.every((part) => part.flags & ts.TypeFlags.BooleanLike);
}

/** The allowed texts, or undefined when any text (or a pattern) is allowed too. */
function closedEnum(parts: ts.Type[]): string[] | undefined {
  const OPEN = ts.TypeFlags.String | ts.TypeFlags.TemplateLiteral | ts.TypeFlags.Intersection;
  const values = parts.filter((part) => part.isStringLiteral()).map((part) => part.value);
  const isOpen = parts.some((part) => part.flags & OPEN);
  return values.length > 0 && values.length < LONGEST_ENUM && !isOpen ? values : undefined;
}
