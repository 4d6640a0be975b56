// What every drawn element shares: properties that arrive from the worker, a shadow tree that is built once and
// then brought up to date, and events that travel back.
import { SHEET } from "./styles.ts";

type Props = Record<string, unknown>;

export class HostElement extends HTMLElement {
  readonly root: ShadowRoot;
  readonly props: Props = {};
  #scheduled = false;
  #built = false;

  constructor() {
    super();
    this.root = this.attachShadow({ mode: "open", delegatesFocus: this.delegatesFocus });
    this.root.adoptedStyleSheets = [SHEET];
  }

  get delegatesFocus(): boolean {
    return false;
  }

  connectedCallback(): void {
    this.schedule();
  }

  /** Several properties arrive at once: draw after the last one. */
  schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      if (this.isConnected) this.draw();
    });
  }

  draw(): void {
    if (!this.#built) {
      this.#built = true;
      this.root.innerHTML = this.template();
      this.build();
    }
    this.update();
  }

  /** The shadow tree, without anything that comes from the extension. */
  template(): string {
    return "<slot></slot>";
  }

  /** Wires the shadow tree; runs once. */
  build(): void {}

  /** Writes the properties into the shadow tree; runs after every change. */
  update(): void {}

  textOf(name: string): string {
    const value = this.props[name];
    return value === undefined || value === null ? "" : String(value);
  }

  is(name: string): boolean {
    const value = this.props[name];
    return value === true || value === "";
  }

  inner<E extends Element = HTMLElement>(selector: string): E {
    return this.root.querySelector<E>(selector)!;
  }

  /** Sends an event to the extension. A composed native event would arrive a second time, so it is stopped. */
  emit(type: string, detail: unknown = {}, native?: Event): void {
    native?.stopPropagation();
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

export function setAttributeOrRemove(
  element: Element,
  name: string,
  value: string | false | undefined,
): void {
  if (value === false || value === undefined || value === "") element.removeAttribute(name);
  else element.setAttribute(name, value);
}

/** The element that `commandFor` or `interestFor` names. */
export function targetOf(element: HostElement, id: string): HostElement | null {
  const scope = element.getRootNode() as ParentNode;
  const found = scope.querySelector(`[id="${CSS.escape(id)}"]`);
  return found instanceof HostElement ? found : null;
}

/** Elements that answer to `command="--show"` and its kin. */
export type Commandable = HostElement & { runCommand(command: string): void };

export function runCommandOf(element: HostElement): void {
  const id = element.textOf("commandFor");
  if (!id) return;
  const target = targetOf(element, id) as Commandable | null;
  target?.runCommand?.(element.textOf("command") || "--auto");
}
