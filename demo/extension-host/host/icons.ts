// A few shapes on a 20 × 20 grid for Shopify's icon names; every other name is drawn as a dot.
const CIRCLE = "M10 2a8 8 0 1 0 0 16 8 8 0 0 0 0-16Z";
const PATHS: Record<string, string> = {
  check: "M8.2 14.6 3.6 10l1.4-1.4 3.2 3.2 6.8-6.8L16.4 6.400z",
  "check-circle": `${CIRCLE}m-1.3 11.6-3-3 1.1-1.1 1.9 1.9 4.5-4.5 1.1 1.100z`,
  "check-circle-filled": `${CIRCLE}m-1.3 11.6-3-3 1.1-1.1 1.9 1.9 4.5-4.5 1.1 1.100z`,
  x: "m5.4 4 4.6 4.600L14.6 4 16 5.4 11.4 10l4.6 4.6-1.4 1.4-4.6-4.600L5.4 16 4 14.6 8.6 10 4 5.400z",
  plus: "M9 4h2v5h5v2h-5v5H9v-5H4V9h5z",
  minus: "M4 9h12v2H4z",
  info: `${CIRCLE}M9 9h2v5H9zM9 6h2v2H9z`,
  question: `${CIRCLE}M9 13h2v2H9zm1-7a3 3 0 0 1 1 5.800V12H9v-1.500l1-.300A1.1 1.1 0 1 0 8.9 9H7a3 3 0 0 1 3-3z`,
  alert: "m10 2.5 8 14H2zM9 8v4h2V8zm0 5v2h2v-2z",
  star: "m10 2 2.5 5.2 5.7.800-4.1 4 1 5.7-5.1-2.7-5.1 2.7 1-5.7-4.1-4 5.7-.800z",
  "star-filled": "m10 2 2.5 5.2 5.7.800-4.1 4 1 5.7-5.1-2.7-5.1 2.7 1-5.7-4.1-4 5.7-.800z",
  heart: "M10 17 3 10a4.2 4.2 0 0 1 6-6l1 1 1-1a4.2 4.2 0 0 1 6 6z",
  gift: "M3 7h5.300A2.5 2.5 0 1 1 10 3.4 2.5 2.5 0 1 1 11.7 7H17v4H3zm1 5h5.200v6H4zm6.8 0H16v6h-5.200z",
  "gift-card": "M3 5h14v10H3zm1.5 3v1.500h11V8z",
  discount: "M10 2 3 5v5c0 4 3 7 7 8 4-1 7-4 7-8V5zM7 13l5-6 1 .8-5 6z",
  truck: "M2 5h9v8H7.800a2 2 0 0 1-3.6 0H2zm10 2h3l3 3v3h-1.200a2 2 0 0 1-3.6 0H12z",
  delivery: "M2 5h9v8H7.800a2 2 0 0 1-3.6 0H2zm10 2h3l3 3v3h-1.200a2 2 0 0 1-3.6 0H12z",
  package:
    "m10 2 7 3.500v9L10 18l-7-3.500v-9zm0 2.200L6 6.200l4 2 4-2zM4.5 8v5.600l4.7 2.400v-5.600zm11 0-4.7 2.400V16l4.7-2.400z",
  clock: `${CIRCLE}M9 6h1.500v4l3 1.7-.7 1.300L9 11z`,
  mail: "M2 5h16v10H2zm1.5 1.500L10 11l6.5-4.500z",
  email: "M2 5h16v10H2zm1.5 1.500L10 11l6.5-4.500z",
  calendar: "M6 2h1.500v2h5V2H14v2h3v13H3V4h3zM4.5 8v7.500h11V8z",
  external: "M4 4h6v1.500H5.500v9h9V10H16v6H4zm8-1h5v5h-1.500V5.600l-5 5-1.1-1.1 5-5H12z",
  "chevron-down": "m4.4 7 5.6 5.600L15.6 7 17 8.400l-7 7-7-7z",
  "chevron-right": "m7 4.4 5.6 5.600L7 15.6 8.4 17l7-7-7-7z",
  "chevron-left": "M13 4.4 7.4 10l5.6 5.6-1.4 1.4-7-7 7-7z",
};

const DOT = "M10 6a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z";

export function iconPath(name: string): string {
  return PATHS[name] ?? DOT;
}
