import { Hr, Img, Link, Section } from "@react-email/components";
import type { ReactNode } from "react";
import { NpsScale, RateShop, SurveyQuestion } from "./asking-views";
import { OfferSlot, SocialLinks, Tips } from "./extra-views";
import { ActionButton, Paragraphs, Title, type ViewProps } from "./mail-parts";
import { STYLE } from "./mail-styles";
import { Products, ProgressBar, Tracking } from "./order-views";

const HEIGHTS: Record<string, string> = { small: "8px", medium: "24px", large: "48px" };

/**
 * One block as table HTML. The texts are marks; the compiled template fills them per recipient.
 * @param columns what stands in the columns of a block of columns
 */
export function BlockView({ columns, ...view }: ViewProps & { columns?: ReactNode[] }): ReactNode {
  const { when } = view.marks.block;
  const block = <OfType {...view} columns={columns} />;
  return when ? view.marks.when(when, block) : block;
}

function OfType({ columns = [], ...view }: ViewProps & { columns?: ReactNode[] }): ReactNode {
  const { marks, look } = view;
  switch (marks.block.type) {
    case "heading":
      return <Title look={look}>{marks.text("text")}</Title>;
    case "text":
      return <Paragraphs marks={marks} />;
    case "button":
      return <ActionButton label={marks.text("text")} href={marks.link("url")} look={look} />;
    case "image":
      return <Picture {...view} />;
    case "space":
      return <Space height={HEIGHTS[marks.setting("size")]!} />;
    case "columns":
      return <Columns shape={marks.setting("shape")}>{columns}</Columns>;
    case "products":
      return <Products {...view} />;
    case "tracking":
      return <Tracking {...view} />;
    case "progress":
      return <ProgressBar {...view} />;
    case "nps":
      return <NpsScale {...view} />;
    case "survey":
      return <SurveyQuestion {...view} />;
    case "rate":
      return <RateShop {...view} />;
    case "tips":
      return <Tips {...view} />;
    case "social":
      return <SocialLinks marks={marks} look={look} />;
    case "points":
      return marks.when("points", <Paragraphs marks={marks} />);
    case "divider":
      return <Hr className="line" style={STYLE.line} />;
    case "offer":
      return <OfferSlot {...view} />;
    case "marketing":
      return marks.when(
        "marketing",
        <>
          <Hr className="line" style={STYLE.line} />
          <Title look={look}>{marks.text("heading")}</Title>
          <Paragraphs marks={marks} />
          <ActionButton label={marks.text("button")} href={marks.link("url")} look={look} />
        </>,
      );
  }
}

function Picture({ marks, look }: ViewProps) {
  const picture = (
    <Img
      src={marks.image("url")}
      alt={marks.has("alt") ? marks.text("alt") : ""}
      width="536"
      style={{ width: "100%", maxWidth: "536px", height: "auto", borderRadius: look.pictureRadius }}
    />
  );
  return (
    <Section style={{ margin: "8px 0 24px" }}>
      {marks.has("link") ? <Link href={marks.link("link")}>{picture}</Link> : picture}
    </Section>
  );
}

function Space({ height }: { height: string }) {
  return (
    <table width="100%" cellPadding="0" cellSpacing="0" border={0} role="presentation">
      <tbody>
        <tr>
          <td height={parseInt(height)} style={{ height, lineHeight: height, fontSize: "1px" }}>
            &nbsp;
          </td>
        </tr>
      </tbody>
    </table>
  );
}

const WIDTHS: Record<string, [string, string]> = {
  equal: ["50%", "50%"],
  "narrow-left": ["33%", "67%"],
  "narrow-right": ["67%", "33%"],
};

/** Cells of a table; on narrow screens the head's styles put them one below the other. */
function Columns({ shape, children }: { shape: string; children: ReactNode[] }) {
  const [left, right] = WIDTHS[shape]!;
  return (
    <table width="100%" cellPadding="0" cellSpacing="0" border={0} role="presentation">
      <tbody>
        <tr>
          <td className="column" width={left} valign="top" style={{ width: left, paddingRight: "8px" }}>
            {children[0]}
          </td>
          <td className="column" width={right} valign="top" style={{ width: right, paddingLeft: "8px" }}>
            {children[1]}
          </td>
        </tr>
      </tbody>
    </table>
  );
}
