// The admin page around the app: draws what App Bridge in the frame asks for.
import type { AdminMethods, FrameEvents, FrameMessage } from "../app-bridge/protocol.ts";
import { createNavigation } from "./navigation.ts";
import { createPicker } from "./picker.ts";
import { createSaveBar } from "./save-bar.ts";
import { createTitleBar } from "./title-bar.ts";
import { createToasts } from "./toasts.ts";

type Settings = { appOrigin: string; basePath: string; shop: string };

const settings = JSON.parse(document.querySelector("#admin-settings")!.textContent!) as Settings;
const frame = document.querySelector<HTMLIFrameElement>("#app-frame")!;

function tellFrame<E extends keyof FrameEvents>(event: E, params: FrameEvents[E]): void {
  frame.contentWindow?.postMessage({ demoBridge: 1, event, params }, settings.appOrigin);
}

async function getJson<T>(path: string): Promise<T> {
  const response = await fetch(`/admin/bridge/${path}`);
  if (!response.ok) throw new Error(`The demo admin could not get ${path} (${response.status})`);
  return (await response.json()) as T;
}

const saveBar = createSaveBar(tellFrame);
const navigation = createNavigation(settings.basePath, tellFrame, saveBar);
const titleBar = createTitleBar(tellFrame);
const toasts = createToasts(tellFrame);
const backdrop = document.querySelector<HTMLElement>("#modal-backdrop")!;
const loadingBar = document.querySelector<HTMLElement>("#loading-bar")!;

function showModalState({ open }: { open: boolean }): void {
  backdrop.hidden = !open;
  document.body.classList.toggle("modal-open", open);
}

const methods: AdminMethods = {
  ready: () => void (loadingBar.hidden = true),
  history: navigation.showPath,
  nav: navigation.showLinks,
  titleBar: titleBar.show,
  saveBar: saveBar.show,
  modal: showModalState,
  toast: toasts.show,
  hideToast: toasts.hide,
  loading: ({ on }) => void (loadingBar.hidden = !on),
  redirect: navigation.redirect,
  webVitals: ({ name, value }) =>
    console.info(`[web vitals] ${name} ${value.toFixed(name === "CLS" ? 3 : 0)}`),
  idToken: async () => (await getJson<{ token: string }>("id-token")).token,
  user: () => getJson("user"),
  scopes: () => getJson("scopes"),
  extensions: () => getJson("extensions"),
  leaveConfirmation: saveBar.confirmLeaving,
  resourcePicker: createPicker(getJson),
};

addEventListener("message", (event: MessageEvent<FrameMessage | undefined>) => {
  const message = event.data;
  if (event.origin !== settings.appOrigin || event.source !== frame.contentWindow) return;
  if (message?.demoBridge === 1) void answer(message);
});

async function answer({ id, method, params }: FrameMessage): Promise<void> {
  const reply = (answer: { result?: unknown; error?: string }) => {
    if (id !== undefined)
      frame.contentWindow?.postMessage({ demoBridge: 1, reply: id, ...answer }, settings.appOrigin);
  };
  const handle = methods[method] as ((params: unknown) => unknown) | undefined;
  try {
    if (!handle) throw new Error(`The demo admin does not model ${method}`);
    reply({ result: await handle(params) });
  } catch (error) {
    reply({ error: error instanceof Error ? error.message : String(error) });
  }
}

async function loadApp(): Promise<void> {
  const { source } = await getJson<{ source: string }>(
    `app-source?path=${encodeURIComponent(navigation.startPath())}`,
  );
  frame.src = source;
}

void loadApp();
