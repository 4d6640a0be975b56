/** What the tracking page adds to the look of the shopper pages. */
export const TRACKING_STYLE = `
h2{font-size:1.0625rem;margin:1.5rem 0 .5rem}
section+section{border-top:1px solid var(--line);margin-top:1.5rem;padding-top:1rem}
.state{font-size:1.125rem;font-weight:600;margin:0 0 .75rem}
.when{font-weight:600;margin:0 0 .25rem}
.quiet{color:var(--muted);font-size:.875rem}
.bar{display:flex;gap:.25rem;list-style:none;margin:0 0 1rem;padding:0}
.bar li{flex:1;border-top:.375rem solid var(--line);padding-top:.375rem;font-size:.8125rem;color:var(--muted)}
.bar li.reached{border-color:var(--accent);color:var(--ink)}
.bar li[aria-current]{font-weight:600}
.way{display:block;width:100%;height:auto;color:var(--ink);margin:.5rem 0 1rem}
.button{display:inline-block;font-weight:600;padding:.625rem 1.25rem;border-radius:.375rem;background:var(--accent);color:var(--on);text-decoration:none;min-height:2.75rem}
.scans{list-style:none;margin:0;padding:0 0 0 .75rem;border-left:2px solid var(--line)}
.scans li{padding:.375rem 0}
.scans time{display:block;color:var(--muted);font-size:.8125rem}
.items{list-style:none;margin:0;padding:0}
.items li{display:flex;gap:.75rem;align-items:center;padding:.375rem 0}
.items img{border-radius:.25rem;object-fit:cover}
.offer{border:1px solid var(--line);border-radius:.5rem;padding:0 1rem 1rem;margin-top:1.5rem}
.offered{display:flex;gap:1rem}
.offered img{border-radius:.25rem;object-fit:cover;flex:none}
.offer p{margin:0 0 .5rem}
.offer .replies{margin-top:.75rem;display:flex;flex-wrap:wrap;gap:.5rem}
.seen{position:absolute;opacity:0}
details{border-top:1px solid var(--line)}
summary{min-height:2.75rem;padding:.625rem 0;font-weight:600;cursor:pointer}
.field{margin:0 0 1rem}
.field label{display:block;border:0;padding:0 0 .25rem;font-weight:600}
.field input{font:inherit;width:100%;min-height:2.75rem;padding:.5rem .75rem;border:1px solid var(--muted);border-radius:.375rem;background:var(--card);color:var(--ink)}
.problem{border-left:4px solid #c5221f;padding:.25rem 0 .25rem .75rem}
`;
