import { Column, Hr, Img, Link, Row, Section, Text } from "@react-email/components";
import { ActionButton, OptionalTitle, type ViewProps } from "./mail-parts";
import { STYLE } from "./mail-styles";

/** Blocks that add something to the news: an offer, tips, where else the shop is. */

/** Chosen when the mail is written, for this person; nothing at all where no offer is worth it. */
export function OfferSlot({ marks, look, words }: ViewProps) {
  return marks.when(
    "offer",
    <>
      <Hr className="line" style={STYLE.line} />
      <OptionalTitle marks={marks} look={look} />
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
                style={{ borderRadius: look.pictureRadius, marginRight: "16px" }}
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
      <ActionButton label={marks.text("button")} href={marks.own("offer", "offer.url")} look={look} />
      <ActionButton label={words.notForMe} href={marks.own("other", "offer.decline")} look={look} />
    </>,
  );
}

/** From the shop's content library, for the products of the order. */
export function Tips({ marks, look, words }: ViewProps) {
  const list = `tips:${marks.setting("kind")}` as const;
  return marks.when(
    `list:${list}`,
    <>
      <OptionalTitle marks={marks} look={look} />
      {marks.each(
        list,
        <Section style={{ margin: "0 0 16px" }}>
          {marks.when(
            "tip-image",
            <Img
              src={marks.own("image", "tip.image")}
              alt=""
              width="536"
              style={{ ...STYLE.picture, borderRadius: look.pictureRadius, marginBottom: "12px" }}
            />,
          )}
          <Text className="ink" style={{ ...STYLE.text, fontWeight: 600, margin: "0 0 4px" }}>
            {marks.own("text", "tip.title")}
          </Text>
          <Text className="ink" style={{ ...STYLE.text, margin: "0 0 8px" }}>
            {marks.own("text", "tip.text")}
          </Text>
          {marks.when(
            "tip-link",
            <Link href={marks.own("other", "tip.url")} className="ink" style={STYLE.link}>
              {words.watch}
            </Link>,
          )}
        </Section>,
      )}
    </>,
  );
}

/** From the brand's settings, so that all mails have the same. */
export function SocialLinks({ marks, look }: Pick<ViewProps, "marks" | "look">) {
  if (look.social.length === 0) return null;
  return (
    <Text className="ink" style={STYLE.text}>
      {look.social.map(({ name, url }, index) => (
        <span key={name}>
          {index > 0 && " · "}
          <Link href={marks.fixed("other", url)} className="ink" style={STYLE.link}>
            {name}
          </Link>
        </span>
      ))}
    </Text>
  );
}
