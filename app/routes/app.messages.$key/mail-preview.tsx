import { useFetcher } from "@remix-run/react";
import { memo, useEffect, useState } from "react";
import type { Content } from "#app/messages/blocks";
import type { Locale } from "#app/shops/settings";
import {
  BlockStack,
  Button,
  ButtonGroup,
  Card,
  Checkbox,
  InlineError,
  InlineStack,
  Text,
} from "#app/ui/polaris";
import { useAfterPaint } from "#app/ui/after-paint";
import { MailFrame, type MailView, type ShownMail } from "#app/ui/mail-frame";
import { useSave } from "#app/ui/save";
import type { TemplateAction, TemplateActionResult } from "./form";
import { OrderChoice, type PreviewOrder } from "./order-choice";

const VIEWS: { view: MailView; label: string }[] = [
  { view: "desktop", label: "Desktop" },
  { view: "phone", label: "Phone" },
  { view: "text", label: "Plain text" },
  { view: "short", label: "Short" },
];
const TYPING_PAUSE_MS = 300;

type MailPreviewProps = {
  content: Content;
  language: Locale;
  orders: PreviewOrder[];
  testAddress: string;
  locale: string;
  timezone: string;
};

/** The mail as it will look, with a real order or the sample, and a way to get it sent as a test. */
export const MailPreview = memo(function MailPreview(props: MailPreviewProps) {
  const { content, language, orders, testAddress, locale, timezone } = props;
  const [view, setView] = useState<MailView>("desktop");
  const [dark, setDark] = useState(false);
  const [orderGid, setOrderGid] = useState<string | null>(null);
  const [agreed, setAgreed] = useState(true);
  const { save, saving, problems } = useSave<TemplateAction>();
  const looks = { content, locale: language, orderGid, agreed };
  const { mail, isOld } = useRenderedMail({ intent: "preview", ...looks });
  const [shownMail, shownView, shownDark] = [useAfterPaint(mail), useAfterPaint(view), useAfterPaint(dark)];

  return (
    <div style={{ position: "sticky", top: 16 }}>
      <Card>
        <BlockStack gap="300">
          <InlineStack align="space-between" blockAlign="center" gap="200">
            <Text as="h2" variant="headingMd">
              Preview
            </Text>
            <ButtonGroup variant="segmented">
              {VIEWS.map((one) => (
                <Button key={one.view} pressed={view === one.view} onClick={() => setView(one.view)}>
                  {one.label}
                </Button>
              ))}
            </ButtonGroup>
          </InlineStack>
          <InlineStack align="space-between" blockAlign="center" gap="200">
            <OrderChoice
              orders={orders}
              chosen={orderGid}
              locale={locale}
              timezone={timezone}
              onChoose={setOrderGid}
            />
            <BlockStack>
              <Checkbox
                label="Dark mode"
                checked={dark}
                onChange={setDark}
                disabled={view === "text" || view === "short"}
              />
              <Checkbox label="Agreed to marketing" checked={agreed} onChange={setAgreed} />
            </BlockStack>
          </InlineStack>
          {mail && (
            <Text as="p">
              <Text as="span" tone="subdued">
                Subject:{" "}
              </Text>
              {mail.subject}
            </Text>
          )}
          {isOld && (
            <Text as="p" tone="caution">
              Something is not right yet, so this is the email as it was before.
            </Text>
          )}
          <MailFrame mail={shownMail} view={shownView} dark={shownDark} />
          <InlineStack gap="200" blockAlign="center">
            <Button
              onClick={() => save({ intent: "test", ...looks })}
              loading={saving}
              disabled={!testAddress}
            >
              Send a test
            </Button>
            <Text as="span" tone="subdued">
              {testAddress ? `Goes to ${testAddress}` : "Your shop has no email address."}
            </Text>
          </InlineStack>
          {problems.test && <InlineError message={problems.test} fieldID="send-test" />}
        </BlockStack>
      </Card>
    </div>
  );
});

/** The server's rendering of what is typed; while it cannot be rendered, the last one that could. */
function useRenderedMail(request: Extract<TemplateAction, { intent: "preview" }>): {
  mail: ShownMail | null;
  isOld: boolean;
} {
  const { data, submit } = useFetcher<TemplateActionResult>();
  const [mail, setMail] = useState<ShownMail | null>(null);
  const body = JSON.stringify(request);
  useEffect(() => {
    const timer = setTimeout(
      () => submit(body, { method: "post", encType: "application/json" }),
      TYPING_PAUSE_MS,
    );
    return () => clearTimeout(timer);
    // `submit` changes with every rendering; only what is typed may ask for another preview.
  }, [body]);
  const preview = data?.preview;
  useEffect(() => {
    if (preview?.status === "rendered") setMail(preview);
  }, [preview]);
  return { mail, isOld: preview?.status === "invalid" };
}
