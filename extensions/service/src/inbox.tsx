import { useEffect, useState } from "preact/hooks";
import type { InboxMarkRequest, InboxMarkResponse, InboxMessage, InboxRequest } from "../../shared/contract";
import { actorOf } from "../../shared/moment";
import type { Page } from "../../shared/page";

type Props = { page: Page; messages: InboxMessage[] };

/** Messages, the newest first. Being shown makes them read; each can be put away. */
export function Inbox({ page, messages }: Props) {
  const [gone, setGone] = useState<string[]>([]);
  useEffect(() => {
    for (const { id, read } of messages) if (!read) mark(page, id, "read");
  }, []);

  const shown = messages.filter(({ id }) => !gone.includes(id));
  if (shown.length === 0) return <s-text color="subdued">{page.text("inbox.empty")}</s-text>;
  return (
    <s-stack gap="large">
      {shown.map((message) => (
        <Message
          key={message.id}
          page={page}
          message={message}
          onPutAway={() => {
            mark(page, message.id, "dismiss");
            setGone([...gone, message.id]);
          }}
        />
      ))}
    </s-stack>
  );
}

function Message({ page, message, onPutAway }: { page: Page; message: InboxMessage; onPutAway: () => void }) {
  const { title, body, url, createdAt, read } = message;
  return (
    <s-stack gap="small">
      <s-heading>{title}</s-heading>
      <s-stack direction="inline" gap="small" alignItems="center">
        {!read && <s-badge>{page.text("inbox.new")}</s-badge>}
        <s-text color="subdued">{page.date(createdAt, { dateStyle: "medium" })}</s-text>
      </s-stack>
      <s-paragraph>{body}</s-paragraph>
      <s-stack direction="inline" gap="base" alignItems="center">
        {url && <s-link href={url}>{page.text("inbox.open")}</s-link>}
        <s-button
          variant="secondary"
          accessibilityLabel={page.text("inbox.dismiss_this", { title })}
          onClick={onPutAway}
        >
          {page.text("inbox.dismiss")}
        </s-button>
      </s-stack>
    </s-stack>
  );
}

/** Whose inbox it is: who acts for the order of the page, or on account pages the signed-in customer. */
export function inboxOwner(page: Page): InboxRequest | null {
  const moment = page.moment();
  if (!moment) return null;
  const { orderId, checkoutToken, confirmationNumber, locale } = actorOf(moment);
  return { orderId: orderId || undefined, checkoutToken, confirmationNumber, locale };
}

/** Nobody waits for it. */
function mark(page: Page, messageId: string, act: InboxMarkRequest["act"]): void {
  const owner = inboxOwner(page);
  if (page.inEditor || !owner) return;
  void page.call<InboxMarkResponse>("/api/inbox/mark", { ...owner, messageId, act });
}
