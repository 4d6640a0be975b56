import type { Condition, Hole, LinkRole, ListName, Part } from "./compiled";
import type { ShowRule } from "./show-rule";
import type { Piece } from "./template-language";

/**
 * While a template is compiled, holes and conditional regions travel through React as private-use characters around a
 * number; afterwards the rendered text is cut at them. React never sees a value, a value never meets React.
 */
const HOLE = "\uE000";
const OPEN = "\uE001";
const CLOSE = "\uE002";
const END = "\uE003";
const MARK = /([\uE000-\uE002])(\d+)\uE003/g;

export function stripMarks(text: string): string {
  return text.replace(/[\uE000-\uE003]/g, "");
}

type Region = { when: Condition | ShowRule } | { each: ListName };

export type Marker = {
  /** Literal text with its variables, for a place between tags or inside an attribute. */
  text: (pieces: Piece[]) => string;
  link: (pieces: Piece[], role: LinkRole) => string;
  image: (pieces: Piece[]) => string;
  open: (region: Region) => string;
  close: (region: Region) => string;
  /** Cuts rendered text at the marks. */
  cut: (rendered: string) => Part[];
};

export function marker(place: "html" | "plain"): Marker {
  const holes: Hole[] = [];
  const regions: Region[] = [];
  const hole = (one: Hole) => `${HOLE}${holes.push(one) - 1}${END}`;
  const region = (mark: string, one: Region) => {
    const known = regions.findIndex((other) => JSON.stringify(other) === JSON.stringify(one));
    return `${mark}${known >= 0 ? known : regions.push(one) - 1}${END}`;
  };
  return {
    text: (pieces) => hole({ place, pieces }),
    link: (pieces, role) => hole({ place: place === "html" ? "link" : "plain-link", pieces, role }),
    image: (pieces) => hole({ place: "image", pieces }),
    open: (one) => region(OPEN, one),
    close: (one) => region(CLOSE, one),
    cut: (rendered) => cut(rendered, holes, regions),
  };
}

function cut(rendered: string, holes: Hole[], regions: Region[]): Part[] {
  const root: Part[] = [];
  const stack: { region: number; parts: Part[] }[] = [{ region: -1, parts: root }];
  let at = 0;
  for (const match of rendered.matchAll(MARK)) {
    const parts = stack.at(-1)!.parts;
    if (match.index > at) parts.push(rendered.slice(at, match.index));
    at = match.index + match[0].length;
    const number = Number(match[2]);
    if (match[1] === HOLE) parts.push({ hole: holes[number]! });
    else if (match[1] === OPEN) {
      const inner: Part[] = [];
      parts.push({ ...regions[number]!, parts: inner });
      stack.push({ region: number, parts: inner });
    } else if (stack.pop()?.region !== number) throw new Error("regions of a template are not nested");
  }
  if (stack.length !== 1) throw new Error("a region of a template is not closed");
  if (at < rendered.length) root.push(rendered.slice(at));
  return root;
}
