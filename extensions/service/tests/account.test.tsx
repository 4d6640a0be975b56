/// <reference types="@shopify/ui-extensions/customer-account.profile.block.render" />
import { getExtension } from "@shopify/ui-extensions-tester";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Said } from "../../shared/contract";
import type { FakeApp } from "../../shared/testing/fake-app";
import { elements, seeNothing, seeText, seenText } from "../../shared/testing/screen";
import { openEditor, setAccountStage } from "../../shared/testing/stage";
import { i18nOf } from "../../shared/testing/texts";
import de from "../locales/de.json";
import en from "../locales/en.default.json";

const extension = getExtension("customer-account.profile.block.render");
let app: FakeApp;

beforeEach(() => {
  app = setAccountStage(extension, en, ["heading", "help_url"]);
});
afterEach(() => extension.tearDown());

const MESSAGE = {
  ...{ id: "m1", title: "Good news", body: "Your tea is back", url: "https://shop.example/tea" },
  ...{ createdAt: "2026-11-20T09:30:00.000Z", read: false },
};
const TIP = { id: "t1", title: "Wash cold", paragraphs: ["At 30 degrees."], videoUrl: null, imageUrl: null };

function said(messages: Said["messages"], tips: Said["tips"] = [], codes?: Said["codes"]): void {
  app.answer("/api/inbox", { body: { status: "ok", messages, tips, codes } });
  app.answer("/api/inbox/mark", { body: { status: "ok" } });
}

function open(title: string): void {
  const line = elements("s-details").find((one) => one.textContent?.startsWith(title))!;
  line.dispatchEvent(new Event("toggle"));
}

test("messages and tips are one folded line each; a message is read when it is opened", async () => {
  said([MESSAGE, { ...MESSAGE, id: "m2", title: "Old", read: true }], [TIP]);
  await extension.render();
  await seeText("Messages: 1 new");
  expect(app.posted("/api/inbox")).toEqual([{ locale: "en" }]);
  expect(seenText()).not.toContain("Your tea is back");
  expect(app.posted("/api/inbox/mark")).toEqual([]);

  open("Messages");
  await seeText("Your tea is back");
  expect(seenText()).toContain("Nov 20, 2026");
  expect(elements("s-link")[0]!.getAttribute("href")).toBe("https://shop.example/tea");
  expect(elements("s-badge")).toHaveLength(1);
  await expect
    .poll(() => app.posted("/api/inbox/mark"))
    .toEqual([{ locale: "en", messageId: "m1", act: "read" }]);

  open("Tips");
  await seeText("At 30 degrees.");
});

test("codes that were taken wait in a line of their own", async () => {
  const code = { code: "THX-ABCD2345", cartUrl: "https://shop.example/cart/7:1?discount=THX-ABCD2345" };
  const terms = { expiresAt: "2999-12-25T00:00:00.000Z", discountedMinor: 3_396, currency: "EUR" };
  said([], [], [{ title: "Cushion", ...code, ...terms }]);
  await extension.render();
  await seeText("Your codes");
  expect(seenText()).not.toContain("THX-ABCD2345");
  open("Your codes");
  await seeText("THX-ABCD2345");
  expect(seenText()).toContain("Cushion");
});

test("asks whatever the shopper allows us to know: it is their own", async () => {
  extension.shopify.customerPrivacy.value = {
    ...extension.shopify.customerPrivacy.value,
    allowedProcessing: { analytics: false, marketing: false, preferences: false, saleOfData: false },
  };
  said([MESSAGE]);
  await extension.render();
  await seeText("Messages: 1 new");
});

test("speaks the shopper's language, and says where there is nothing", async () => {
  Object.assign(extension.shopify, { i18n: i18nOf(de, "de") });
  said([]);
  await extension.render();
  await seeText("Zurzeit keine Nachrichten.");
});

test.each([
  ["knows nobody", { body: { status: "unknown-order" } }],
  ["answers 503", { status: 503 }],
  ["is offline", "offline"],
  ["is too slow", "silent"],
] as const)("nothing is shown where the app %s", async (_, answer) => {
  app.answer("/api/inbox", answer);
  await extension.render();
  await seeNothing();
});

test("the editor shows samples without asking", async () => {
  openEditor(extension);
  await extension.render();
  await seeText("Messages: 1 new");
  open("Messages");
  await seeText("Your tea is back");
  expect([...app.posted("/api/inbox"), ...app.posted("/api/inbox/mark")]).toEqual([]);
});
