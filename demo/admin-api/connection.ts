// Shopify's paging: first/last up to 250, opaque cursors, reverse.
import { GraphQLError } from "graphql";
import type { Arguments } from "./context.ts";

export type Connection = {
  edges: { node: unknown; cursor: string }[];
  nodes: unknown[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
};

const LARGEST_PAGE = 250;

export function toConnection(all: unknown[], args: Arguments): Connection {
  const size = args.first ?? args.last;
  if (typeof size !== "number") throw badRequest("you must provide one of first or last");
  if (size > LARGEST_PAGE) throw badRequest(`first cannot exceed ${LARGEST_PAGE}`);
  const list = args.reverse ? all.toReversed() : all;
  const begin = args.after ? indexAt(list, args.after) + 1 : 0;
  const end = args.before ? indexAt(list, args.before) : list.length;
  const from = args.first == null ? Math.max(begin, end - size) : begin;
  const nodes = list.slice(from, args.first == null ? end : Math.min(begin + size, end));
  const edges = nodes.map((node, offset) => ({ node, cursor: cursorOf(node, from + offset) }));
  return {
    edges,
    nodes,
    pageInfo: {
      hasNextPage: from + nodes.length < list.length,
      hasPreviousPage: from > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

type Cursor = { last_id: unknown; index: number };

function cursorOf(node: unknown, index: number): string {
  const cursor: Cursor = { last_id: idOf(node), index };
  return Buffer.from(JSON.stringify(cursor)).toString("base64");
}

function idOf(node: unknown): unknown {
  return (node as { id?: unknown } | null)?.id;
}

/** Where the cursor's node is now; the list may have grown at its front meanwhile. */
function indexAt(list: unknown[], cursor: unknown): number {
  let decoded: Cursor;
  try {
    decoded = JSON.parse(Buffer.from(String(cursor), "base64").toString("utf8")) as Cursor;
  } catch {
    throw badRequest("Invalid cursor for current pagination sort.");
  }
  if (decoded.last_id === undefined || idOf(list[decoded.index]) === decoded.last_id) return decoded.index;
  return list.findIndex((node) => idOf(node) === decoded.last_id);
}

function badRequest(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: "BAD_REQUEST" } });
}
