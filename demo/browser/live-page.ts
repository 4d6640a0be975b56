// Small helps for the control panel and the mailbox: the event log as it happens, and a page that follows it.

const log = document.querySelector<HTMLElement>("[data-event-log]");
const refreshed = document.querySelector<HTMLElement>("[data-refresh-on]");
const wanted = refreshed?.dataset.refreshOn?.split(" ") ?? [];
const NEWEST = 200;

function addToLog(list: HTMLElement, entry: { at: string; kind: string; message: string }): void {
  const line = document.createElement("li");
  const time = document.createElement("time");
  time.textContent = entry.at.slice(11, 19);
  const kind = document.createElement("b");
  kind.textContent = entry.kind;
  line.append(time, kind, entry.message);
  list.prepend(line);
  while (list.children.length > NEWEST) list.lastElementChild?.remove();
}

/** Fetches the page again and puts the new part in the old one's place; what the reader opened or typed stays. */
async function refresh(part: HTMLElement): Promise<void> {
  const isBusy =
    part.contains(document.activeElement) && document.activeElement?.matches("input, select, textarea");
  if (isBusy) return;
  const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
  const fresh = page.querySelector("[data-refresh-on]");
  if (!fresh) return;
  const opened = [...part.querySelectorAll("details[open][id]")].map((details) => details.id);
  part.replaceChildren(...fresh.childNodes);
  for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
}

let pending: ReturnType<typeof setTimeout> | undefined;

new EventSource(`/control/events?after=${refreshed?.dataset.after ?? ""}`).addEventListener(
  "message",
  (event) => {
    const entry = JSON.parse(event.data as string) as { at: string; kind: string; message: string };
    if (log) addToLog(log, entry);
    if (!refreshed || (!wanted.includes("*") && !wanted.includes(entry.kind))) return;
    clearTimeout(pending);
    pending = setTimeout(() => void refresh(refreshed), 250);
  },
);
