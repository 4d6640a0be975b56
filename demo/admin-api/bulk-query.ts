// The query of a bulk operation, checked by Shopify's rules for them.
import {
  getNamedType,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
  validate,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type SelectionSetNode,
} from "graphql";
import { adminSchema } from "./schema.ts";

const MOST_CONNECTIONS = 5;
const DEEPEST_CONNECTION = 2;

export type BulkQuery = { document: DocumentNode; fragments: Map<string, FragmentDefinitionNode> };

/** Checks the query by Shopify's rules for bulk operations; returns the problem in words or the document. */
export function parseBulkQuery(query: string): BulkQuery | { problem: string } {
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

function problemOf({ document, fragments }: BulkQuery): string | undefined {
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
export function fieldsOf(
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
