import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { inShop } from "#app/db/in-shop.server";
import { requireShop } from "#app/http/admin.server";
import { readForm } from "#app/http/form.server";
import { donePhoneTasks, openPhoneTasks, settlePhoneTask } from "#app/messages/phone-tasks.server";
import {
  BlockStack,
  Box,
  Button,
  Card,
  Divider,
  InlineGrid,
  InlineStack,
  Link,
  Page,
  Text,
} from "#app/ui/polaris";
import { useSave, type SaveResult } from "#app/ui/save";

export const meta: MetaFunction = () => [{ title: "Calls · Postlude" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, locale } = await requireShop(request);
  return inShop(shop.id, async (tx) => ({
    open: await openPhoneTasks(tx, shop.id),
    done: await donePhoneTasks(tx, shop.id),
    locale,
    timezone: shop.timezone,
  }));
}

const Body = z.object({ id: z.uuid(), done: z.boolean() });

export async function action({ request }: ActionFunctionArgs): Promise<SaveResult> {
  const { shop, staffId } = await requireShop(request);
  const form = await readForm(request, Body);
  if (!form.ok) return { problems: form.problems };
  const { id, done } = form.value;
  const settled = await inShop(shop.id, (tx) =>
    settlePhoneTask(tx, shop.id, id, { done, staffId, now: new Date() }),
  );
  if (!settled) return { problems: { "": "This call is no longer there." } };
  return { problems: {}, saved: done ? "Done" : "Open again" };
}

type Task = ReturnType<typeof useLoaderData<typeof loader>>["open"][number];

export default function CallsPage() {
  const { open, done, locale, timezone } = useLoaderData<typeof loader>();
  const time = new Intl.DateTimeFormat(locale, {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: timezone,
  });
  return (
    <Page
      title="Calls"
      subtitle="What your staff should tell shoppers by phone."
      backAction={{ content: "Messages", url: "/app/messages" }}
    >
      <BlockStack gap="400">
        <TaskCard title="To call" tasks={open} time={time}>
          <Text as="p" tone="subdued">
            Nothing to do. A journey with a call as its step, or a message on the channel “Calls by your
            staff”, puts one here. <Link url="/app/messages/channels">Channels</Link>
          </Text>
        </TaskCard>
        {done.length > 0 && <TaskCard title="Done" tasks={done} time={time} />}
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}

type TaskCardProps = { title: string; tasks: Task[]; time: Intl.DateTimeFormat; children?: React.ReactNode };

function TaskCard({ title, tasks, time, children }: TaskCardProps) {
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {title}
        </Text>
        {tasks.length === 0 && children}
        {tasks.map((task) => (
          <BlockStack key={task.id} gap="400">
            <Divider />
            <TaskEntry task={task} time={time} />
          </BlockStack>
        ))}
      </BlockStack>
    </Card>
  );
}

function TaskEntry({ task, time }: { task: Task; time: Intl.DateTimeFormat }) {
  const { save, saving } = useSave<z.infer<typeof Body>>();
  const { id, phone, note, customer, orderName, createdAt, doneAt } = task;
  const who = [customer ?? "Unknown shopper", orderName].filter(Boolean).join(" · ");
  return (
    <InlineGrid columns={{ xs: 1, md: ["twoThirds", "oneThird"] }} gap="400" alignItems="center">
      <BlockStack gap="100">
        <Text as="h3" variant="headingSm">
          {who}
        </Text>
        <Text as="p">{note}</Text>
        <InlineStack gap="200">
          {phone && <Link url={`tel:${phone}`}>{phone}</Link>}
          <Text as="span" tone="subdued">
            {time.format(new Date(doneAt ?? createdAt))}
          </Text>
        </InlineStack>
      </BlockStack>
      <InlineStack align="end">
        <Button
          loading={saving}
          onClick={() => save({ id, done: doneAt === null })}
          accessibilityLabel={`${doneAt ? "Open again" : "Done"}: ${who}`}
        >
          {doneAt ? "Open again" : "Done"}
        </Button>
      </InlineStack>
    </InlineGrid>
  );
}
