import { z } from "zod";
import type { Tx } from "#app/db/tx";
import type { Shop } from "#app/generated/prisma/client";
import { figuresOf, journeyOf, type JourneyDetail } from "#app/journeys/journeys.server";
import type { JourneyForm } from "./draft";
import { vocabularyOf } from "./vocabulary.server";

type Wanted = {
  /** Of a journey, or "new". */
  id: string;
  locale: string;
  staffId: string;
};

const EMPTY: JourneyForm = {
  name: "",
  definition: {
    version: 1,
    trigger: { fact: "order.placed", filters: [] },
    steps: [],
    exits: [{ id: "cancelled", type: "fact", fact: "order.cancelled" }],
    reentry: { rule: "per-subject", afterDays: null },
    goal: null,
    holdoutPercent: 0,
  },
};

/** All that the editor shows. @throws Response 404 where there is no such journey */
export async function editedJourney(tx: Tx, shop: Shop, { id, locale, staffId }: Wanted) {
  const journey = id === "new" ? null : await journeyOf(tx, shop.id, idOf(id));
  if (!journey && id !== "new") throw new Response("No such journey", { status: 404 });
  const form: JourneyForm = journey ? { name: journey.name, definition: journey.definition } : EMPTY;
  return {
    id: journey?.id ?? null,
    form,
    enabled: journey?.enabled ?? false,
    description: journey?.description ?? "",
    edited: journey?.edited ?? false,
    archived: journey?.archived ?? false,
    version: journey?.version ?? 0,
    versions: journey ? versionRows(journey, staffId) : [],
    figures: journey ? (await figuresOf(tx, shop.id, journey.id)).steps : {},
    names: await vocabularyOf(tx, shop, form.definition, locale),
    locale,
    timezone: shop.timezone,
  };
}

function versionRows({ versions }: JourneyDetail, staffId: string) {
  return versions.map(({ version, createdAt, createdBy }) => ({
    ...{ version, createdAt },
    by: byWhom(createdBy, staffId),
  }));
}

function byWhom(author: string, reader: string): string | null {
  if (!author) return null;
  return author === reader ? "you" : "a colleague";
}

/** An id that is no UUID belongs to no journey. */
export function idOf(text: string): string {
  const id = z.uuid().safeParse(text);
  if (!id.success) throw new Response("No such journey", { status: 404 });
  return id.data;
}
