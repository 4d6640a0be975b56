import type { TipView } from "../../shared/contract";
import type { Page } from "../../shared/page";

/** What the shop has to say about what was bought, each folded: opened only by who wants it. */
export function Tips({ page, tips }: { page: Page; tips: TipView[] }) {
  return (
    <s-stack gap="small">
      {tips.map(({ id, title, paragraphs, videoUrl, imageUrl }) => (
        <s-details key={id}>
          <s-summary>{title}</s-summary>
          <s-stack gap="small">
            {imageUrl && <s-image src={imageUrl} alt="" loading="lazy" inlineSize="fill" />}
            {paragraphs.map((text, index) => (
              <s-paragraph key={index}>{text}</s-paragraph>
            ))}
            {videoUrl && (
              <s-link href={videoUrl} target="_blank">
                {page.text("tips.video")}
              </s-link>
            )}
          </s-stack>
        </s-details>
      ))}
    </s-stack>
  );
}
