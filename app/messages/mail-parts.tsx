import { Button, Heading, Section, Text } from "@react-email/components";
import type { ReactNode } from "react";
import type { BlockMarks } from "./block-marks";
import { readableOn } from "./colours";
import type { FrameTexts } from "./frame-texts";
import type { Look } from "./look";
import { STYLE } from "./mail-styles";

/** What every view of a block is given. */
export type ViewProps = { marks: BlockMarks; look: Look; words: FrameTexts };

/** Pieces that several blocks are made of. */

export function Title({ look, children }: { look: Look; children: ReactNode }) {
  return (
    <Heading as="h2" className="ink" style={{ ...STYLE.heading, color: look.headingColor }}>
      {children}
    </Heading>
  );
}

export function OptionalTitle({ marks, look }: Pick<ViewProps, "marks" | "look">) {
  return marks.has("heading") ? <Title look={look}>{marks.text("heading")}</Title> : null;
}

export function Paragraphs({ marks }: { marks: BlockMarks }) {
  return marks.paragraphs("text").map((paragraph, index) => (
    <Text key={index} className="ink" style={STYLE.text}>
      {paragraph}
    </Text>
  ));
}

export function ActionButton({ label, href, look }: { label: string; href: string; look: Look }) {
  const { primaryColor, buttonRadius } = look;
  const colours = { backgroundColor: primaryColor, color: readableOn(primaryColor) };
  return (
    <Section style={{ margin: "8px 0 24px" }}>
      <Button href={href} style={{ ...STYLE.button, ...colours, borderRadius: buttonRadius }}>
        {label}
      </Button>
    </Section>
  );
}
