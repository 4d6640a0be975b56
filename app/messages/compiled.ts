import { escapeHeader, escapeHtml, escapePlain, safeUrl } from "./escape";
import type { Reader } from "./format";
import { meets, type ShowRule, type ShownTo } from "./show-rule";
import { evaluate, evaluateAll, type Piece } from "./template-language";
import { variable, type Values } from "./variables";

/** When a part of a mail shows, by what its block is about. */
export type Condition =
  | "products"
  | "item-image"
  | "tracking"
  | "tracking-link"
  | "expected"
  | "nps"
  | "points"
  | "marketing"
  | "offer"
  | "offer-image"
  | "offer-discount"
  | "offer-reason"
  | "unsubscribe"
  | `progress-${1 | 2 | 3 | 4}`
  | `list:${string}`
  | `survey-${"scale" | "choice"}:${string}`
  | "tip-image"
  | "tip-link"
  | "agreed"
  | "tracked";

/** What a link is for; counted apart in results. */
export type LinkRole =
  "order" | "tracking" | "offer" | "survey" | "review" | "unsubscribe" | "honeypot" | "other";

export type Hole =
  | { place: "html" | "plain"; pieces: Piece[] }
  | { place: "link" | "plain-link"; pieces: Piece[]; role: LinkRole }
  | { place: "image"; pieces: Piece[] };

/** What a part is repeated for: the lines of the order, or a list of a block of ours. */
export type ListName = "item" | `tips:${string}` | `survey:${string}`;

export type Part =
  string | { hole: Hole } | { when: Condition | ShowRule; parts: Part[] } | { each: ListName; parts: Part[] };

/** A template of one version in one language, ready to be filled: no parsing, no React, only joining of texts. */
export type CompiledTemplate = {
  subject: Piece[];
  html: Part[];
  text: Part[];
  short: Piece[];
};

export type Filling = {
  values: Values;
  items: Values[];
  /** Of other blocks that repeat something. */
  lists?: ReadonlyMap<ListName, Values[]>;
  /** For the rules of blocks; left out: nothing is known. */
  to?: ShownTo;
  conditions: ReadonlySet<Condition>;
  reader: Reader;
  /** Turns a destination into the address that stands in the mail (a click link), or keeps it as it is. */
  link: (url: string, role: LinkRole) => string;
};

export type RenderedMail = { subject: string; html: string; text: string };

export function fill(template: CompiledTemplate, filling: Filling): RenderedMail {
  return {
    subject: escapeHeader(evaluateAll(template.subject, filling.values, filling.reader)),
    html: join(template.html, filling, filling.values),
    text: join(template.text, filling, filling.values)
      .replace(/[ \t]+\n/g, "\n")
      .replace(/\n{3,}/g, "\n\n")
      .trim(),
  };
}

/**
 * The short form for a channel without markup; empty where the template has none. Web addresses in it become click
 * links, as in a mail. Line breaks stay.
 */
export function fillShort(
  template: Pick<CompiledTemplate, "short">,
  { values, reader, link }: Pick<Filling, "values" | "reader" | "link">,
): string {
  const parts = template.short.map((piece) => {
    if (typeof piece === "string") return piece;
    if (variable(piece.path)?.kind !== "url") return evaluate(piece, values, reader);
    const url = urlOf([piece], values, reader);
    return url ? link(url, roleOfVariable(piece.path)) : "";
  });
  return escapePlain(parts.join("")).trim();
}

/** What a link is for, told from the variable that it is. */
export function roleOfVariable(path: string): LinkRole {
  if (path === "parcel.tracking_url") return "tracking";
  return path === "order.status_url" ? "order" : "other";
}

function join(parts: Part[], filling: Filling, values: Values): string {
  let out = "";
  for (const part of parts) {
    if (typeof part === "string") out += part;
    else if ("hole" in part) out += fillHole(part.hole, filling, values);
    else if ("each" in part) {
      const list = part.each === "item" ? filling.items : (filling.lists?.get(part.each) ?? []);
      for (const item of list) out += join(part.parts, filling, new Map([...values, ...item]));
    } else if (isShown(part.when, filling, values)) out += join(part.parts, filling, values);
  }
  return out;
}

function isShown(when: Condition | ShowRule, { conditions, to }: Filling, values: Values): boolean {
  if (typeof when !== "string")
    return meets(when, to && { ...to, hasAgreed: to.hasAgreed || conditions.has("agreed") });
  const asked = OF_EACH[when];
  return asked ? Boolean(values.get(asked)) : conditions.has(when);
}

/** Conditions on the thing that a part is repeated for. */
const OF_EACH: Partial<Record<Condition, string>> = {
  "item-image": "item.image",
  "tip-image": "tip.image",
  "tip-link": "tip.url",
};

function fillHole(hole: Hole, { reader, link }: Filling, values: Values): string {
  switch (hole.place) {
    case "html":
      return escapeHtml(evaluateAll(hole.pieces, values, reader)).replace(/\n/g, "<br/>");
    case "plain":
      return escapePlain(evaluateAll(hole.pieces, values, reader));
    case "image":
      return escapeHtml(urlOf(hole.pieces, values, reader) ?? "");
    case "link": {
      const url = urlOf(hole.pieces, values, reader);
      return url ? escapeHtml(link(url, hole.role)) : "";
    }
    case "plain-link": {
      const url = urlOf(hole.pieces, values, reader);
      return url ? link(url, hole.role) : "";
    }
  }
}

/** Gaps inside an address are percent-encoded; a variable that is the whole address must be a web address itself. */
function urlOf(pieces: Piece[], values: Values, reader: Reader): string | null {
  const [first] = pieces;
  if (pieces.length === 1 && first !== undefined && typeof first !== "string") {
    return safeUrl(evaluate(first, values, reader));
  }
  const parts = pieces.map((piece) =>
    typeof piece === "string" ? piece : encodeURIComponent(evaluate(piece, values, reader)),
  );
  return safeUrl(parts.join(""));
}
