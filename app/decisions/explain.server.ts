import type { ShopId, Tx } from "#app/db/tx";
import type { Prisma } from "#app/generated/prisma/client";
import type { JudgedCandidate } from "./candidate";
import type { DecisionContext } from "./decision";
import { unpackCandidates } from "./stored-candidates";

/** Decisions as a person reads them: what was asked, what was chosen, and why not the rest. */
export type DecisionSummary = {
  id: string;
  surface: string;
  block: string;
  decidedAt: Date;
  candidates: number;
  placements: { kind: string; candidateId: string; subject: string; outcome: PlacementOutcome }[];
  /** The reason that most candidates were left out for, where nothing was shown. */
  mainReason: string | null;
};
export type PlacementOutcome = "bought" | "accepted" | "dismissed" | "clicked" | "seen" | "not seen";

export type ExplainedDecision = Omit<DecisionSummary, "candidates"> & {
  locale: string;
  modelVersion: string;
  /** Null once the person was erased: what they bought went with them. */
  context: DecisionContext | null;
  candidates: JudgedCandidate[];
};

export type Filter = {
  block: string;
  /** Those that had it among what was shown. */
  candidateId?: string;
  /** What a person types to find somebody: an order's name, an email address, a name. */
  about?: string;
  limit: number;
};

/** The latest decisions of one block, newest first. */
export async function latestDecisions(
  tx: Tx,
  shopId: ShopId,
  { block, candidateId, about, limit }: Filter,
): Promise<DecisionSummary[]> {
  const rows = await tx.decision.findMany({
    where: {
      shopId,
      block,
      ...(candidateId && { placements: { some: { candidateId } } }),
      ...(about && (await aboutWhom(tx, shopId, about))),
    },
    include: { placements: { orderBy: { position: "asc" } } },
    orderBy: [{ decidedAt: "desc" }, { id: "desc" }],
    take: limit,
  });
  return rows.map((row) => {
    const explained = explain(row);
    return { ...explained, candidates: explained.candidates.length };
  });
}

export async function decisionById(tx: Tx, shopId: ShopId, id: string): Promise<ExplainedDecision | null> {
  const row = await tx.decision.findUnique({
    where: { shopId_id: { shopId, id } },
    include: { placements: { orderBy: { position: "asc" } } },
  });
  return row && explain(row);
}

/** Most people or orders that one search is about. */
const MOST_FOUND = 50;

/** Decisions about the orders and customers that are meant; nobody where none is. */
async function aboutWhom(tx: Tx, shopId: ShopId, about: string): Promise<Prisma.DecisionWhereInput> {
  const text = about.trim();
  const name = `#${text.replace(/^#/, "")}`;
  const anyCase = (value: string) => ({ equals: value, mode: "insensitive" as const });
  const orders = await tx.order.findMany({
    where: { shopId, OR: [{ name: { in: [text, name] } }, { gid: text }, { email: anyCase(text) }] },
    select: { gid: true },
    orderBy: { placedAt: "desc" },
    take: MOST_FOUND,
  });
  const [first = text, ...rest] = text.split(/\s+/);
  const customers = await tx.customer.findMany({
    where: {
      shopId,
      OR: [
        { gid: text },
        { email: anyCase(text) },
        ...(rest.length > 0
          ? [{ firstName: anyCase(first), lastName: anyCase(rest.join(" ")) }]
          : [{ lastName: anyCase(text) }]),
      ],
    },
    select: { gid: true },
    take: MOST_FOUND,
  });
  return {
    OR: [
      { orderGid: { in: orders.map(({ gid }) => gid) } },
      { personKey: { in: customers.map(({ gid }) => gid) } },
    ],
  };
}

type Row = NonNullable<Awaited<ReturnType<Tx["decision"]["findUnique"]>>> & {
  placements: NonNullable<Awaited<ReturnType<Tx["placement"]["findUnique"]>>>[];
};

/** Erasing a person empties the context; no decision is made without one. */
function isErased(context: unknown): boolean {
  return Object.keys(context as object).length === 0;
}

function explain(row: Row): ExplainedDecision {
  const candidates = unpackCandidates(row.candidates);
  return {
    id: row.id,
    surface: row.surface,
    block: row.block,
    decidedAt: row.decidedAt,
    locale: row.locale,
    modelVersion: row.modelVersion,
    context: isErased(row.context) ? null : (row.context as unknown as DecisionContext),
    candidates,
    placements: row.placements.map((placement) => ({
      kind: placement.kind,
      candidateId: placement.candidateId,
      subject: placement.subject,
      outcome: outcomeOf(placement),
    })),
    mainReason: row.placements.length > 0 ? null : mostFrequent(candidates),
  };
}

function outcomeOf(placement: Row["placements"][number]): PlacementOutcome {
  if (placement.convertedAt) return "bought";
  if (placement.acceptedAt) return "accepted";
  if (placement.dismissedAt) return "dismissed";
  if (placement.clickedAt) return "clicked";
  return placement.impressionAt ? "seen" : "not seen";
}

function mostFrequent(candidates: JudgedCandidate[]): string | null {
  const counts = new Map<string, number>();
  // What never stands there says little, unless nothing else would have.
  const others = candidates.filter(({ reason }) => reason !== "excluded");
  for (const { reason } of others.length > 0 ? others : candidates)
    if (reason) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const [top] = [...counts].sort((a, b) => b[1] - a[1]);
  return top?.[0] ?? null;
}
