import type { Block } from "../../extensions/shared/contract";
import { careSource } from "./gather-care.server";
import { offersSource } from "./gather-offers.server";
import { loyaltySource } from "./gather-loyalty.server";
import { sponsoredSource } from "./gather-sponsored.server";
import { surveysSource } from "./gather-surveys.server";
import type { Source } from "./source";

/** What may be shown where: the features that propose candidates for a block. A new kind of content is a line here. */
export const SOURCES: Record<Block, Source[]> = {
  offers: [offersSource, sponsoredSource, careSource],
  surveys: [surveysSource],
  loyalty: [loyaltySource],
  service: [],
};
