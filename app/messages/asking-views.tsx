import { Column, Link, Row, Section, Text } from "@react-email/components";
import type { ReactNode } from "react";
import { starred } from "./look";
import { OptionalTitle, Title, type ViewProps } from "./mail-parts";
import { STYLE } from "./mail-styles";

/** Blocks that ask something: each answer is a link, and only a person's click on our page records it. */

const SCORES = Array.from({ length: 11 }, (_, score) => score);

export function NpsScale({ marks, look, words }: ViewProps) {
  return marks.when(
    "nps",
    <>
      <Title look={look}>{marks.text("question")}</Title>
      <Section aria-label={words.answerScale}>
        <Row>
          {SCORES.map((number) => (
            <Column key={number} style={{ padding: "0 1px", width: "9%" }}>
              <Link href={marks.own("survey", `nps.${number}`)} className="score" style={STYLE.score}>
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

/** The first question of a survey, as links. What it asks is known when the mail is written. */
export function SurveyQuestion({ marks, look, words }: ViewProps) {
  const survey = marks.setting("survey");
  const list = `survey:${survey}` as const;
  const answer = marks.own("text", "answer.label");
  const href = marks.own("survey", "answer.url");
  return marks.when(
    `list:${list}`,
    <>
      <OptionalTitle marks={marks} look={look} />
      <Text className="ink" style={{ ...STYLE.text, fontWeight: 600 }}>
        {marks.own("text", `question.${survey}`)}
      </Text>
      {marks.when(
        `survey-scale:${survey}`,
        <Section aria-label={words.answers} style={{ margin: "0 0 24px" }}>
          {marks.each(
            list,
            <Link href={href} className="score" style={{ ...STYLE.score, ...STYLE.inline }}>
              {answer}
            </Link>,
          )}
        </Section>,
      )}
      {marks.when(
        `survey-choice:${survey}`,
        <Section aria-label={words.answers} style={{ margin: "0 0 24px" }}>
          {marks.each(
            list,
            <Section style={{ margin: "0 0 8px" }}>
              <Link href={href} className="score" style={{ ...STYLE.score, padding: "10px 12px" }}>
                {answer}
              </Link>
            </Section>,
          )}
        </Section>,
      )}
    </>,
  );
}

const STARS = [1, 2, 3, 4, 5];

/** All stars lead to the same place: nobody is sent elsewhere because of what they think. */
export function RateShop({ marks, look, words }: ViewProps) {
  const survey = marks.setting("survey");
  const list = `survey:${survey}` as const;
  const { reviewUrl } = look;
  const star = (stars: number, href: string) => (
    <Link key={stars} href={href} className="star" style={STYLE.star} aria-label={words.stars(stars)}>
      ★
    </Link>
  );
  const row = (links: ReactNode) => (
    <>
      <Title look={look}>{marks.text("question")}</Title>
      <Section style={{ margin: "0 0 24px" }}>{links}</Section>
    </>
  );
  if (reviewUrl)
    return row(STARS.map((stars) => star(stars, marks.fixed("review", starred(reviewUrl, stars)))));
  return marks.when(
    `survey-scale:${survey}`,
    row(
      marks.each(
        list,
        <Link href={marks.own("survey", "answer.url")} className="star" style={STYLE.star}>
          {marks.own("text", "answer.label")}★
        </Link>,
      ),
    ),
  );
}
