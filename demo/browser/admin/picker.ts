// The product picker: search, products with or without variants, one or several.
import type { PickerOptions } from "../app-bridge/protocol.ts";

export type PickerProduct = {
  id: string;
  title: string;
  images: { id: string; originalSrc: string }[];
  totalInventory: number;
  variants: { id: string; title: string; price: string; inventoryQuantity: number }[];
};

type GetJson = <T>(path: string) => Promise<T>;

export function createPicker(getJson: GetJson) {
  const dialog = document.querySelector<HTMLDialogElement>("#picker")!;
  const list = dialog.querySelector<HTMLElement>("ul")!;
  const search = dialog.querySelector<HTMLInputElement>("input[type=search]")!;
  const count = dialog.querySelector<HTMLElement>("[data-count]")!;
  const choose = dialog.querySelector<HTMLButtonElement>("[value=choose]")!;

  return async function pick(options: PickerOptions): Promise<unknown[] | undefined> {
    if (options.type === "collection") throw new Error("The demo store has no collections");
    const products = await getJson<PickerProduct[]>("products");
    const chosen = chosenBefore(options);
    const several = options.multiple !== false;
    const limit = typeof options.multiple === "number" ? options.multiple : several ? Infinity : 1;
    const byVariant = options.type === "variant";
    const keysOf = (product: PickerProduct) =>
      byVariant ? product.variants.map((each) => each.id) : [product.id];

    function toggle(key: string, on: boolean): void {
      if (!several) chosen.clear();
      if (on) chosen.add(key);
      else chosen.delete(key);
      draw();
    }

    function draw(): void {
      const wanted = search.value.trim().toLowerCase();
      const shown = products.filter((product) => product.title.toLowerCase().includes(wanted));
      list.replaceChildren(...shown.flatMap((product) => rows(product)));
      count.textContent = several ? `${chosen.size} selected` : "";
      choose.disabled = chosen.size === 0 && options.action !== "select";
    }

    function rows(product: PickerProduct): HTMLElement[] {
      const full = chosen.size >= limit;
      const row = (key: string, title: string, note: string, picture?: string) =>
        createRow({ key, title, note, picture, several, on: chosen.has(key), full, toggle });
      if (!byVariant) {
        return [
          row(
            product.id,
            product.title,
            `${product.totalInventory} in stock`,
            product.images[0]?.originalSrc,
          ),
        ];
      }
      return product.variants.map((variant) =>
        row(variant.id, `${product.title} — ${variant.title}`, variant.price, product.images[0]?.originalSrc),
      );
    }

    dialog.querySelector("h2")!.textContent =
      `${options.action === "select" ? "Select" : "Add"} ${byVariant ? "variants" : "products"}`;
    choose.textContent = options.action === "select" ? "Select" : "Add";
    search.value = options.query;
    search.oninput = draw;
    draw();
    dialog.returnValue = "";
    dialog.showModal();
    await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
    if (dialog.returnValue !== "choose") return undefined;
    return byVariant
      ? products.flatMap((product) => product.variants.filter((variant) => chosen.has(variant.id)))
      : products.filter((product) => keysOf(product).some((key) => chosen.has(key)));
  };
}

function chosenBefore(options: PickerOptions): Set<string> {
  return new Set(options.selectionIds.map((item) => item.id));
}

type Row = {
  key: string;
  title: string;
  note: string;
  picture: string | undefined;
  several: boolean;
  on: boolean;
  full: boolean;
  toggle: (key: string, on: boolean) => void;
};

function createRow({ key, title, note, picture, several, on, full, toggle }: Row): HTMLElement {
  const item = document.createElement("li");
  const label = document.createElement("label");
  const input = document.createElement("input");
  input.type = several ? "checkbox" : "radio";
  input.name = "picked";
  input.checked = on;
  input.disabled = several && full && !on;
  input.addEventListener("change", () => {
    toggle(key, input.checked);
    document.querySelector<HTMLInputElement>(`#picker input[data-key="${CSS.escape(key)}"]`)?.focus();
  });
  input.dataset.key = key;
  const image = document.createElement("img");
  image.src = picture ?? "";
  image.alt = "";
  const words = document.createElement("span");
  words.textContent = title;
  const small = document.createElement("small");
  small.textContent = note;
  label.append(input, image, words, small);
  item.append(label);
  return item;
}
