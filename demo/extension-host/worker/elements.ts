// The `s-*` elements inside the worker: remote elements made from Shopify's declarations. What Shopify would
// ignore in silence is reported: unknown elements, attributes and events.
import { createRemoteElement, RemoteEvent } from "@remote-dom/core/elements";
import type { ElementSpec } from "../element-table.ts";

type Report = (message: string) => void;

/** State of a control that the page sends along with an event. */
const STATE = ["value", "values", "checked", "open", "files"];
const ALWAYS_ALLOWED = ["id", "slot", "key", "lang"];

export function defineElements(elements: Record<string, ElementSpec>, report: Report): void {
  for (const [tag, spec] of Object.entries(elements)) {
    customElements.define(tag, remoteElementClass(tag, spec, once(report)));
  }
}

function once(report: Report): Report {
  const said = new Set<string>();
  return (message) => {
    if (said.has(message)) return;
    said.add(message);
    report(message);
  };
}

function remoteElementClass(tag: string, spec: ElementSpec, report: Report): CustomElementConstructor {
  const properties = Object.fromEntries(
    spec.props.map((name) => [
      name,
      { attribute: name.toLowerCase(), ...(spec.booleans.includes(name) ? { type: Boolean } : {}) },
    ]),
  );
  const events = Object.fromEntries(spec.events.map((name) => [name, eventDefinition(name, spec)]));
  const Base = createRemoteElement({
    properties,
    events,
    slots: spec.slots,
    methods: spec.methods,
  } as never) as unknown as typeof HTMLElement;
  const attributes = new Set([...spec.props.map((name) => name.toLowerCase()), ...ALWAYS_ALLOWED]);
  const propertyOf = new Map(spec.props.map((name) => [name.toLowerCase(), name]));

  return class extends Base {
    override setAttribute(name: string, value: string): void {
      if (!attributes.has(name.toLowerCase())) report(`<${tag}> has no attribute "${name}"`);
      super.setAttribute(name, value);
      // Preact writes a few properties (href, list, form, download …) as attributes only.
      const property = propertyOf.get(name.toLowerCase());
      const element = this as unknown as Record<string, unknown>;
      if (property && !spec.booleans.includes(property) && element[property] == null)
        element[property] = value;
    }

    override addEventListener(...args: Parameters<HTMLElement["addEventListener"]>): void {
      if (!spec.events.includes(args[0])) report(`<${tag}> has no event "${args[0]}"`);
      super.addEventListener(...args);
    }
  };
}

/** The control's new state is written to the remote element before any listener runs. */
function eventDefinition(name: string, spec: ElementSpec) {
  return {
    bubbles: false,
    dispatchEvent(this: Record<string, unknown>, detail: unknown) {
      if (typeof detail === "object" && detail !== null) {
        const state = detail as Record<string, unknown>;
        for (const key of STATE) if (key in state && spec.props.includes(key)) this[key] = state[key];
      }
      return new RemoteEvent(name, { detail, bubbles: false });
    },
  };
}

/** An extension may only make the elements of its surface: no HTML, no misspelt tags. */
export function watchElementCreation(elements: Record<string, ElementSpec>, report: Report): void {
  const sayOnce = once(report);
  const check = (tag: string) => {
    if (!(tag.toLowerCase() in elements)) sayOnce(`<${tag}> is not an element of this target`);
  };
  const { createElement, createElementNS } = document;
  document.createElement = function watched(this: Document, tag: string, options?: ElementCreationOptions) {
    check(tag);
    return createElement.call(document, tag, options);
  } as typeof createElement;
  document.createElementNS = function watched(namespace: string, tag: string, options?: never) {
    check(tag);
    return createElementNS.call(document, namespace, tag, options);
  } as typeof createElementNS;
}
