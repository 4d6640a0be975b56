import { Body, Container, Head, Heading, Html, Img, Link, Section, Text } from "@react-email/components";
import { render } from "@react-email/render";
import type { ReactNode } from "react";
import type { Purpose } from "#app/contact-policy/contact";
import type { Brand, Locale } from "#app/shops/settings";
import { blockMarks } from "./block-marks";
import { BlockView } from "./block-views";
import { inLocale, standInLocale, type Block, type Content, type LocalizedText } from "./blocks";
import type { CompiledTemplate } from "./compiled";
import { FRAME_TEXTS } from "./frame-texts";
import { marker, stripMarks, type Marker } from "./holes";
import { lookOf } from "./look";
import { HEAD_STYLE, STYLE } from "./mail-styles";
import { plainView } from "./plain-text";
import { parseText, type Piece } from "./template-language";

export type Frame = {
  brand: Brand;
  shopName: string;
  locale: Locale;
  /** The shop's main language, for texts that `locale` lacks. */
  main: Locale;
  /** Left out: transactional. The foot of a mail says why one gets it. */
  purpose?: Purpose;
};

/**
 * Renders a template's frame and blocks with React once and cuts the result into segments. Filling a compiled template
 * is then joining texts, more than twenty times cheaper than React per mail.
 * @param content must have passed `checkContent`
 */
export async function compileTemplate(content: Content, givenFrame: Frame): Promise<CompiledTemplate> {
  const frame = withoutMarks(givenFrame);
  const { brand, locale } = frame;
  const words = FRAME_TEXTS[locale];
  const speech = { locale, standIn: standInLocale(content, frame.main) };
  const read = (text: LocalizedText | undefined) =>
    parseText(inLocale(text, locale, speech.standIn).trim()).pieces;
  const subject = read(content.subject);
  const look = lookOf(brand);
  const html = marker("html");
  const view = (block: Block): ReactNode => (
    <BlockView
      key={block.id}
      marks={blockMarks(block, speech, html)}
      look={look}
      words={words}
      columns={block.columns?.map((column) => column.map(view))}
    />
  );
  const rendered = await render(
    <MailFrame frame={frame} mark={html} preheader={read(content.preheader)}>
      {content.blocks.map(view)}
    </MailFrame>,
  );
  const plain = marker("plain");
  const blocks = content.blocks.map((block) => plainView(block, { ...speech, look, words, mark: plain }));
  return {
    // A mail without a subject looks like spam.
    subject: subject.length > 0 ? subject : [brand.senderName || frame.shopName],
    // React parts neighbouring texts by empty comments.
    html: html.cut(rendered.replaceAll("<!-- -->", "")),
    short: read(content.short),
    text: plain.cut([...blocks, plainFooter(frame, plain)].join("\n\n")),
  };
}

/** A shop's name must not be able to look like one of our marks. */
function withoutMarks({ brand, shopName, ...frame }: Frame): Frame {
  return {
    ...frame,
    shopName: stripMarks(shopName),
    brand: {
      ...brand,
      senderName: stripMarks(brand.senderName),
      postalAddress: stripMarks(brand.postalAddress),
      footerText: stripMarks(brand.footerText),
    },
  };
}

type MailFrameProps = { frame: Frame; mark: Marker; preheader: Piece[]; children: ReactNode };

function MailFrame({ frame, mark, preheader, children }: MailFrameProps) {
  const { brand, shopName, locale } = frame;
  const words = FRAME_TEXTS[locale];
  const sender = brand.senderName || shopName;
  const ours = (path: string) => mark.link([{ path, filters: [] }], "unsubscribe");
  const { fontFamily, pageColor, cardRadius } = lookOf(brand);
  return (
    <Html lang={locale} dir="ltr">
      <Head>
        <title>{sender}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style>{HEAD_STYLE}</style>
      </Head>
      <Body className="page" style={{ ...STYLE.body, fontFamily }}>
        <div style={STYLE.hidden}>{mark.text(preheader)}</div>
        <table
          className="page"
          width="100%"
          cellPadding="0"
          cellSpacing="0"
          role="presentation"
          style={{ ...STYLE.page, backgroundColor: pageColor, fontFamily }}
        >
          <tbody>
            <tr>
              <td style={{ padding: "24px 0" }}>
                <Container className="card" style={{ ...STYLE.card, borderRadius: cardRadius }}>
                  <Section className="inner" style={STYLE.inner}>
                    {brand.logoUrl ? (
                      <Img
                        src={brand.logoUrl}
                        alt={sender}
                        height="40"
                        style={{ height: "40px", width: "auto", marginBottom: "24px" }}
                      />
                    ) : (
                      <Heading
                        as="h1"
                        className="ink"
                        style={{ ...STYLE.heading, fontSize: "18px", marginBottom: "24px" }}
                      >
                        {sender}
                      </Heading>
                    )}
                    {children}
                  </Section>
                </Container>
                <Container style={STYLE.footer}>
                  <Section style={{ paddingTop: "16px" }}>
                    <Text className="muted" style={STYLE.small}>
                      {becauseOf(frame)}
                    </Text>
                    {brand.footerText && (
                      <Text className="muted" style={STYLE.small}>
                        {brand.footerText}
                      </Text>
                    )}
                    {mark.open({ when: "unsubscribe" })}
                    <Text className="muted" style={STYLE.small}>
                      <Link
                        href={ours("links.preferences")}
                        className="muted"
                        style={{ color: "#595959", textDecoration: "underline" }}
                      >
                        {words.preferences}
                      </Link>
                      {" · "}
                      <Link
                        href={ours("links.unsubscribe")}
                        className="muted"
                        style={{ color: "#595959", textDecoration: "underline" }}
                      >
                        {words.unsubscribe}
                      </Link>
                    </Text>
                    {mark.close({ when: "unsubscribe" })}
                    <Text className="muted" style={STYLE.small}>
                      {[sender, brand.postalAddress].filter(Boolean).join(", ")}
                    </Text>
                  </Section>
                </Container>
              </td>
            </tr>
          </tbody>
        </table>
        {mark.open({ when: "tracked" })}
        {/* People cannot see this link: whoever follows it is a machine. */}
        <div style={STYLE.hidden} aria-hidden="true">
          <a
            href={mark.link([{ path: "links.honeypot", filters: [] }], "honeypot")}
            tabIndex={-1}
            rel="nofollow"
          >
            &nbsp;
          </a>
        </div>
        <Img src={mark.image([{ path: "links.open", filters: [] }])} alt="" width="1" height="1" />
        {mark.close({ when: "tracked" })}
      </Body>
    </Html>
  );
}

function becauseOf({ brand, shopName, locale, purpose }: Frame): string {
  const { becauseAgreed, becauseOrdered } = FRAME_TEXTS[locale];
  return (purpose === "marketing" ? becauseAgreed : becauseOrdered)(brand.senderName || shopName);
}

function plainFooter(frame: Frame, mark: Marker): string {
  const { brand, shopName, locale } = frame;
  const words = FRAME_TEXTS[locale];
  const sender = brand.senderName || shopName;
  const link = (path: string) => mark.link([{ path, filters: [] }], "unsubscribe");
  const region = { when: "unsubscribe" } as const;
  const links = `${words.preferences}: ${link("links.preferences")}\n${words.unsubscribe}: ${link("links.unsubscribe")}\n`;
  return [
    "--",
    becauseOf(frame),
    ...(brand.footerText ? [brand.footerText] : []),
    mark.open(region) + links + mark.close(region),
    [sender, brand.postalAddress].filter(Boolean).join(", "),
  ].join("\n");
}
