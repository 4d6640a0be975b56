import type { Locale } from "#app/shops/settings";
import { blockMarks, type BlockMarks } from "./block-marks";
import type { Block } from "./blocks";
import type { ListName } from "./compiled";
import type { FrameTexts } from "./frame-texts";
import type { Marker } from "./holes";
import { starred, type Look } from "./look";

type PlainOptions = { locale: Locale; standIn: Locale; look: Look; words: FrameTexts; mark: Marker };

/** One block of the plain-text part: the same words, links written out. */
export function plainView(block: Block, options: PlainOptions): string {
  const { look, words, mark } = options;
  const marks = blockMarks(block, options, mark);
  const text =
    block.type === "columns"
      ? (block.columns ?? []).flatMap((column) => column.map((one) => plainView(one, options))).join("\n\n")
      : plainText(marks, look, words);
  return block.when ? marks.around({ when: block.when }, text) : text;
}

function plainText(marks: BlockMarks, look: Look, words: FrameTexts): string {
  const heading = marks.has("heading") ? `${marks.text("heading")}\n` : "";
  const { type } = marks.block;
  switch (type) {
    case "heading":
      return marks.text("text");
    case "text":
      return marks.paragraphs("text").join("\n\n");
    case "button":
      return `${marks.text("text")}: ${marks.link("url")}`;
    case "image":
      return [marks.has("alt") ? marks.text("alt") : "", marks.has("link") ? marks.link("link") : ""].join(
        "\n",
      );
    case "products": {
      const item = `- ${marks.own("text", "item.title")} (${words.quantity}: ${marks.own("text", "item.quantity")}) ${marks.own("text", "item.total")}\n`;
      return marks.around({ when: "products" }, heading + marks.around({ each: "item" }, item));
    }
    case "tracking": {
      const carrier = `${marks.own("text", "parcel.carrier")} ${marks.own("text", "parcel.tracking_number")}\n`;
      const expected = marks.has("expected")
        ? marks.around({ when: "expected" }, `${marks.text("expected")}\n`)
        : "";
      const link = marks.around(
        { when: "tracking-link" },
        `${marks.text("button")}: ${marks.own("tracking", "parcel.tracking_url")}`,
      );
      return marks.around({ when: "tracking" }, `${marks.text("heading")}\n${carrier}${expected}${link}`);
    }
    case "nps": {
      const scale = Array.from(
        { length: 11 },
        (_, score) => `${score}: ${marks.own("survey", `nps.${score}`)}`,
      );
      const [low, high] = [`${marks.text("low")}`, `${marks.text("high")}`];
      return marks.around(
        { when: "nps" },
        `${marks.text("question")}\n(0 = ${low}, 10 = ${high})\n${scale.join("\n")}`,
      );
    }
    case "points":
      return marks.around({ when: "points" }, marks.paragraphs("text").join("\n\n"));
    case "space":
    case "columns":
      return "";
    case "progress": {
      const steps = words.progress.map((step, index) =>
        marks.around(
          { when: `progress-${(index + 1) as 1 | 2 | 3 | 4}` },
          `${heading}${step} (${index + 1}/${words.progress.length})`,
        ),
      );
      return steps.join("");
    }
    case "survey": {
      const list = `survey:${marks.setting("survey")}` as const;
      const question = `${heading}${marks.own("text", `question.${marks.setting("survey")}`)}\n`;
      return marks.around({ when: `list:${list}` }, question + answers(marks, list));
    }
    case "rate": {
      const survey = marks.setting("survey");
      const question = `${marks.text("question")}\n`;
      const { reviewUrl } = look;
      if (reviewUrl) return question + marks.fixed("review", starred(reviewUrl, 5));
      return marks.around({ when: `survey-scale:${survey}` }, question + answers(marks, `survey:${survey}`));
    }
    case "tips": {
      const list = `tips:${marks.setting("kind")}` as const;
      const link = marks.around({ when: "tip-link" }, `${words.watch}: ${marks.own("other", "tip.url")}\n`);
      const tip = `${marks.own("text", "tip.title")}\n${marks.own("text", "tip.text")}\n${link}\n`;
      return marks.around({ when: `list:${list}` }, heading + marks.around({ each: list }, tip));
    }
    case "social":
      return look.social.map(({ name, url }) => `${name}: ${marks.fixed("other", url)}`).join("\n");
    case "divider":
      return "-----";
    case "offer": {
      const reason = marks.around({ when: "offer-reason" }, `${marks.own("text", "offer.reason")}\n`);
      const product = `${marks.own("text", "offer.title")}: ${marks.own("text", "offer.discounted")}\n`;
      const link = `${marks.text("button")}: ${marks.own("offer", "offer.url")}`;
      const decline = `\n${words.notForMe}: ${marks.own("other", "offer.decline")}`;
      return marks.around({ when: "offer" }, heading + product + reason + link + decline);
    }
    case "marketing": {
      const text = `${marks.text("heading")}\n\n${marks.paragraphs("text").join("\n\n")}`;
      return marks.around(
        { when: "marketing" },
        `-----\n${text}\n\n${marks.text("button")}: ${marks.link("url")}`,
      );
    }
  }
}

function answers(marks: BlockMarks, list: ListName): string {
  const one = `${marks.own("text", "answer.label")}: ${marks.own("survey", "answer.url")}\n`;
  return marks.around({ each: list }, one);
}
