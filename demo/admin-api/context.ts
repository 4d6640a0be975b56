// What a resolver may use, and the shape of resolver tables.
import { GraphQLError } from "graphql";
import type { Clock } from "../clock.ts";
import type { DemoConfig } from "../config.ts";
import type { AccessToken, Installations } from "../oauth/installations.ts";
import type { Store } from "../store/store.ts";
import type { BulkOperations } from "./bulk.ts";
import type { CodeImports } from "./code-imports.ts";
import type { OrderEdits } from "./order-edits.ts";

export type AdminContext = {
  store: Store;
  config: DemoConfig;
  clock: Clock;
  token: AccessToken;
  scopes: Set<string>;
  protectedData: Set<string>;
  installations: Installations;
  bulk: BulkOperations;
  codeImports: CodeImports;
  orderEdits: OrderEdits;
  /** Counts a field that the app asked for and the demo store does not have. */
  noteUnmodelled(name: string): void;
};

export type Arguments = Record<string, unknown>;

/** The fields of one GraphQL type; what is missing is "not modelled". */
export type Fields<Source> = Record<
  string,
  (source: Source, args: Arguments, context: AdminContext) => unknown
>;

/** Gives a value the type that interfaces and unions need to know. */
export function as<Value extends object>(type: string, value: Value): Value & { __typename: string } {
  return { ...value, __typename: type };
}

/** Refuses by name what the demo store does not know, so that nobody builds on invented data. */
export function unmodelled(context: Pick<AdminContext, "noteUnmodelled">, name: string): GraphQLError {
  context.noteUnmodelled(name);
  return new GraphQLError(`demo store does not model ${name} yet`, {
    extensions: { code: "DEMO_STORE_UNMODELLED" },
  });
}

export type UserError = { __typename: string; field: string[] | null; message: string; code?: string | null };

export function userError(
  type: string,
  field: string[] | null,
  message: string,
  code?: string,
): UserError & Record<string, unknown> {
  return { __typename: type, field, message, code: code ?? null, elementIndex: null, extraInfo: null };
}
