import { useRef, useState } from "react";
import { createPortal } from "react-dom";
import { questionFor, type Question, type Speech } from "#app/surveys/question";
import { BlockStack, Card, Text } from "#app/ui/polaris";
import { pageStyles } from "../s.$token/page-styles";
import { PageBody, type PageShop } from "../s.$token/survey-page";

type SurveyPreviewProps = { questions: Question[]; speech: Speech; shop: PageShop };

/**
 * The shopper's page itself, in a frame of its own, so that the admin's styles do not reach it. It shows the draft
 * while it is being written.
 */
export function SurveyPreview({ questions, speech, shop }: SurveyPreviewProps) {
  const { locale } = speech;
  const frame = useRef<HTMLIFrameElement>(null);
  const [body, setBody] = useState<HTMLElement | null>(null);
  const shown = questions.map((question) => questionFor(question, speech, "preview"));
  // React keeps what it has drawn for a question; another language or type must be drawn anew.
  const version = `${locale} ${questions.map(({ id, type }) => id + type).join()}`;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Preview
        </Text>
        <iframe
          ref={frame}
          title="Preview of the survey as shoppers see it"
          srcDoc={`<!doctype html><html lang="${locale}"><head><title>Preview</title></head><body></body></html>`}
          onLoad={() => setBody(frame.current?.contentDocument?.body ?? null)}
          style={{ width: "100%", height: 520, border: "1px solid #e3e3e3", borderRadius: 8 }}
        />
        {body &&
          createPortal(
            <div onSubmit={(event) => event.preventDefault()} key={version}>
              <style>{pageStyles(shop.colour)}</style>
              <PageBody
                shop={shop}
                locale={locale}
                state={{ kind: "form", questions: shown, answers: {}, problems: [] }}
              />
            </div>,
            body,
          )}
      </BlockStack>
    </Card>
  );
}
