import type { Page } from "../../shared/page";
import { Skeleton } from "../../shared/skeleton";
import { useOrderStatus } from "../../shared/use-order-status";
import { Balance, Pending } from "./balance";
import { JoinBlock } from "./join-block";
import { sampleOrder } from "./samples";

/** Points and pending points of a member; the invitation for everybody else. */
export function PointsBlock({ page }: { page: Page }) {
  const status = useOrderStatus(page, () => sampleOrder(page));
  if (status.state === "loading") return <Skeleton height="110px" />;
  const loyalty = status.state === "ready" ? status.order.loyalty : null;
  if (!loyalty) return null;
  if (!loyalty.member) return <JoinBlock page={page} />;
  const { programName, points, pendingPoints } = loyalty;
  return (
    <s-section heading={page.setting("heading") ?? page.text("points.heading", { program: programName })}>
      <s-stack gap="small-200">
        <Balance page={page} points={points} />
        <Pending page={page} count={pendingPoints} />
      </s-stack>
    </s-section>
  );
}
