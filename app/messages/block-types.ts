/**
 * What a template is made of. The order of blocks is the same in all languages; each field has a text per language.
 * Conditions are part of a block ("tracking shows where there is a parcel"), so texts never need code.
 */
export type FieldKind = "line" | "paragraphs" | "url";
export type Field = { name: string; label: string; kind: FieldKind; required: boolean };

const line = (name: string, label: string, required = true): Field => ({
  name,
  label,
  kind: "line",
  required,
});
const paragraphs = (name: string, label: string): Field => ({
  name,
  label,
  kind: "paragraphs",
  required: true,
});
const url = (name: string, label: string, required = true): Field => ({ name, label, kind: "url", required });

/** What is chosen per block, the same in all languages. The first option is meant where nothing was chosen. */
export type Setting = { name: string; label: string } & (
  | { kind: "choice"; options: readonly { value: string; label: string }[] }
  /** One of the shop's live surveys, by id. */
  | { kind: "survey" }
);

export type BlockShape = {
  label: string;
  shows: string;
  fields: readonly Field[];
  settings?: readonly Setting[];
};

const SIZE = {
  name: "size",
  label: "Height",
  kind: "choice",
  options: [
    { value: "medium", label: "Medium" },
    { value: "small", label: "Small" },
    { value: "large", label: "Large" },
  ],
} as const satisfies Setting;

const SHAPE = {
  name: "shape",
  label: "Widths",
  kind: "choice",
  options: [
    { value: "equal", label: "Equal" },
    { value: "narrow-left", label: "Left narrow" },
    { value: "narrow-right", label: "Right narrow" },
  ],
} as const satisfies Setting;

const TIPS = {
  name: "kind",
  label: "Which tips",
  kind: "choice",
  options: [
    { value: "quick-start", label: "First steps" },
    { value: "how-to", label: "How-to" },
    { value: "care", label: "Care" },
  ],
} as const satisfies Setting;

const SURVEY = { name: "survey", label: "Survey", kind: "survey" } as const satisfies Setting;

/** Every type of block: its fields and settings, and when it shows. */
export const BLOCKS = {
  heading: { label: "Heading", shows: "Always", fields: [line("text", "Heading")] },
  text: { label: "Text", shows: "Always", fields: [paragraphs("text", "Text")] },
  button: { label: "Button", shows: "Always", fields: [line("text", "Label"), url("url", "Link")] },
  image: {
    label: "Picture",
    shows: "Always",
    fields: [url("url", "Picture address"), line("alt", "What it shows", false), url("link", "Link", false)],
  },
  products: {
    label: "Products of the order",
    shows: "Where the order is known",
    fields: [line("heading", "Heading", false)],
  },
  tracking: {
    label: "Tracking",
    shows: "Where there is a parcel",
    fields: [
      line("heading", "Heading"),
      line("expected", "Expected by", false),
      line("button", "Label of the button"),
    ],
  },
  nps: {
    label: "Would you recommend us? (0 to 10)",
    shows: "Where the person was not asked in the last 90 days",
    fields: [line("question", "Question"), line("low", "At 0"), line("high", "At 10")],
  },
  points: {
    label: "Points",
    shows: "For members of the loyalty programme",
    fields: [paragraphs("text", "Text")],
  },
  divider: { label: "Line", shows: "Always", fields: [] },
  space: { label: "Space", shows: "Always", fields: [], settings: [SIZE] },
  columns: {
    label: "Two columns",
    shows: "Always; one below the other on phones",
    fields: [],
    settings: [SHAPE],
  },
  progress: {
    label: "Tracking bar",
    shows: "Where there is a parcel",
    fields: [line("heading", "Heading", false)],
  },
  survey: {
    label: "Survey question",
    shows: "Where the person may be asked and has not answered",
    fields: [line("heading", "Heading", false)],
    settings: [SURVEY],
  },
  rate: {
    label: "Rate the shop (stars)",
    shows: "Where your review address is known, or the survey chosen here",
    fields: [line("question", "Question")],
    settings: [{ ...SURVEY, label: "Without a review address: the survey that is opened" }],
  },
  tips: {
    label: "Tips",
    shows: "Where there are tips for the products of the order",
    fields: [line("heading", "Heading", false)],
    settings: [TIPS],
  },
  social: { label: "Social links", shows: "Where the brand has some", fields: [] },
  offer: {
    label: "Offer",
    shows: "Where an offer fits the order, to people who agreed to marketing",
    fields: [line("heading", "Heading", false), line("button", "Label of the button")],
  },
  marketing: {
    label: "Marketing",
    shows: "Only to people who agreed to marketing",
    fields: [
      line("heading", "Heading"),
      paragraphs("text", "Text"),
      line("button", "Label of the button"),
      url("url", "Link"),
    ],
  },
} as const satisfies Record<string, BlockShape>;
