// Product pictures: small drawings made from a motif and three colours, served as SVG. No file, no licence.
import type { Product } from "./types.ts";

/** How a product is drawn: a motif on a colour. */
export type Picture = { motif: string; background: string; colour: string; accent: string };

export function picturePath(product: Product): string {
  return `/pictures/${product.handle}.svg`;
}

type Draw = (colour: string, accent: string) => string;

const MOTIFS: Record<string, Draw> = {
  mug: (c, a) =>
    `<path d="M120 140h130v110a40 40 0 0 1-40 40h-50a40 40 0 0 1-40-40z" fill="${c}"/><path d="M250 165h20a35 35 0 0 1 0 70h-20" fill="none" stroke="${c}" stroke-width="16"/><path d="M120 140h130v22H120z" fill="${a}"/>`,
  infuser: (c, a) =>
    `<path d="M200 90v70" stroke="${a}" stroke-width="8"/><circle cx="200" cy="225" r="68" fill="${c}"/><path d="M132 225h136" stroke="${a}" stroke-width="8"/><g fill="${a}"><circle cx="170" cy="255" r="5"/><circle cx="200" cy="265" r="5"/><circle cx="230" cy="255" r="5"/></g>`,
  tin: (c, a) =>
    `<rect x="130" y="110" width="140" height="190" rx="14" fill="${c}"/><rect x="122" y="96" width="156" height="36" rx="10" fill="${a}"/><rect x="150" y="180" width="100" height="70" rx="6" fill="${a}"/>`,
  teapot: (c, a) =>
    `<ellipse cx="200" cy="225" rx="90" ry="72" fill="${c}"/><path d="M285 210q40-10 50-55" fill="none" stroke="${c}" stroke-width="20"/><path d="M125 165q75-130 150 0" fill="none" stroke="${a}" stroke-width="12"/><circle cx="200" cy="148" r="12" fill="${a}"/>`,
  candle: (c, a) =>
    `<rect x="140" y="170" width="120" height="130" rx="12" fill="${c}"/><path d="M200 170v-26" stroke="${a}" stroke-width="6"/><path d="M200 84c30 34 20 62 0 62s-30-28 0-62z" fill="#f2b84b"/><rect x="160" y="215" width="80" height="46" rx="4" fill="${a}"/>`,
  snuffer: (c, a) =>
    `<path d="M110 300 255 150" stroke="${c}" stroke-width="14" stroke-linecap="round"/><path d="m240 100 62 62-30 12-44-44z" fill="${a}"/>`,
  throw: (c, a) =>
    `<path d="M110 120h180v150H110z" fill="${c}"/><path d="M110 160h180M110 200h180M110 240h180" stroke="${a}" stroke-width="10"/><path d="M120 270v34m26-34v34m26-34v34m26-34v34m26-34v34m26-34v34m28-34v34" stroke="${c}" stroke-width="8"/>`,
  cushion: (c, a) =>
    `<path d="M115 125q85 22 170 0 -22 85 0 170-85-22-170 0 22-85 0-170z" fill="${c}"/><g fill="${a}"><circle cx="200" cy="180" r="7"/><circle cx="200" cy="212" r="7"/><circle cx="200" cy="244" r="7"/></g>`,
  board: (c, a) =>
    `<rect x="130" y="150" width="140" height="160" rx="30" fill="${c}"/><rect x="184" y="84" width="32" height="80" rx="16" fill="${c}"/><circle cx="200" cy="104" r="7" fill="${a}"/><path d="M155 190q45 24 90 0M155 240q45 24 90 0" fill="none" stroke="${a}" stroke-width="5"/>`,
  bottle: (c, a) =>
    `<path d="M175 90h50v50q35 20 35 60v90a16 16 0 0 1-16 16h-88a16 16 0 0 1-16-16v-90q0-40 35-60z" fill="${c}"/><rect x="150" y="210" width="100" height="60" fill="${a}"/>`,
  apron: (c, a) =>
    `<path d="M160 110h80l20 60 30 20v120H110V190l30-20z" fill="${c}"/><path d="M160 110q40-50 80 0" fill="none" stroke="${a}" stroke-width="8"/><rect x="155" y="220" width="90" height="50" fill="none" stroke="${a}" stroke-width="6"/>`,
  towels: (c, a) =>
    `<rect x="120" y="110" width="160" height="190" fill="${a}" stroke="${c}" stroke-width="6"/><path d="M120 150h160M120 175h160M120 245h160M120 270h160" stroke="${c}" stroke-width="10"/>`,
  bowl: (c, a) =>
    `<path d="M95 190h210q-10 105-105 105T95 190z" fill="${c}"/><ellipse cx="200" cy="190" rx="105" ry="24" fill="${a}"/>`,
  plate: (c, a) =>
    `<circle cx="200" cy="205" r="110" fill="${c}"/><circle cx="200" cy="205" r="76" fill="${a}"/>`,
  carafe: (c, a) =>
    `<path d="M170 110h60v60q50 40 50 90a45 45 0 0 1-45 45h-70a45 45 0 0 1-45-45q0-50 50-90z" fill="${c}" opacity=".8"/><path d="M124 245q76 24 152 0 2 60-46 60h-60q-48 0-46-60z" fill="${a}" opacity=".6"/><rect x="160" y="88" width="80" height="30" rx="6" fill="${a}"/>`,
  soap: (c, a) =>
    `<rect x="110" y="150" width="180" height="120" rx="36" fill="${c}"/><rect x="140" y="178" width="120" height="64" rx="20" fill="none" stroke="${a}" stroke-width="6"/><circle cx="285" cy="130" r="18" fill="${a}" opacity=".4"/>`,
  towel: (c, a) =>
    `<path d="M100 120h200" stroke="${c}" stroke-width="12" stroke-linecap="round"/><path d="M125 120h150v180H125z" fill="${a}"/><path d="M125 250h150v22H125zM125 150h150v10H125z" fill="${c}"/>`,
  dish: (c, a) =>
    `<rect x="95" y="215" width="210" height="50" rx="20" fill="${c}"/><path d="M120 232h160" stroke="${a}" stroke-width="7" stroke-dasharray="26 12"/><rect x="150" y="170" width="100" height="46" rx="18" fill="${a}"/>`,
  notebook: (c, a) =>
    `<rect x="130" y="100" width="150" height="205" rx="8" fill="${c}"/><rect x="130" y="100" width="24" height="205" rx="8" fill="${a}"/><path d="M245 100v120" stroke="${a}" stroke-width="7"/>`,
  tray: (c, a) =>
    `<rect x="90" y="180" width="220" height="80" rx="14" fill="${c}"/><rect x="106" y="196" width="188" height="48" rx="8" fill="${a}"/><path d="M125 220h110" stroke="${c}" stroke-width="9" stroke-linecap="round"/>`,
  cards: (c, a) =>
    `<rect x="110" y="140" width="140" height="170" rx="6" fill="#fff" transform="rotate(-8 180 225)"/><rect x="150" y="130" width="140" height="170" rx="6" fill="#fff" stroke="${c}" stroke-width="4"/><path d="M220 275v-90" stroke="${c}" stroke-width="6"/><path d="M220 220q-40-6-44-40 40 0 44 40zm0-20q40-6 44-40-40 0-44 40z" fill="${c}"/><circle cx="220" cy="170" r="12" fill="${a}"/>`,
  planter: (c, a) =>
    `<path d="M130 200h140l-20 110H150z" fill="${c}"/><rect x="118" y="182" width="164" height="30" rx="6" fill="${c}"/><path d="M200 182V100m0 60q-50-5-60-50 52 0 60 50zm0-24q48-5 58-46-50 0-58 46z" fill="${a}" stroke="${a}" stroke-width="6"/>`,
  seeds: (c, a) =>
    `<rect x="135" y="100" width="130" height="205" rx="6" fill="${a}"/><rect x="135" y="100" width="130" height="40" fill="${c}"/><path d="M200 270v-70" stroke="${c}" stroke-width="7"/><path d="M200 225q-38-4-44-38 40-2 44 38zm0-10q38-4 44-38-40-2-44 38z" fill="${c}"/>`,
  snips: (c, a) =>
    `<circle cx="155" cy="265" r="30" fill="none" stroke="${c}" stroke-width="14"/><circle cx="245" cy="265" r="30" fill="none" stroke="${c}" stroke-width="14"/><path d="m170 240 70-140M230 240l-70-140" stroke="${a}" stroke-width="14" stroke-linecap="round"/>`,
  bauble: (c, a) =>
    `<circle cx="200" cy="220" r="84" fill="${c}"/><rect x="182" y="116" width="36" height="28" rx="6" fill="${a}"/><path d="M200 116q-20-34 0-40 20 6 0 40" fill="none" stroke="${a}" stroke-width="6"/><path d="M122 205q78 40 156 0" fill="none" stroke="${a}" stroke-width="10"/>`,
  stocking: (c, a) =>
    `<path d="M160 110h80v120q0 20 30 34 30 16 14 40-10 12-44 6l-50-10q-30-8-30-50z" fill="${c}"/><rect x="150" y="96" width="100" height="42" rx="10" fill="${a}"/>`,
  parcel: (c, a) =>
    `<rect x="110" y="140" width="180" height="150" rx="8" fill="${c}"/><path d="M200 140v150M110 200h180" stroke="${a}" stroke-width="18"/><path d="M200 140q-60-10-40-46 34-10 40 46 6-56 40-46 20 36-40 46z" fill="${a}"/>`,
};

/** An SVG of 400 × 400. Unknown motifs become a wrapped parcel. */
export function drawPicture(picture: Picture, title: string): string {
  const draw = MOTIFS[picture.motif] ?? MOTIFS.parcel!;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="400" height="400" role="img">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="400" height="400" fill="${picture.background}"/>`,
    `<ellipse cx="200" cy="318" rx="120" ry="14" fill="#000" opacity=".07"/>`,
    draw(picture.colour, picture.accent),
    `</svg>`,
  ].join("");
}

function escapeXml(value: string): string {
  return value.replace(/[<>&"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

const PALETTES: [string, string, string][] = [
  ["#e8efe9", "#4d7c6f", "#f4f1ea"],
  ["#f5e9dc", "#c98b4b", "#6d4522"],
  ["#e9eef4", "#59789c", "#f1d9b8"],
  ["#f3ece8", "#b4715f", "#5b3a34"],
  ["#eceaf4", "#4b4674", "#d8b45a"],
  ["#e6f1f2", "#79b4b8", "#3d6f78"],
];

const KEYWORDS: [RegExp, string][] = [
  [/mug|cup\b/i, "mug"],
  [/teapot/i, "teapot"],
  [/t-?light|candle|lantern|holder/i, "candle"],
  [/cushion/i, "cushion"],
  [/bowl/i, "bowl"],
  [/plate/i, "plate"],
  [/towel/i, "towels"],
  [/apron/i, "apron"],
  [/soap/i, "soap"],
  [/card|wrap|paper/i, "cards"],
  [/notebook|diary|journal|book/i, "notebook"],
  [/planter|garden|plant|flower/i, "planter"],
  [/christmas|bauble|tree/i, "bauble"],
  [/stocking/i, "stocking"],
  [/tin\b|box|storage|jar/i, "tin"],
  [/bottle|glass|jug|carafe/i, "carafe"],
  [/tray/i, "tray"],
  [/board/i, "board"],
];

/** A picture for a product of which only the title is known (imported histories). */
export function pictureForTitle(title: string): Picture {
  const motif = KEYWORDS.find(([pattern]) => pattern.test(title))?.[1] ?? "parcel";
  const hash = [...title].reduce((value, letter) => (value * 31 + letter.charCodeAt(0)) >>> 0, 7);
  const [background, colour, accent] = PALETTES[hash % PALETTES.length]!;
  return { motif, background, colour, accent };
}
