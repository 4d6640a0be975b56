import type { NewTouch } from "#app/contact-policy/contact-policy.server";
import type { Message } from "#app/generated/prisma/client";
import { personKey } from "./addresses.server";

/** What a message uses of the person's attention. */
export function touchOf(message: Message, kind: string, marketing: boolean, now: Date): NewTouch {
  return {
    personKey: personKey(message),
    channel: message.channel,
    kind,
    marketing,
    sourceKey: touchKey(message.id, kind),
    happenedAt: now,
  };
}

export function touchKey(id: string, kind: string): string {
  return `message:${id}:${kind}`;
}
