/**
 * Stands where an order's gid stands while there is no order: caps, dismissals and the repeated answer of one cart or
 * checkout hang on it, and the order that comes of it takes them over (decisions/join-order.server.ts).
 */
export function visitGid(token: string): string {
  return `gid://postlude/Visit/${token}`;
}
