// Turns the query of a bulk operation into lines of JSON: one per node of each connection, children with
// `__parentId`. A small executor of its own: it compiles the query into functions once and checks access once per
// field, because graphql-js would take minutes for 300,000 line items.
import {
  getArgumentValues,
  getNamedType,
  GraphQLError,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type SelectionSetNode,
} from "graphql";
import { fieldsOf, type BulkQuery } from "./bulk-query.ts";
import type { AdminContext } from "./context.ts";
import { readField, requireAccess } from "./resolve.ts";
import { adminSchema } from "./schema.ts";

export type BulkLine = { json: string; isRoot: boolean };

const BATCH = 500;

/** Yields the lines; children come after the parents of their batch, as without `groupObjects` at Shopify. */
export function* bulkLines(bulk: BulkQuery, grouped: boolean, context: AdminContext): Generator<BulkLine> {
  const root = adminSchema().schema.getQueryType()!;
  const compiler = createCompiler(bulk, context);
  const operation = bulk.document.definitions.find(
    (definition) => definition.kind === "OperationDefinition",
  )!;
  for (const { node } of fieldsOf(operation.selectionSet, root, bulk.fragments)) {
    const batch: BulkLine[] = [];
    for (const { value, children } of compiler.connection(node, root)(undefined)) {
      yield { json: JSON.stringify(value), isRoot: true };
      if (grouped) yield* children;
      else batch.push(...children);
      if (batch.length >= BATCH) yield* batch.splice(0);
    }
    yield* batch;
  }
}

type BulkNode = { value: Record<string, unknown>; children: BulkLine[] };
type ReadNodes = (source: unknown) => Generator<BulkNode>;

/** Reads an object; the lines of connections below it are added to `children`. */
type ReadObject = (source: unknown, children: BulkLine[]) => Record<string, unknown>;
type ReadValue = (value: unknown, children: BulkLine[]) => unknown;
type ReadInto = (result: Record<string, unknown>, source: unknown, children: BulkLine[]) => void;

function createCompiler({ fragments }: BulkQuery, context: AdminContext) {
  const { schema } = adminSchema();

  function connection(node: FieldNode, parent: GraphQLObjectType): ReadNodes {
    const type = getNamedType(parent.getFields()[node.name.value]!.type) as GraphQLObjectType;
    if (!type.name.endsWith("Connection")) {
      throw new GraphQLError(`Bulk queries must begin with a connection, not with ${node.name.value}.`);
    }
    const nodeType = getNamedType(type.getFields().nodes!.type) as GraphQLObjectType;
    const readItems = field(node, parent);
    const readNode = object(nodeSelection(node.selectionSet!), nodeType);
    return function* (source) {
      for (const item of readItems(source) as unknown[]) {
        const children: BulkLine[] = [];
        yield { value: readNode(item, children), children };
      }
    };
  }

  function object(set: SelectionSetNode, type: GraphQLObjectType): ReadObject {
    const parts = fieldsOf(set, type, fragments).map(({ node }) => part(node, type));
    return (source, children) => {
      const result: Record<string, unknown> = {};
      for (const readInto of parts) readInto(result, source, children);
      return result;
    };
  }

  function part(node: FieldNode, type: GraphQLObjectType): ReadInto {
    const key = node.alias?.value ?? node.name.value;
    if (node.name.value === "__typename") return (result) => void (result[key] = type.name);
    const fieldType = type.getFields()[node.name.value]!.type;
    if (getNamedType(fieldType).name.endsWith("Connection")) return childLines(node, type);
    const read = field(node, type);
    const finish = value(fieldType, node);
    return (result, source, children) => void (result[key] = finish(read(source), children));
  }

  function childLines(node: FieldNode, type: GraphQLObjectType): ReadInto {
    const readNodes = connection(node, type);
    return (_result, source, children) => {
      const __parentId = readField(type.name, "id", source, {}, context);
      for (const entry of readNodes(source)) {
        children.push({ json: JSON.stringify({ ...entry.value, __parentId }), isRoot: false });
        children.push(...entry.children);
      }
    };
  }

  function field(node: FieldNode, type: GraphQLObjectType): (source: unknown) => unknown {
    const definition = type.getFields()[node.name.value]!;
    const args = getArgumentValues(definition, node);
    const returnType = getNamedType(definition.type).name;
    let allowed = false;
    return (source) => {
      if (!allowed) requireAccess(type.name, definition.name, returnType, context);
      allowed = true;
      return readField(type.name, definition.name, source, args, context);
    };
  }

  function value(type: GraphQLOutputType, node: FieldNode): ReadValue {
    if (isNonNullType(type)) return value(type.ofType as GraphQLOutputType, node);
    const finish = isListType(type) ? list(type.ofType as GraphQLOutputType, node) : single(type, node);
    return (raw, children) => (raw === null || raw === undefined ? null : finish(raw, children));
  }

  function list(itemType: GraphQLOutputType, node: FieldNode): ReadValue {
    const finish = value(itemType, node);
    return (raw, children) => (raw as unknown[]).map((item) => finish(item, children));
  }

  function single(type: GraphQLOutputType, node: FieldNode): ReadValue {
    if (isLeafType(type)) return (raw) => type.serialize(raw);
    if (isObjectType(type)) return object(node.selectionSet!, type);
    return (raw, children) => {
      const concrete = schema.getType((raw as { __typename: string }).__typename) as GraphQLObjectType;
      return object(node.selectionSet!, concrete)(raw, children);
    };
  }

  return { connection };
}

/** What is selected of a node, below `nodes` or `edges { node }`. */
function nodeSelection(set: SelectionSetNode): SelectionSetNode {
  const field = (name: string, within: SelectionSetNode) =>
    within.selections.find((selection) => selection.kind === "Field" && selection.name.value === name) as
      FieldNode | undefined;
  const edges = field("edges", set);
  const node = field("nodes", set) ?? (edges && field("node", edges.selectionSet!));
  if (!node?.selectionSet) throw new GraphQLError("Bulk queries need edges { node { … } } or nodes { … }.");
  return node.selectionSet;
}
