import type { ReactNode } from "react";
import type { Locale } from "#app/shops/settings";
import { addressIn, fieldsOf, inLocale, settingOf, type Block } from "./blocks";
import { roleOfVariable, type Condition, type LinkRole, type ListName } from "./compiled";
import type { Marker } from "./holes";
import { parseUrl } from "./link-field";
import type { ShowRule } from "./show-rule";
import { parseText, type Piece } from "./template-language";

type Region = { when: Condition | ShowRule } | { each: ListName };

/** A block's texts in one language, as marks that the compiled template fills. */
export type BlockMarks = {
  block: Block;
  has: (field: string) => boolean;
  text: (field: string) => string;
  /** Paragraphs are parted by an empty line. */
  paragraphs: (field: string) => string[];
  link: (field: string) => string;
  image: (field: string) => string;
  setting: (name: string) => string;
  /** A variable of our own, which merchants cannot name. */
  own: (as: "text" | "image" | LinkRole, path: string) => string;
  /** An address that is the same for everybody. */
  fixed: (role: LinkRole, url: string) => string;
  when: (condition: Condition | ShowRule, children: ReactNode) => ReactNode;
  each: (list: ListName, children: ReactNode) => ReactNode;
  /** The same regions around text, for the plain-text part. */
  around: (region: Region, text: string) => string;
};

/** @param standIn whose texts are taken where `locale` has none */
export function blockMarks(
  block: Block,
  { locale, standIn }: { locale: Locale; standIn: Locale },
  mark: Marker,
): BlockMarks {
  const kindOf = (field: string) => fieldsOf(block.type).find(({ name }) => name === field)?.kind;
  const source = (field: string) => {
    const read = kindOf(field) === "url" ? addressIn : inLocale;
    return read(block.fields[field], locale, standIn).trim();
  };
  const pieces = (field: string): Piece[] => parseText(source(field)).pieces;
  const urlPieces = (field: string): Piece[] => parseUrl(source(field)).pieces;
  const around = (region: Region, children: ReactNode) => (
    <>
      {mark.open(region)}
      {children}
      {mark.close(region)}
    </>
  );
  return {
    block,
    has: (field) => kindOf(field) !== undefined && source(field) !== "",
    text: (field) => mark.text(pieces(field)),
    paragraphs: (field) =>
      source(field)
        .split(/\n\s*\n/)
        .filter((paragraph) => paragraph.trim() !== "")
        .map((paragraph) => mark.text(parseText(paragraph).pieces)),
    link: (field) => mark.link(urlPieces(field), roleOf(block, urlPieces(field))),
    image: (field) => mark.image(urlPieces(field)),
    setting: (name) => settingOf(block, name),
    own: (as, path) => {
      const own: Piece[] = [{ path, filters: [] }];
      if (as === "text") return mark.text(own);
      return as === "image" ? mark.image(own) : mark.link(own, as);
    },
    fixed: (role, url) => mark.link([url], role),
    when: (condition, children) => around({ when: condition }, children),
    each: (list, children) => around({ each: list }, children),
    around: (region, text) => mark.open(region) + text + mark.close(region),
  };
}

function roleOf(block: Block, [first]: Piece[]): LinkRole {
  if (block.type === "marketing") return "offer";
  if (first === undefined || typeof first === "string") return "other";
  return roleOfVariable(first.path);
}
