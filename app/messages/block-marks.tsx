import type { ReactNode } from "react";
import type { Locale } from "#app/shops/settings";
import { fieldsOf, inLocale, type Block } from "./blocks";
import { roleOfVariable, type Condition, type LinkRole } from "./compiled";
import type { Marker } from "./holes";
import { parseUrl } from "./link-field";
import { parseText, type Piece } from "./template-language";

/** A block's texts in one language, as marks that the compiled template fills. */
export type BlockMarks = {
  block: Block;
  has: (field: string) => boolean;
  text: (field: string) => string;
  /** Paragraphs are parted by an empty line. */
  paragraphs: (field: string) => string[];
  link: (field: string) => string;
  image: (field: string) => string;
  /** A variable of our own, which merchants cannot name. */
  own: (as: "text" | "image" | LinkRole, path: string) => string;
  when: (condition: Condition, children: ReactNode) => ReactNode;
  eachItem: (children: ReactNode) => ReactNode;
  /** The same regions around text, for the plain-text part. */
  around: (condition: Condition | "item", text: string) => string;
};

export function blockMarks(block: Block, locale: Locale, mark: Marker): BlockMarks {
  const source = (field: string) => inLocale(block.fields[field], locale).trim();
  const pieces = (field: string): Piece[] => parseText(source(field)).pieces;
  const urlPieces = (field: string): Piece[] => parseUrl(source(field)).pieces;
  const region = (condition: Condition | "item") =>
    condition === "item" ? { each: "item" as const } : { when: condition };
  const around = (condition: Condition | "item", children: ReactNode) => (
    <>
      {mark.open(region(condition))}
      {children}
      {mark.close(region(condition))}
    </>
  );
  return {
    block,
    has: (field) => fieldsOf(block.type).some(({ name }) => name === field) && source(field) !== "",
    text: (field) => mark.text(pieces(field)),
    paragraphs: (field) =>
      source(field)
        .split(/\n\s*\n/)
        .filter((paragraph) => paragraph.trim() !== "")
        .map((paragraph) => mark.text(parseText(paragraph).pieces)),
    link: (field) => mark.link(urlPieces(field), roleOf(block, urlPieces(field))),
    image: (field) => mark.image(urlPieces(field)),
    own: (as, path) => {
      const own: Piece[] = [{ path, filters: [] }];
      if (as === "text") return mark.text(own);
      return as === "image" ? mark.image(own) : mark.link(own, as);
    },
    when: (condition, children) => around(condition, children),
    eachItem: (children) => around("item", children),
    around: (condition, text) => mark.open(region(condition)) + text + mark.close(region(condition)),
  };
}

function roleOf(block: Block, [first]: Piece[]): LinkRole {
  if (block.type === "marketing") return "offer";
  if (first === undefined || typeof first === "string") return "other";
  return roleOfVariable(first.path);
}
