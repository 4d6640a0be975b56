import type { Page } from "../../shared/page";
import { Skeleton } from "../../shared/skeleton";
import { useDecision } from "../../shared/use-decision";
import { Join } from "./join";
import { sampleJoin } from "./samples";

/** Invites to the points programme; nothing for members and where there is no programme. */
export function JoinBlock({ page }: { page: Page }) {
  const decision = useDecision(page, "loyalty", ["loyalty-join"], () => [sampleJoin(page)]);
  if (decision.state === "loading") return <Skeleton height="200px" />;
  if (decision.state === "nothing") return null;
  const { decisionId, moment, placements } = decision;
  return <Join page={page} moment={moment} decisionId={decisionId} placement={placements[0]!} />;
}
