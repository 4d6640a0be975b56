// Answers POST /admin/api/<version>/graphql.json the way Shopify does: plain graphql-js on Shopify's schema.
import {
  execute,
  getNamedType,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  parse,
  validate,
  type DocumentNode,
  type GraphQLFieldResolver,
} from "graphql";
import { API_VERSION } from "../config.ts";
import { toConnection } from "./connection.ts";
import type { AdminContext, Arguments } from "./context.ts";
import { createBuckets, LARGEST_COST, queryCost } from "./cost.ts";
import { resolveField } from "./resolve.ts";
import { adminSchema } from "./schema.ts";

export type AdminRequest = {
  apiVersion: string;
  body: unknown;
  /** Undefined when the access token is missing, dead or of another shop. */
  context: AdminContext | undefined;
};

export type AdminAnswer = { status: number; json: Record<string, unknown>; summary: string };

export type AdminApi = { handle(request: AdminRequest): Promise<AdminAnswer> };

const fieldResolver: GraphQLFieldResolver<unknown, AdminContext> = (source, args, context, info) => {
  const returnType = getNamedType(info.returnType).name;
  const { name } = info.parentType;
  const value = resolveField(name, info.fieldName, returnType, source, args as Arguments, context);
  return returnType.endsWith("Connection") && Array.isArray(value) ? toConnection(value, args) : value;
};

const typeResolver = (value: unknown) => (value as { __typename?: string }).__typename;

export function createAdminApi(): AdminApi {
  const { schema } = adminSchema();
  const buckets = createBuckets();

  async function handle({ apiVersion, body, context }: AdminRequest): Promise<AdminAnswer> {
    if (!context) {
      return refuse(401, "[API] Invalid API key or access token (unrecognized login or wrong password)");
    }
    if (apiVersion !== API_VERSION) {
      return refuse(404, `The demo store serves Admin API ${API_VERSION} only, not ${apiVersion}.`);
    }
    const {
      query,
      variables = {},
      operationName,
    } = (body ?? {}) as {
      query?: unknown;
      variables?: Record<string, unknown>;
      operationName?: string;
    };
    if (typeof query !== "string") {
      return {
        status: 400,
        json: { errors: { query: "Required parameter missing or invalid" } },
        summary: "no query",
      };
    }
    const checked = checkDocument(query, variables, operationName);
    if ("errors" in checked) return answerErrors(checked.errors);

    const cost = queryCost(schema, checked.document, variables);
    if (cost > LARGEST_COST) return answerErrors([tooExpensive(cost)]);
    const { granted, status } = buckets.take(context.token.token, cost);
    const costReport = {
      requestedQueryCost: cost,
      actualQueryCost: granted ? cost : null,
      throttleStatus: status,
    };
    if (!granted) return answerErrors([throttled()], { cost: costReport });

    const result = await execute({
      schema,
      document: checked.document,
      variableValues: variables,
      operationName,
      contextValue: context,
      fieldResolver,
      typeResolver,
      rootValue: {},
    });
    const errors = result.errors?.map((error) => error.toJSON());
    return {
      status: 200,
      json: { data: result.data, ...(errors ? { errors } : {}), extensions: { cost: costReport } },
      summary: `${checked.name} (${cost} points)${errors ? `: ${errors[0]!.message}` : ""}`,
    };
  }

  function checkDocument(
    query: string,
    variables: Record<string, unknown>,
    operationName?: string,
  ): { document: DocumentNode; name: string } | { errors: readonly GraphQLError[] } {
    let document: DocumentNode;
    try {
      document = parse(query);
    } catch (error) {
      return { errors: [error as GraphQLError] };
    }
    const invalid = validate(schema, document);
    if (invalid.length > 0) return { errors: invalid.map((error) => withCode(error, "undefinedField")) };
    const operation = getOperationAST(document, operationName);
    const values = getVariableValues(schema, operation?.variableDefinitions ?? [], variables);
    if (values.errors) return { errors: values.errors.map((error) => withCode(error, "INVALID_VARIABLE")) };
    const field = operation?.selectionSet.selections[0];
    const firstField = field?.kind === "Field" ? field.name.value : "…";
    return { document, name: `${operation?.operation ?? "query"} ${operation?.name?.value ?? firstField}` };
  }

  return { handle };
}

function refuse(status: number, errors: string): AdminAnswer {
  return { status, json: { errors }, summary: errors };
}

function answerErrors(errors: readonly GraphQLError[], extensions?: Record<string, unknown>): AdminAnswer {
  return {
    status: 200,
    json: { errors: errors.map((error) => error.toJSON()), ...(extensions ? { extensions } : {}) },
    summary: errors[0]!.message,
  };
}

function withCode(error: GraphQLError, code: string): GraphQLError {
  return new GraphQLError(error.message, { nodes: error.nodes, extensions: { code } });
}

function tooExpensive(cost: number): GraphQLError {
  return new GraphQLError(
    `Query cost is ${cost}, which exceeds the single query max cost limit (${LARGEST_COST}).`,
    { extensions: { code: "MAX_COST_EXCEEDED", cost, maxCost: LARGEST_COST } },
  );
}

function throttled(): GraphQLError {
  return new GraphQLError("Throttled", {
    extensions: { code: "THROTTLED", documentation: "https://shopify.dev/api/usage/rate-limits" },
  });
}
