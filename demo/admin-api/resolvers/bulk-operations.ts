// The GraphQL side of bulk operations.
import { gid, idOf } from "../../store/ids.ts";
import type { BulkOperation } from "../bulk.ts";
import { userError, type AdminContext, type Arguments, type Fields } from "../context.ts";

export const bulkOperationType: Fields<BulkOperation> = {
  id: (operation) => gid("BulkOperation", operation.id),
  status: (operation) => operation.status,
  errorCode: (operation) => operation.errorCode,
  type: () => "QUERY",
  query: (operation) => operation.query,
  createdAt: (operation) => operation.createdAt,
  completedAt: (operation) => operation.completedAt,
  objectCount: (operation) => String(operation.objectCount),
  rootObjectCount: (operation) => String(operation.rootObjectCount),
  fileSize: (operation) => (operation.fileSize === null ? null : String(operation.fileSize)),
  url: (operation, _, context) =>
    operation.status === "COMPLETED" && operation.objectCount > 0
      ? `${context.config.origin}/bulk/${operation.file}`
      : null,
  partialDataUrl: () => null,
};

export function findBulkOperation(_: unknown, args: Arguments, context: AdminContext): BulkOperation | null {
  return context.bulk.find(context.store.shop().domain, idOf("BulkOperation", args.id) ?? 0) ?? null;
}

export function runBulkQuery(_: unknown, args: Arguments, context: AdminContext) {
  const started = context.bulk.start(String(args.query), args.groupObjects === true, context);
  if ("operation" in started) return { bulkOperation: started.operation, userErrors: [] };
  const problem = userError("BulkOperationUserError", ["query"], started.problem, started.code);
  return { bulkOperation: null, userErrors: [problem] };
}

export function cancelBulkOperation(_: unknown, args: Arguments, context: AdminContext) {
  const operation = findBulkOperation(_, args, context);
  if (!operation) {
    const problem = userError("UserError", ["id"], "Bulk operation does not exist");
    return { bulkOperation: null, userErrors: [problem] };
  }
  context.bulk.cancel(operation);
  return { bulkOperation: operation, userErrors: [] };
}
