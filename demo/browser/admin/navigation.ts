// The app's links in the admin's navigation, the address bar, and trips out of the frame.
import type { FrameEvents, NavLink } from "../app-bridge/protocol.ts";
import type { SaveBar } from "./save-bar.ts";

type TellFrame = <E extends keyof FrameEvents>(event: E, params: FrameEvents[E]) => void;

export function createNavigation(basePath: string, tellFrame: TellFrame, saveBar: SaveBar) {
  const list = document.querySelector<HTMLElement>("#app-links")!;
  const home = document.querySelector<HTMLAnchorElement>("#app-home")!;
  const menuButton = document.querySelector<HTMLButtonElement>("#menu-button")!;
  let current = "/";

  const startPath = () => location.pathname.slice(basePath.length) + location.search || "/";

  function go(event: Event, href: string): void {
    event.preventDefault();
    closeMenu();
    if (saveBar.isOpen()) saveBar.shake();
    else tellFrame("navigate", { href });
  }

  function closeMenu(): void {
    document.body.classList.remove("menu-open");
    menuButton.setAttribute("aria-expanded", "false");
  }

  menuButton.addEventListener("click", () => {
    const open = document.body.classList.toggle("menu-open");
    menuButton.setAttribute("aria-expanded", String(open));
  });
  // On a small screen the menu lies over the page: anything beside it, and Escape, closes it.
  document.addEventListener("click", (event) => {
    const isInside = event.target instanceof Element && event.target.closest("#side, #menu-button");
    if (!isInside) closeMenu();
  });
  window.addEventListener("blur", closeMenu); // a click into the app's frame
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeMenu();
  });
  home.addEventListener("click", (event) => go(event, home.dataset.href ?? "/"));

  function markCurrent(): void {
    const path = current.split("?")[0]!;
    const links = [...list.querySelectorAll("a")];
    const shown = links.find(
      (link) => link.dataset.href === path || path.startsWith(`${link.dataset.href}/`),
    );
    for (const link of [home, ...links]) {
      if (link === (shown ?? home)) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  }

  return {
    startPath,
    showPath({ path }: { path: string }): void {
      current = path;
      history.replaceState(null, "", basePath + (path === "/" ? "" : path));
      markCurrent();
    },
    /** The home link belongs to the app's name; the others stand below it. */
    showLinks({ links }: { links: NavLink[] }): void {
      const items = links.filter((link) => !link.home).map(createItem);
      list.replaceChildren(...items);
      const homeLink = links.find((link) => link.home);
      if (homeLink) home.dataset.href = homeLink.href;
      markCurrent();
    },
    redirect({ url, newTab }: { url: string; newTab: boolean }): void {
      const admin = /^shopify:\/*admin\/?(?<path>.*)$/.exec(url)?.groups?.path;
      const address = admin === undefined ? url : `/admin/${admin}`;
      if (newTab) window.open(address, "_blank", "noopener");
      else location.assign(address);
    },
  };

  function createItem({ href, text }: NavLink): HTMLLIElement {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = basePath + href;
    link.dataset.href = href;
    link.textContent = text;
    link.addEventListener("click", (event) => go(event, href));
    item.append(link);
    return item;
  }
}
