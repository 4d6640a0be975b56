import { Button, Column, Heading, Hr, Img, Link, Row, Section, Text } from "@react-email/components";
import type { ReactNode } from "react";
import { readableOn } from "./colours";
import type { FrameTexts } from "./frame-texts";
import { STYLE } from "./mail-styles";
import type { BlockMarks } from "./block-marks";

type ViewProps = { marks: BlockMarks; primaryColor: string; words: FrameTexts };

/** One block as table HTML. The texts are marks; the compiled template fills them per recipient. */
export function BlockView({ marks, ...rest }: ViewProps): ReactNode {
  const { type } = marks.block;
  switch (type) {
    case "heading":
      return <Title>{marks.text("text")}</Title>;
    case "text":
      return <Paragraphs marks={marks} />;
    case "button":
      return <ActionButton label={marks.text("text")} href={marks.link("url")} color={rest.primaryColor} />;
    case "image":
      return <Picture marks={marks} />;
    case "products":
      return <Products marks={marks} words={rest.words} />;
    case "tracking":
      return <Tracking marks={marks} color={rest.primaryColor} />;
    case "nps":
      return <NpsScale marks={marks} words={rest.words} />;
    case "points":
      return marks.when("points", <Paragraphs marks={marks} />);
    case "divider":
      return <Hr className="line" style={STYLE.line} />;
    case "offer":
      return <OfferSlot marks={marks} color={rest.primaryColor} />;
    case "marketing":
      return marks.when(
        "marketing",
        <>
          <Hr className="line" style={STYLE.line} />
          <Title>{marks.text("heading")}</Title>
          <Paragraphs marks={marks} />
          <ActionButton label={marks.text("button")} href={marks.link("url")} color={rest.primaryColor} />
        </>,
      );
  }
}

function Title({ children }: { children: ReactNode }) {
  return (
    <Heading as="h2" className="ink" style={STYLE.heading}>
      {children}
    </Heading>
  );
}

function Paragraphs({ marks }: { marks: BlockMarks }) {
  return marks.paragraphs("text").map((paragraph, index) => (
    <Text key={index} className="ink" style={STYLE.text}>
      {paragraph}
    </Text>
  ));
}

function ActionButton({ label, href, color }: { label: string; href: string; color: string }) {
  return (
    <Section style={{ margin: "8px 0 24px" }}>
      <Button href={href} style={{ ...STYLE.button, backgroundColor: color, color: readableOn(color) }}>
        {label}
      </Button>
    </Section>
  );
}

/** Chosen when the mail is written, for this person; nothing at all where no offer is worth it. */
function OfferSlot({ marks, color }: { marks: BlockMarks; color: string }) {
  return marks.when(
    "offer",
    <>
      <Hr className="line" style={STYLE.line} />
      {marks.has("heading") && <Title>{marks.text("heading")}</Title>}
      <Section>
        <Row>
          <Column style={{ ...STYLE.item, width: "1%" }}>
            {marks.when(
              "offer-image",
              <Img
                src={marks.own("image", "offer.image")}
                alt=""
                width="80"
                height="80"
                style={{ borderRadius: "6px", marginRight: "16px" }}
              />,
            )}
          </Column>
          <Column style={STYLE.item}>
            <Text className="ink" style={{ ...STYLE.text, margin: "0" }}>
              {marks.own("text", "offer.title")}
            </Text>
            {marks.when(
              "offer-reason",
              <Text className="muted" style={{ ...STYLE.small, margin: "0" }}>
                {marks.own("text", "offer.reason")}
              </Text>,
            )}
            <Text className="ink" style={{ ...STYLE.text, margin: "0" }}>
              {marks.when("offer-discount", <s>{marks.own("text", "offer.price")}</s>)}{" "}
              <strong>{marks.own("text", "offer.discounted")}</strong>
            </Text>
          </Column>
        </Row>
      </Section>
      <ActionButton label={marks.text("button")} href={marks.own("offer", "offer.url")} color={color} />
    </>,
  );
}

function Picture({ marks }: { marks: BlockMarks }) {
  const picture = (
    <Img
      src={marks.image("url")}
      alt={marks.has("alt") ? marks.text("alt") : ""}
      width="536"
      style={{ width: "100%", maxWidth: "536px", height: "auto", borderRadius: "6px" }}
    />
  );
  return (
    <Section style={{ margin: "8px 0 24px" }}>
      {marks.has("link") ? <Link href={marks.link("link")}>{picture}</Link> : picture}
    </Section>
  );
}

function Products({ marks, words }: { marks: BlockMarks; words: FrameTexts }) {
  const item = (
    <Section>
      <Row>
        <Column style={{ ...STYLE.item, width: "1%" }}>
          {marks.when(
            "item-image",
            <Img
              src={marks.own("image", "item.image")}
              alt=""
              width="56"
              height="56"
              style={{ borderRadius: "6px", marginRight: "16px" }}
            />,
          )}
        </Column>
        <Column style={STYLE.item}>
          <Text className="ink" style={{ ...STYLE.text, margin: "0" }}>
            {marks.own("text", "item.title")}
          </Text>
          <Text className="muted" style={{ ...STYLE.small, margin: "0" }}>
            {words.quantity}: {marks.own("text", "item.quantity")}
          </Text>
        </Column>
        <Column style={{ ...STYLE.item, width: "96px" }} align="right">
          <Text className="ink" style={{ ...STYLE.text, margin: "0" }}>
            {marks.own("text", "item.total")}
          </Text>
        </Column>
      </Row>
    </Section>
  );
  return marks.when(
    "products",
    <>
      {marks.has("heading") && <Title>{marks.text("heading")}</Title>}
      {marks.eachItem(item)}
      <Section style={{ height: "16px" }} />
    </>,
  );
}

function Tracking({ marks, color }: { marks: BlockMarks; color: string }) {
  return marks.when(
    "tracking",
    <>
      <Title>{marks.text("heading")}</Title>
      <Text className="muted" style={STYLE.small}>
        {marks.own("text", "parcel.carrier")} {marks.own("text", "parcel.tracking_number")}
      </Text>
      {marks.has("expected") &&
        marks.when(
          "expected",
          <Text className="ink" style={STYLE.text}>
            {marks.text("expected")}
          </Text>,
        )}
      {marks.when(
        "tracking-link",
        <ActionButton
          label={marks.text("button")}
          href={marks.own("tracking", "parcel.tracking_url")}
          color={color}
        />,
      )}
    </>,
  );
}

const SCORES = Array.from({ length: 11 }, (_, score) => score);

function NpsScale({ marks, words }: { marks: BlockMarks; words: FrameTexts }) {
  const score = {
    color: "#1a1a1a",
    backgroundColor: "#f4f4f2",
    border: "1px solid #8a8a86",
    borderRadius: "4px",
    display: "block",
    fontSize: "14px",
    lineHeight: "20px",
    padding: "10px 0",
    textAlign: "center",
    textDecoration: "none",
  } as const;
  return marks.when(
    "nps",
    <>
      <Title>{marks.text("question")}</Title>
      <Section aria-label={words.answerScale}>
        <Row>
          {SCORES.map((number) => (
            <Column key={number} style={{ padding: "0 1px", width: "9%" }}>
              <Link href={marks.own("survey", `nps.${number}`)} className="score" style={score}>
                {number}
              </Link>
            </Column>
          ))}
        </Row>
      </Section>
      <Section style={{ margin: "4px 0 24px" }}>
        <Row>
          <Column align="left">
            <Text className="muted" style={{ ...STYLE.small, margin: "0" }}>
              {marks.text("low")}
            </Text>
          </Column>
          <Column align="right">
            <Text className="muted" style={{ ...STYLE.small, margin: "0" }}>
              {marks.text("high")}
            </Text>
          </Column>
        </Row>
      </Section>
    </>,
  );
}
