// Fills every `<div data-extension-slot="target">` of a page with the extensions of that target, in order, and shows
// what they report in the developer strip. Whatever an extension does, the page around it stays whole.
import type { ChangeResult, CheckoutChange, HostFunctions, Overlay, RunSettings } from "../run-settings.ts";
import { reachable } from "./links.ts";
import { mountExtension, type MountedExtension } from "./mount.ts";
import { createReports } from "./reports.ts";
import { createStorage } from "./storage.ts";

/** Written into the page by the server, see demo/pages/extension-slots.ts. */
export type PageExtensions = {
  /** The elements of the page's surface, once for all extensions. */
  elements: RunSettings["elements"];
  extensions: (Omit<RunSettings, "elements"> & {
    handle: string;
    deflatedBytes: number | null;
    problem: string | null;
  })[];
  /** Where the page gets session tokens. */
  tokenPath: string;
  loginPath: string;
  /** Where changes of the cart go; only in a running checkout. */
  changePath: string | null;
  /** Storage of checkout extensions ends with the checkout, of account extensions it belongs to the app. */
  storageKey: string;
};

declare global {
  interface Window {
    demoExtensions?: { ready: Promise<void>; mounted: Map<string, MountedExtension> };
  }
}

const settings = JSON.parse(document.querySelector("#page-extensions")!.textContent!) as PageExtensions;
const reports = createReports(document.querySelector("#developer-strip")!);
const mounted = new Map<string, MountedExtension>();

async function mountAll(): Promise<void> {
  await Promise.all(settings.extensions.map(mountOne));
}

async function mountOne(extension: PageExtensions["extensions"][number]): Promise<void> {
  const { handle, target, problem } = extension;
  const slot = document.querySelector(`[data-extension-slot="${CSS.escape(target)}"]`);
  if (!slot) return;
  const place = document.createElement("div");
  place.dataset.extension = handle;
  place.dataset.surface = extension.surface;
  slot.append(place);
  reports.list(extension);
  try {
    if (problem) throw new Error(problem);
    mounted.set(
      `${handle} ${target}`,
      await mountExtension(place, { ...extension, elements: settings.elements }, hostFunctions(extension)),
    );
  } catch (error) {
    place.dataset.failed = "";
    reports.add(handle, target, error instanceof Error ? error.message : String(error));
  }
}

function hostFunctions({ handle, target, surface }: PageExtensions["extensions"][number]): HostFunctions {
  const storage = createStorage(
    surface === "checkout" ? `${settings.storageKey}:${handle}` : settings.storageKey,
  );
  return {
    ...storage,
    async sessionToken() {
      const response = await fetch(settings.tokenPath);
      if (!response.ok) throw new Error(`The demo store gave no session token (${response.status})`);
      return ((await response.json()) as { token: string }).token;
    },
    report: async (message) => reports.add(handle, target, message),
    publish: async (event) => reports.note(handle, `published ${event}`),
    changeCheckout,
    requireLogin: async () => location.assign(settings.loginPath),
    showToast: async (message) => showToast(message),
    navigate: async (url) => location.assign(reachable(url, location.origin)),
  };
}

/** Every extension of the page sees the change before the one that asked for it goes on, and so does the summary. */
async function changeCheckout(change: CheckoutChange): Promise<ChangeResult> {
  if (!settings.changePath) throw new Error("This page has no cart that could be changed.");
  const response = await fetch(settings.changePath, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(change),
  });
  if (!response.ok) return { type: "error", message: await response.text() };
  const { result, overlay } = (await response.json()) as { result: ChangeResult; overlay: Overlay };
  for (const extension of mounted.values()) {
    for (const [path, value] of Object.entries(overlay)) await extension.update(path, value);
  }
  await refreshSummary();
  return result;
}

async function refreshSummary(): Promise<void> {
  const summary = document.querySelector(".checkout-aside");
  const fresh = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
  summary?.replaceChildren(...(fresh.querySelector(".checkout-aside")?.childNodes ?? []));
}

function showToast(message: string): void {
  const toast = document.createElement("div");
  toast.className = "toast";
  toast.setAttribute("role", "status");
  toast.textContent = message;
  document.body.append(toast);
  setTimeout(() => toast.remove(), 5000);
}

window.demoExtensions = { ready: mountAll(), mounted };
