import { Column, Img, Row, Section, Text } from "@react-email/components";
import { Fragment } from "react";
import { ActionButton, OptionalTitle, Title, type ViewProps } from "./mail-parts";
import { STYLE } from "./mail-styles";

/** Blocks about the order and its parcel. */

export function Products({ marks, look, words }: ViewProps) {
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
              style={{ borderRadius: look.pictureRadius, marginRight: "16px" }}
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
      <OptionalTitle marks={marks} look={look} />
      {marks.each("item", item)}
      <Section style={{ height: "16px" }} />
    </>,
  );
}

export function Tracking({ marks, look }: ViewProps) {
  return marks.when(
    "tracking",
    <>
      <Title look={look}>{marks.text("heading")}</Title>
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
          look={look}
        />,
      )}
    </>,
  );
}

const STEPS = [1, 2, 3, 4] as const;

/** How far the parcel is, as cells of a table: colours alone never tell it, the words below do too. */
export function ProgressBar({ marks, look, words }: ViewProps) {
  const bar = (reached: number) => (
    <>
      <OptionalTitle marks={marks} look={look} />
      <table width="100%" cellPadding="0" cellSpacing="0" border={0} role="presentation">
        <tbody>
          <tr>
            {STEPS.map((step) => (
              <td key={step} width="25%" style={{ padding: "0 2px" }}>
                <table width="100%" cellPadding="0" cellSpacing="0" border={0} role="presentation">
                  <tbody>
                    <tr>
                      <td
                        height="8"
                        className={step > reached ? "rest" : undefined}
                        style={{
                          ...STYLE.bar,
                          backgroundColor: step > reached ? REST : look.primaryColor,
                        }}
                      >
                        &nbsp;
                      </td>
                    </tr>
                  </tbody>
                </table>
              </td>
            ))}
          </tr>
        </tbody>
      </table>
      <Text className="ink" style={{ ...STYLE.small, color: "#1a1a1a", margin: "8px 0 24px" }}>
        <strong>{words.progress[reached - 1]}</strong> ({reached}/{STEPS.length})
      </Text>
    </>
  );
  return STEPS.map((step) => <Fragment key={step}>{marks.when(`progress-${step}`, bar(step))}</Fragment>);
}

const REST = "#e3e3e0";
