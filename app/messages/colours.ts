import { luminance } from "#app/shops/contrast";

/** Black or white, whichever contrasts more with a "#rrggbb" background. */
export function readableOn(background: string): "#000000" | "#ffffff" {
  return luminance(background) > 0.179 ? "#000000" : "#ffffff";
}
