/**
 * Styles of mails. Inline where every client must see them; the few rules in the head only improve what already works:
 * dark mode and narrow screens. No shorthand or property that Gmail or Outlook drop.
 */
export const STYLE = {
  body: {
    margin: "0",
    padding: "0",
  },
  page: { width: "100%" },
  card: { backgroundColor: "#ffffff", maxWidth: "600px", width: "100%" },
  inner: { padding: "32px" },
  heading: { color: "#1a1a1a", fontSize: "22px", lineHeight: "28px", fontWeight: 600, margin: "0 0 12px" },
  text: { color: "#1a1a1a", fontSize: "16px", lineHeight: "24px", margin: "0 0 16px" },
  small: { color: "#595959", fontSize: "14px", lineHeight: "20px", margin: "0 0 8px" },
  line: { borderTop: "1px solid #e3e3e0", margin: "16px 0 24px", width: "100%" },
  button: {
    fontSize: "16px",
    fontWeight: 600,
    padding: "12px 20px",
    textDecoration: "none",
  },
  picture: { width: "100%", maxWidth: "536px", height: "auto" },
  link: { color: "#1a1a1a", textDecoration: "underline" },
  bar: { height: "8px", lineHeight: "8px", fontSize: "1px" },
  score: {
    color: "#1a1a1a",
    backgroundColor: "#f4f4f2",
    border: "1px solid #8a8a86",
    borderRadius: "4px",
    display: "block",
    fontSize: "14px",
    lineHeight: "20px",
    padding: "10px 0",
    textAlign: "center",
    textDecoration: "none",
  },
  inline: { display: "inline-block", padding: "10px 14px", margin: "0 4px 4px 0" },
  star: { color: "#8a5a00", fontSize: "32px", lineHeight: "44px", padding: "0 6px", textDecoration: "none" },
  item: { padding: "8px 0", verticalAlign: "top" },
  footer: { padding: "0 32px 24px", maxWidth: "600px", width: "100%" },
  hidden: { display: "none", overflow: "hidden", maxHeight: "0", maxWidth: "0", opacity: 0, fontSize: "1px" },
} as const;

/** Shown by clients that support it; the rest keep the light look above. */
export const HEAD_STYLE = `
@media (prefers-color-scheme: dark) {
  .page { background-color: #111311 !important; }
  .card { background-color: #1d201e !important; }
  .ink { color: #f2f2ef !important; }
  .muted { color: #b9bab6 !important; }
  .line { border-top-color: #3a3d3b !important; }
  .rest { background-color: #3a3d3b !important; }
  .star { color: #f2b33d !important; }
  .score { background-color: #2a2d2b !important; color: #f2f2ef !important; border-color: #5c605d !important; }
}
@media (max-width: 480px) {
  .inner { padding: 20px !important; }
  .column { display: block !important; width: 100% !important; padding: 0 !important; }
  .score { padding: 10px 0 !important; }
}
`;
