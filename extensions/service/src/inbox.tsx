import { useEffect, useState } from "preact/hooks";
import type {
  InboxMarkRequest,
  InboxMarkResponse,
  InboxMessage,
  InboxRequest,
  InboxResponse,
} from "../../shared/contract";
import { actorOf } from "../../shared/moment";
import type { Page } from "../../shared/page";

/** What the shop has to say to this shopper; nothing where there is nothing new. Below the delivery, so that it moves nothing. */
export function Inbox({ page }: { page: Page }) {
  const [messages, setMessages] = useState<InboxMessage[]>([]);
  const moment = page.moment();
  const owner = moment && ownerOf(moment);

  useEffect(() => {
    if (!owner || page.inEditor) return;
    let isCurrent = true;
    void page.call<InboxResponse>("/api/inbox", owner).then((answer) => {
      if (!isCurrent || answer?.status !== "ok") return;
      setMessages(answer.messages);
      for (const { id, read } of answer.messages) if (!read) mark(page, owner, id, "read");
    });
    return () => {
      isCurrent = false;
    };
  }, [moment?.orderId]);

  if (!owner || messages.length === 0) return null;
  const dismiss = (id: string) => {
    mark(page, owner, id, "dismiss");
    setMessages((shown) => shown.filter((message) => message.id !== id));
  };
  return (
    <s-section heading={page.text("inbox.heading")}>
      <s-stack gap="large">
        {messages.map(({ id, title, body, url }) => (
          <s-stack key={id} gap="small">
            <s-heading>{title}</s-heading>
            <s-paragraph>{body}</s-paragraph>
            <s-stack direction="inline" gap="base">
              {url && <s-link href={url}>{page.text("inbox.open")}</s-link>}
              <s-button
                variant="secondary"
                accessibilityLabel={page.text("inbox.dismiss_this", { title })}
                onClick={() => dismiss(id)}
              >
                {page.text("inbox.dismiss")}
              </s-button>
            </s-stack>
          </s-stack>
        ))}
      </s-stack>
    </s-section>
  );
}

function ownerOf(moment: Parameters<typeof actorOf>[0]): InboxRequest {
  const { orderId, checkoutToken, confirmationNumber, locale } = actorOf(moment);
  return { orderId: orderId || undefined, checkoutToken, confirmationNumber, locale };
}

/** Nobody waits for it. */
function mark(page: Page, owner: InboxRequest, messageId: string, act: InboxMarkRequest["act"]): void {
  void page.call<InboxMarkResponse>("/api/inbox/mark", { ...owner, messageId, act });
}
