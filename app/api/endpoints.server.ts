import type { Endpoint } from "./extension-api.server";

/** Every path extensions may call. */
export const ENDPOINTS: Record<string, Endpoint> = {};
