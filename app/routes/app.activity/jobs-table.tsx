import { Box, IndexTable, Text } from "#app/ui/polaris";
import { ActionButton } from "./action-button";
import { Nothing, PagedTable } from "./paged-table";
import { ProblemText } from "./problem-text";
import type { FormatTime, Paging } from "./route";

type JobsTableProps = {
  jobs: { id: string; job: string; ids: string; error: string; failedAt: string | Date }[];
  formatTime: FormatTime;
  paging: Paging;
};

/** Jobs that failed after all their tries. */
export function JobsTable({ jobs, formatTime, paging }: JobsTableProps) {
  if (jobs.length === 0) {
    return (
      <Nothing>
        <Text as="p" tone="subdued">
          No failed jobs. A job that fails is tried again for about an hour; only then would it stand here.
        </Text>
      </Nothing>
    );
  }
  return (
    <>
      <Box padding="300">
        <ActionButton label="Try all again" fields={{ intent: "replay-all-jobs" }} />
      </Box>
      <PagedTable
        name={["job", "jobs"]}
        headings={["Job", "Failed", "About", "Problem", "Action"]}
        count={jobs.length}
        paging={paging}
      >
        {jobs.map((job, index) => (
          <IndexTable.Row key={job.id} id={job.id} position={index}>
            <IndexTable.Cell>
              <Text as="span" fontWeight="medium">
                {job.job}
              </Text>
            </IndexTable.Cell>
            <IndexTable.Cell>{formatTime(job.failedAt)}</IndexTable.Cell>
            <IndexTable.Cell>
              <Text as="span" breakWord tone="subdued">
                {job.ids}
              </Text>
            </IndexTable.Cell>
            <IndexTable.Cell>
              <ProblemText text={job.error} isFailure />
            </IndexTable.Cell>
            <IndexTable.Cell>
              <ActionButton
                label="Try again"
                accessibilityLabel={`Try ${job.job} of ${formatTime(job.failedAt)} again`}
                fields={{ intent: "replay-job", id: job.id }}
              />
            </IndexTable.Cell>
          </IndexTable.Row>
        ))}
      </PagedTable>
    </>
  );
}
