import type { ImportRun } from "#app/generated/prisma/client";
import type { ImportPorts, ImportShop } from "./import-port";
import { ResultGoneError } from "./import-port";
import { ACTIVE, endRun, isItsTurn } from "./import-runs.server";
import { readResult } from "./read-result.server";

const RUN_BULK_QUERY = `#graphql
  mutation StartImport($query: String!) {
    bulkOperationRunQuery(query: $query, groupObjects: false) {
      bulkOperation {
        id
      }
      userErrors {
        code
        message
      }
    }
  }
`;

const BULK_OPERATION = `#graphql
  query ImportState($id: ID!) {
    bulkOperation(id: $id) {
      status
      errorCode
      rootObjectCount
      url
    }
  }
`;

type StartData = {
  bulkOperationRunQuery: {
    bulkOperation: { id: string } | null;
    userErrors: { code: string | null; message: string }[];
  };
};
type StateData = {
  bulkOperation: {
    status: string;
    errorCode: string | null;
    rootObjectCount: string;
    url: string | null;
  } | null;
};

/** Another bulk operation of ours is at work: no fault, only not yet. */
const BUSY = ["OPERATION_IN_PROGRESS", "LIMIT_REACHED"];

/**
 * Takes one run a step further: asks Shopify to collect, looks whether it has, reads what it collected. Every step
 * leaves the row in a state from which any process can go on.
 * @returns whether the run moved
 */
export async function advanceImport(ports: ImportPorts, shop: ImportShop, runId: string): Promise<boolean> {
  const run = await ports.inShop((tx) =>
    tx.importRun.findUnique({ where: { shopId_id: { shopId: shop.id, id: runId } } }),
  );
  if (!run || !ACTIVE.includes(run.status)) return false;
  if (run.status === "waiting") return startCollecting(ports, run);
  if (run.status === "running") return lookAfterCollecting(ports, run);
  try {
    return await readResult(ports, shop, run);
  } catch (error) {
    if (!(error instanceof ResultGoneError)) throw error;
    await change(ports, run, {
      status: "waiting",
      resultUrl: null,
      bulkOperationId: null,
      objectsDone: 0,
      linesDone: 0,
    });
    return true;
  }
}

async function startCollecting(ports: ImportPorts, run: ImportRun): Promise<boolean> {
  if (!(await ports.inShop((tx) => isItsTurn(tx, run)))) return false;
  const admin = await ports.admin();
  const { query } = ports.writers[run.kind];
  const { bulkOperationRunQuery: answer } = await admin.query<StartData>(RUN_BULK_QUERY, { query });
  const [problem] = answer.userErrors;
  if (problem && BUSY.includes(problem.code ?? "")) return false;
  if (!answer.bulkOperation) {
    await fail(ports, run, problem?.message ?? "Shopify did not start the import.");
    return true;
  }
  await change(ports, run, { status: "running", bulkOperationId: answer.bulkOperation.id });
  return true;
}

async function lookAfterCollecting(ports: ImportPorts, run: ImportRun): Promise<boolean> {
  const admin = await ports.admin();
  const { bulkOperation } = await admin.query<StateData>(BULK_OPERATION, { id: run.bulkOperationId });
  if (!bulkOperation) {
    await fail(ports, run, "Shopify no longer knows this import. Start it again.");
    return true;
  }
  const objectsTotal = Number(bulkOperation.rootObjectCount);
  switch (bulkOperation.status) {
    case "COMPLETED":
      if (bulkOperation.url) {
        await change(ports, run, { status: "reading", resultUrl: bulkOperation.url, objectsTotal });
      } else {
        await ports.inShop((tx) => endRun(tx, run, { status: "done" }, ports.now()));
      }
      return true;
    case "FAILED":
    case "CANCELED":
    case "EXPIRED":
      await fail(
        ports,
        run,
        `Shopify stopped the import (${bulkOperation.errorCode ?? bulkOperation.status}).`,
      );
      return true;
    default:
      if (objectsTotal !== run.objectsTotal) await change(ports, run, { objectsTotal });
      return false;
  }
}

async function fail(ports: ImportPorts, run: ImportRun, error: string): Promise<void> {
  await ports.inShop((tx) => endRun(tx, run, { status: "failed", error }, ports.now()));
}

/** Only from the state we saw: another process may have moved the run meanwhile. */
async function change(ports: ImportPorts, run: ImportRun, to: Partial<ImportRun>): Promise<void> {
  await ports.inShop((tx) =>
    tx.importRun.updateMany({
      where: { shopId: run.shopId, id: run.id, status: run.status },
      data: { ...to, updatedAt: ports.now() },
    }),
  );
}
