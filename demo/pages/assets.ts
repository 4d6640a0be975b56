// Style sheets, browser scripts, the icon.
import path from "node:path";
import { browserScript, BROWSER_FOLDER } from "../browser/bundle.ts";
import { fileResponse, text, type Route } from "../http.ts";

const STYLES = path.join(import.meta.dirname, "styles");
const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#1f4d3f"/><path d="M16 5 8 16h5l-4 6h6v5h2v-5h6l-4-6h5z" fill="#f3e9d8"/></svg>`;

export function assetRoutes(): Route[] {
  return [
    { method: "GET", pattern: "/app-bridge.js", handle: () => script("app-bridge.js") },
    { method: "GET", pattern: "/assets/icon.svg", handle: () => text(ICON, "image/svg+xml") },
    { method: "GET", pattern: "/favicon.ico", handle: () => text(ICON, "image/svg+xml") },
    {
      method: "GET",
      pattern: "/assets/:name",
      handle: ({ params }) => {
        const name = params.name ?? "";
        return name.endsWith(".css") ? fileResponse(STYLES, name) : script(name);
      },
    },
  ];
}

async function script(name: string) {
  const file = await browserScript(name);
  return file ? fileResponse(BROWSER_FOLDER, name) : text("Not found", undefined, 404);
}
