import { z } from "zod";
import { deleteCollection, noteCollection } from "#app/orders/collections.server";
import { gid, gidOf, id, text, time } from "./fields";
import { DONE, topic } from "./topic";

const CollectionSchema = z.object({
  id,
  admin_graphql_api_id: text,
  title: z.string(),
  updated_at: time,
});

/** Says nothing of the products in it; they are read afterwards. */
const collection = topic(CollectionSchema, async ({ tx, shop }, payload) => {
  const { title, updated_at: updatedAt } = payload;
  await noteCollection(tx, shop.id, { gid: gidOf("Collection", payload), title, updatedAt });
  return DONE;
});

export const COLLECTION_TOPICS = {
  "collections/create": collection,
  "collections/update": collection,
  "collections/delete": topic(z.object({ id }), async ({ tx, shop }, row) => {
    await deleteCollection(tx, shop.id, gid("Collection", row.id));
    return DONE;
  }),
};
