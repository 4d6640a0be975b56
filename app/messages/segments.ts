/**
 * How many SMS a text takes (3GPP TS 23.038 and 23.040): one of 160 characters in the GSM alphabet, parts of 153 where
 * it is longer; 70 and 67 in UCS-2 as soon as one character is not in that alphabet.
 */
export type Segments = {
  encoding: "gsm" | "unicode";
  /** What counts against the limit: characters, of which some count twice. */
  units: number;
  segments: number;
  /** What still fits without another SMS. */
  left: number;
};

const BASIC = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
/** Sent as an escape and a character. */
const EXTENDED = new Set("^{}\\[~]|€\f");

export function segmentsOf(text: string): Segments {
  const letters = [...text];
  const isGsm = letters.every((letter) => BASIC.has(letter) || EXTENDED.has(letter));
  const units = isGsm
    ? letters.reduce((sum, letter) => sum + (EXTENDED.has(letter) ? 2 : 1), 0)
    : text.length;
  const [single, part] = isGsm ? [160, 153] : [70, 67];
  const segments = units === 0 ? 0 : units <= single ? 1 : Math.ceil(units / part);
  const room = segments <= 1 ? single : segments * part;
  return { encoding: isGsm ? "gsm" : "unicode", units, segments, left: room - units };
}
