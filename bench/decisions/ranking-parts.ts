/** What bench/decisions/ranking.ts measures of the app; bundled, because the app's imports need it. */
export { STRANGER } from "#app/decisions/decisions.server";
export { judge } from "#app/decisions/judge";
export { learn } from "#app/decisions/model/learning";
export { emptyModel } from "#app/decisions/model/model";
export { candidateFeatures, contextFeatures } from "#app/decisions/model/features";
