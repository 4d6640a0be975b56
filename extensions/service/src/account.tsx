import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { InboxResponse, Said } from "../../shared/contract";
import type { Page } from "../../shared/page";
import { Held } from "../../shared/skeleton";
import { Codes } from "./codes";
import { Inbox, inboxOwner } from "./inbox";
import { sampleSaid } from "./sample-said";
import { Tips } from "./tips";

/** The space of all three lines, folded, on wide pages and on phones. */
const SPACE = { wide: "200px", narrow: "200px" } as const;
const TIMEOUT_MS = 3000;

/**
 * On the account pages: the shopper's messages, the codes they took, and tips for what they bought, one folded line each. The same space is
 * taken before and after the answer, so nothing moves. Where the app does not answer, nothing is shown.
 */
export function Account({ page }: { page: Page }) {
  const said = useSaid(page);
  if (said === "nothing") return null;
  return (
    <Held {...SPACE}>
      <s-section heading={page.text("account.heading")}>
        {said === "loading" ? <s-skeleton-paragraph /> : <Lines page={page} said={said} />}
      </s-section>
    </Held>
  );
}

function Lines({ page, said }: { page: Page; said: Said }) {
  // An app of before they were told tells no codes.
  const { messages, tips, codes = [] } = said;
  const unread = messages.filter(({ read }) => !read).length;
  if (messages.length + tips.length + codes.length === 0)
    return <s-text color="subdued">{page.text("inbox.empty")}</s-text>;
  return (
    <s-stack gap="small">
      {messages.length > 0 && (
        <Folded
          title={unread > 0 ? page.text("inbox.unread", { count: unread }) : page.text("inbox.heading")}
        >
          <Inbox page={page} messages={messages} />
        </Folded>
      )}
      {codes.length > 0 && (
        <Folded title={page.text("codes.heading")}>
          <Codes page={page} codes={codes} />
        </Folded>
      )}
      {tips.length > 0 && (
        <Folded title={page.text("tips.heading")}>
          <Tips page={page} tips={tips} />
        </Folded>
      )}
    </s-stack>
  );
}

/** Its content is made when it is first opened: a message that nobody has seen is not read. */
function Folded({ title, children }: { title: string; children: ComponentChildren }) {
  const [wasOpened, setOpened] = useState(false);
  return (
    <s-details onToggle={() => setOpened(true)}>
      <s-summary>{title}</s-summary>
      {wasOpened && children}
    </s-details>
  );
}

function useSaid(page: Page): Said | "loading" | "nothing" {
  const [said, setSaid] = useState<Said | "loading" | "nothing">("loading");
  useEffect(() => {
    const owner = inboxOwner(page);
    if (!owner || page.inEditor) return;
    let isCurrent = true;
    void page.call<InboxResponse>("/api/inbox", owner, TIMEOUT_MS).then((answer) => {
      if (isCurrent) setSaid(answer?.status === "ok" ? answer : "nothing");
    });
    return () => {
      isCurrent = false;
    };
  }, []);
  return page.inEditor ? sampleSaid(page, new Date()) : said;
}
