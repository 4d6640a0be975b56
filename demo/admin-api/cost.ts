// Query cost and the leaky bucket: 2,000 points, 100 a second come back, 1,000 at most for one query.
// Shopify's exact formula is not published in full; ours counts objects and grows with page sizes.
import {
  getNamedType,
  isCompositeType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
} from "graphql";

export const LARGEST_COST = 1000;
const BUCKET = 2000;
const RESTORED_PER_SECOND = 100;
const MUTATION_COST = 10;

export function queryCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Record<string, unknown>,
): number {
  const info = new TypeInfo(schema);
  const factors = [1];
  let cost = 0;
  visit(
    document,
    visitWithTypeInfo(info, {
      Field: {
        enter(node) {
          const factor = factors.at(-1)!;
          const type = getNamedType(info.getType());
          if (info.getParentType() === schema.getMutationType()) cost += MUTATION_COST;
          else if (type && isCompositeType(type) && !/^PageInfo$|Edge$/.test(type.name)) cost += factor;
          factors.push(type?.name.endsWith("Connection") ? factor * pageFactor(node, variables) : factor);
        },
        leave() {
          factors.pop();
        },
      },
    }),
  );
  return Math.ceil(cost);
}

/** Pages cost by the logarithm of their size: 250 nodes cost as much as 8. */
function pageFactor(node: FieldNode, variables: Record<string, unknown>): number {
  const argument = node.arguments?.find(({ name }) => name.value === "first" || name.value === "last");
  const value = argument?.value;
  const size =
    value?.kind === "Variable"
      ? Number(variables[value.name.value] ?? 10)
      : value?.kind === "IntValue"
        ? Number(value.value)
        : 10;
  return Math.max(1, Math.ceil(Math.log2(size + 1)));
}

export type ThrottleStatus = { maximumAvailable: number; currentlyAvailable: number; restoreRate: number };

export type Buckets = {
  /** Takes the cost if the bucket has it. */
  take(key: string, cost: number): { granted: boolean; status: ThrottleStatus };
};

/** Buckets run on real time: advancing the demo clock must not fill them. */
export function createBuckets(realNow: () => number = Date.now): Buckets {
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    take(key, cost) {
      const now = realNow();
      const bucket = buckets.get(key) ?? { left: BUCKET, at: now };
      bucket.left = Math.min(BUCKET, bucket.left + ((now - bucket.at) / 1000) * RESTORED_PER_SECOND);
      bucket.at = now;
      const granted = bucket.left >= cost;
      if (granted) bucket.left -= cost;
      buckets.set(key, bucket);
      return {
        granted,
        status: {
          maximumAvailable: BUCKET,
          currentlyAvailable: Math.floor(bucket.left),
          restoreRate: RESTORED_PER_SECOND,
        },
      };
    },
  };
}
