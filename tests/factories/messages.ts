import { randomInt } from "node:crypto";
import type { AddressInfo } from "node:net";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer, type SMTPServerSession } from "smtp-server";
import { inShop } from "#app/db/in-shop.server";
import { newId } from "#app/db/id";
import type { Order, Parcel, Shop } from "#app/generated/prisma/client";

export type ReceivedMail = Email & {
  raw: string;
  recipients: string[];
  header: (name: string) => string | undefined;
};

/** What the server answers at a moment: nothing to go on, an Error with `responseCode` to refuse. */
type Reply = Error | null | "drop" | Promise<void>;
type MailServerRules = {
  onRecipient?: (address: string) => Error | null;
  /** Called with the whole mail before it is accepted. "drop" closes the connection without an answer. */
  onMail?: (mail: ReceivedMail, session: SMTPServerSession) => Reply;
};

export type TestMailServer = {
  url: string;
  mails: ReceivedMail[];
  rules: MailServerRules;
  stop: () => Promise<void>;
};

export function smtpError(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

/** A real SMTP server on a free port that keeps what it accepts. */
export async function aMailServer(rules: MailServerRules = {}): Promise<TestMailServer> {
  const mails: ReceivedMail[] = [];
  const test: TestMailServer = { url: "", mails, rules, stop: async () => {} };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onRcptTo: ({ address }, _session, callback) => callback(test.rules.onRecipient?.(address) ?? null),
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => void receive(Buffer.concat(chunks), session).then(callback, callback));
    },
  });
  server.on("error", () => {}); // dropped connections are part of the tests

  async function receive(raw: Buffer, session: SMTPServerSession): Promise<Error | undefined> {
    const email = await new PostalMime().parse(raw);
    const mail: ReceivedMail = {
      ...email,
      raw: raw.toString("utf8"),
      recipients: session.envelope.rcptTo.map(({ address }) => address),
      header: (name) => email.headers.find(({ key }) => key === name.toLowerCase())?.value,
    };
    const reply = test.rules.onMail?.(mail, session) ?? null;
    if (reply instanceof Error) return reply;
    mails.push(mail);
    if (reply === "drop") {
      for (const connection of (server as unknown as { connections: Set<{ close: () => void }> })
        .connections) {
        connection.close();
      }
      return new Promise(() => {});
    }
    await reply;
    return undefined;
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  test.url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  test.stop = () => new Promise((resolve) => server.close(() => resolve()));
  return test;
}

type OrderOverrides = Partial<Omit<Order, "shopId">> & {
  customer?: { email?: string; firstName?: string; lastName?: string };
  lines?: { title: string; quantity: number; priceMinor: number; productGid?: string }[];
};

/** A placed order with a customer and one line, written as rows; enough to send mails about. */
export async function anOrderToTell(shop: Shop, overrides: OrderOverrides = {}): Promise<Order> {
  const {
    customer = {},
    lines = [{ title: "Earl Grey", quantity: 2, priceMinor: 1250 }],
    ...columns
  } = overrides;
  const number = randomInt(1e9, 2e9);
  const gid = columns.gid ?? `gid://shopify/Order/${number}`;
  const customerGid =
    columns.customerGid === undefined ? `gid://shopify/Customer/${number}` : columns.customerGid;
  const email = customer.email ?? columns.email ?? `ada.${number}@buyer.example`;
  const placedAt = new Date("2026-11-22T11:00:00Z");
  return inShop(shop.id, async (tx) => {
    if (customerGid) {
      await tx.customer.create({
        data: {
          shopId: shop.id,
          gid: customerGid,
          email,
          firstName: customer.firstName ?? "Ada",
          lastName: customer.lastName ?? "Lovelace",
          createdAt: placedAt,
        },
      });
    }
    const order = await tx.order.create({
      data: {
        shopId: shop.id,
        name: `#${number}`,
        currency: shop.currency,
        totalMinor: lines.reduce((sum, line) => sum + line.quantity * line.priceMinor, 0),
        statusUrl: `https://${shop.domain}/orders/${number}?key=secret`,
        placedAt,
        shopifyUpdatedAt: placedAt,
        ...columns,
        gid,
        customerGid,
        email,
      },
    });
    await tx.lineItem.createMany({
      data: lines.map((line, index) => ({
        shopId: shop.id,
        gid: `gid://shopify/LineItem/${number}${index}`,
        orderGid: gid,
        ...line,
      })),
    });
    return order;
  });
}

/** A parcel of that order, written as a row. */
export async function aParcelToTell(
  shop: Shop,
  order: Order,
  columns: Partial<Parcel> = {},
): Promise<Parcel> {
  return inShop(shop.id, (tx) =>
    tx.parcel.create({
      data: {
        id: newId(order.placedAt),
        orderGid: order.gid,
        fulfillmentGid: `gid://shopify/Fulfillment/${randomInt(1e9, 2e9)}`,
        carrier: "DHL",
        trackingNumber: "00340434161094042557",
        trackingUrl: "https://carrier.example/track?n=1",
        shippedAt: order.placedAt,
        ...columns,
        shopId: shop.id,
      },
    }),
  );
}
