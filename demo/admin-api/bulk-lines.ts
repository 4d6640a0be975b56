// Turns the query of a bulk operation into lines of JSON: one per node of each connection, children with
// `__parentId`. A small executor of its own, because graphql-js would take minutes for 300,000 line items.
import {
  getNamedType,
  GraphQLError,
  isCompositeType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
  validate,
  getArgumentValues,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type SelectionSetNode,
} from "graphql";
import type { AdminContext, Arguments } from "./context.ts";
import { resolveField } from "./resolve.ts";
import { adminSchema } from "./schema.ts";

const MOST_CONNECTIONS = 5;
const DEEPEST_CONNECTION = 2;

export type BulkDocument = { document: DocumentNode; fragments: Map<string, FragmentDefinitionNode> };

/** Checks the query by Shopify's rules for bulk operations; returns the problem in words or the document. */
export function parseBulkQuery(query: string): BulkDocument | { problem: string } {
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch (error) {
    return { problem: (error as Error).message };
  }
  const [invalid] = validate(adminSchema().schema, document);
  if (invalid) return { problem: invalid.message };
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === "FragmentDefinition" ? [[definition.name.value, definition] as const] : [],
    ),
  );
  const bulk = { document, fragments };
  const problem = problemOf(bulk);
  return problem ? { problem } : bulk;
}

function problemOf({ document, fragments }: BulkDocument): string | undefined {
  const { schema } = adminSchema();
  let connections = 0;
  let problem: string | undefined;

  function walk(set: SelectionSetNode, parent: GraphQLObjectType, depth: number, insideList: boolean): void {
    for (const { node, type } of fieldsOf(set, parent, fragments)) {
      const field = type.getFields()[node.name.value];
      if (!field || !node.selectionSet) continue;
      const named = getNamedType(field.type);
      if (!isObjectType(named)) continue;
      const isConnection = named.name.endsWith("Connection");
      if (isConnection) {
        connections += 1;
        if (insideList)
          problem ??= "Queries that contain a connection field within a list field are not supported.";
        if (depth >= DEEPEST_CONNECTION)
          problem ??= "Bulk queries cannot contain connections with a nesting depth greater than 2.";
      }
      const isEdge = isConnection || named.name.endsWith("Edge");
      const isList = !isEdge && !parent.name.endsWith("Connection") && containsList(field.type);
      walk(node.selectionSet, named, depth + (isConnection ? 1 : 0), insideList || isList);
    }
  }

  for (const definition of document.definitions) {
    if (definition.kind !== "OperationDefinition") continue;
    if (definition.operation !== "query") return "Bulk operations run queries only.";
    for (const { node } of fieldsOf(definition.selectionSet, schema.getQueryType()!, fragments)) {
      if (["node", "nodes"].includes(node.name.value))
        return `Bulk queries cannot use the top-level field ${node.name.value}.`;
    }
    walk(definition.selectionSet, schema.getQueryType()!, 0, false);
  }
  if (connections === 0) return "Bulk queries must contain at least one connection.";
  if (connections > MOST_CONNECTIONS)
    return `Bulk queries cannot contain more than ${MOST_CONNECTIONS} connections.`;
  return problem;
}

function containsList(type: GraphQLOutputType): boolean {
  if (isNonNullType(type)) return containsList(type.ofType as GraphQLOutputType);
  return isListType(type);
}

type PlannedField = { node: FieldNode; type: GraphQLObjectType };

/** The fields that apply to `type`, fragments spread out. */
function fieldsOf(
  set: SelectionSetNode,
  type: GraphQLObjectType,
  fragments: Map<string, FragmentDefinitionNode>,
): PlannedField[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === "Field") return [{ node: selection, type }];
    const fragment = selection.kind === "FragmentSpread" ? fragments.get(selection.name.value)! : selection;
    const condition = fragment.typeCondition?.name.value;
    return condition === undefined || applies(condition, type)
      ? fieldsOf(fragment.selectionSet, type, fragments)
      : [];
  });
}

function applies(condition: string, type: GraphQLObjectType): boolean {
  if (condition === type.name) return true;
  const wanted = adminSchema().schema.getType(condition);
  return isCompositeType(wanted) && !isObjectType(wanted) && adminSchema().schema.isSubType(wanted, type);
}

export type BulkLine = { json: string; isRoot: boolean };

/** Yields the lines; children come after the parents of their batch, as without `groupObjects` at Shopify. */
export function* bulkLines(bulk: BulkDocument, grouped: boolean, context: AdminContext): Generator<BulkLine> {
  const { schema } = adminSchema();
  const executor = createExecutor(bulk, context);
  const operation = bulk.document.definitions.find(
    (definition) => definition.kind === "OperationDefinition",
  )!;
  const root = schema.getQueryType()!;
  for (const { node } of fieldsOf(operation.selectionSet, root, bulk.fragments)) {
    const batch: BulkLine[] = [];
    for (const { value, children } of executor.nodes(node, root, undefined)) {
      yield { json: JSON.stringify(value), isRoot: true };
      if (grouped) yield* children;
      else batch.push(...children);
      if (batch.length >= 500) yield* batch.splice(0);
    }
    yield* batch;
  }
}

type BulkNode = { value: Record<string, unknown>; children: BulkLine[] };

function createExecutor(bulk: BulkDocument, context: AdminContext) {
  const plans = new Map<SelectionSetNode, Map<string, PlannedField[]>>();
  const argumentCache = new Map<FieldNode, Arguments>();

  function planned(set: SelectionSetNode, type: GraphQLObjectType): PlannedField[] {
    const byType = plans.get(set) ?? new Map<string, PlannedField[]>();
    plans.set(set, byType);
    const known = byType.get(type.name) ?? fieldsOf(set, type, bulk.fragments);
    byType.set(type.name, known);
    return known;
  }

  function argumentsOf(node: FieldNode, type: GraphQLObjectType): Arguments {
    const known = argumentCache.get(node);
    if (known) return known;
    const values = getArgumentValues(type.getFields()[node.name.value]!, node);
    argumentCache.set(node, values);
    return values;
  }

  function resolve(node: FieldNode, type: GraphQLObjectType, source: unknown): unknown {
    const field = type.getFields()[node.name.value]!;
    const named = getNamedType(field.type).name;
    return resolveField(type.name, field.name, named, source, argumentsOf(node, type), context);
  }

  /** The nodes of the connection in `node`, each with the lines of the connections below it. */
  function* nodes(node: FieldNode, type: GraphQLObjectType, source: unknown): Generator<BulkNode> {
    const connectionType = getNamedType(type.getFields()[node.name.value]!.type) as GraphQLObjectType;
    if (!connectionType.name.endsWith("Connection")) {
      throw new GraphQLError(`Bulk queries must begin with a connection, not with ${node.name.value}.`);
    }
    const items = resolve(node, type, source) as unknown[]; // page sizes do not count here
    const selection = nodeSelection(node.selectionSet!);
    const nodeType = nodeTypeOf(connectionType);
    for (const item of items) {
      const children: BulkLine[] = [];
      const value = objectOf(selection, nodeType, item, (child, childType) => {
        for (const entry of nodes(child, childType, item)) {
          const line = { ...entry.value, __parentId: parentIdOf(item, nodeType) };
          children.push({ json: JSON.stringify(line), isRoot: false }, ...entry.children);
        }
      });
      yield { value, children };
    }
  }

  function parentIdOf(item: unknown, type: GraphQLObjectType): unknown {
    return resolveField(type.name, "id", "ID", item, {}, context);
  }

  function objectOf(
    set: SelectionSetNode,
    type: GraphQLObjectType,
    source: unknown,
    onConnection: (node: FieldNode, type: GraphQLObjectType) => void,
  ): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    for (const { node } of planned(set, type)) {
      const key = node.alias?.value ?? node.name.value;
      if (node.name.value === "__typename") result[key] = type.name;
      else {
        const fieldType = type.getFields()[node.name.value]!.type;
        if (getNamedType(fieldType).name.endsWith("Connection")) onConnection(node, type);
        else result[key] = complete(fieldType, node, resolve(node, type, source), onConnection);
      }
    }
    return result;
  }

  function complete(
    type: GraphQLOutputType,
    node: FieldNode,
    value: unknown,
    onConnection: (node: FieldNode, type: GraphQLObjectType) => void,
  ): unknown {
    if (isNonNullType(type)) return complete(type.ofType as GraphQLOutputType, node, value, onConnection);
    if (value === null || value === undefined) return null;
    if (isListType(type)) {
      return (value as unknown[]).map((item) =>
        complete(type.ofType as GraphQLOutputType, node, item, onConnection),
      );
    }
    if (isLeafType(type)) return type.serialize(value);
    const objectType = isObjectType(type)
      ? type
      : (adminSchema().schema.getType((value as { __typename: string }).__typename) as GraphQLObjectType);
    return objectOf(node.selectionSet!, objectType, value, onConnection);
  }

  return { nodes };
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

function nodeTypeOf(connection: GraphQLObjectType): GraphQLObjectType {
  return getNamedType(connection.getFields().nodes!.type) as GraphQLObjectType;
}
