// tagsAdd and tagsRemove, for customers.
import { idOf } from "../../store/ids.ts";
import { unmodelled, userError, type AdminContext, type Arguments } from "../context.ts";

export function addTags(_: unknown, args: Arguments, context: AdminContext) {
  return changeTags(args, context, (tags, given) => [...new Set([...tags, ...given])]);
}

export function removeTags(_: unknown, args: Arguments, context: AdminContext) {
  return changeTags(args, context, (tags, given) => tags.filter((tag) => !given.includes(tag)));
}

function changeTags(
  { id, tags }: Arguments,
  context: AdminContext,
  change: (tags: string[], given: string[]) => string[],
) {
  const customerId = idOf("Customer", String(id));
  if (customerId === undefined) throw unmodelled(context, "tags of anything but customers");
  const customer = context.store.customer(customerId);
  if (!customer)
    return { node: null, userErrors: [userError("UserError", ["id"], "Customer does not exist")] };
  const given = (Array.isArray(tags) ? tags : [tags]).map(String);
  context.store.updateCustomer(customerId, { tags: change(customer.tags, given) });
  return { node: null, userErrors: [] };
}
