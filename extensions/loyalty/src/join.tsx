import type { JoinLoyaltyResponse, LoyaltyJoinPlacement, Moment } from "../../shared/contract";
import { actorOf } from "../../shared/moment";
import type { Page } from "../../shared/page";
import { Balance, Pending, Promised } from "./balance";
import { useJoin } from "./use-join";

type Props = { page: Page; moment: Moment; decisionId: string; placement: LoyaltyJoinPlacement };

/**
 * What joining gives, the words one agrees to, and one button. Nothing is ticked beforehand: pressing the button
 * below the words is the consent, and the words go with it.
 */
export function Join({ page, moment, decisionId, placement }: Props) {
  const { programName, consentText } = placement;
  const { joining, join } = useJoin(page, { moment: actorOf(moment), decisionId, consentText });
  if (joining.state === "answered") {
    return <Joined page={page} programName={programName} answer={joining.answer} />;
  }
  return (
    <s-section heading={page.setting("heading") ?? page.text("join.heading", { program: programName })}>
      <s-stack gap="base">
        <Gains page={page} placement={placement} />
        <s-paragraph color="subdued">{consentText}</s-paragraph>
        {joining.state === "unreachable" && (
          <s-banner tone="critical" heading={page.text("join.unreachable")} />
        )}
        <s-stack direction="inline">
          <s-button variant="secondary" loading={joining.state === "sending"} onClick={() => void join()}>
            {page.text("join.button")}
          </s-button>
        </s-stack>
      </s-stack>
    </s-section>
  );
}

function Gains({ page, placement }: { page: Page; placement: LoyaltyJoinPlacement }) {
  const { orderPoints, joinBonus } = placement;
  if (orderPoints <= 0 && joinBonus <= 0) return null;
  return (
    <s-unordered-list>
      {orderPoints > 0 && <s-list-item>{page.text("join.order_points", { count: orderPoints })}</s-list-item>}
      {joinBonus > 0 && <s-list-item>{page.text("join.bonus", { count: joinBonus })}</s-list-item>}
    </s-unordered-list>
  );
}

type JoinedProps = { page: Page; programName: string; answer: JoinLoyaltyResponse };

function Joined({ page, programName, answer }: JoinedProps) {
  const { text } = page;
  if (answer.status === "closed") return <s-banner tone="info" heading={text("join.closed")} />;
  const isNew = answer.status === "joined";
  const { points = 0, pendingPoints } = answer;
  return (
    <s-section heading={text(isNew ? "joined.heading" : "member.heading", { program: programName })}>
      <s-stack gap="small-200" accessibilityRole="status">
        {points > 0 && <Balance page={page} points={points} />}
        {isNew ? (
          <Promised page={page} count={pendingPoints} />
        ) : (
          <Pending page={page} count={pendingPoints} />
        )}
      </s-stack>
    </s-section>
  );
}
