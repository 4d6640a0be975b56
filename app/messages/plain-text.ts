import type { BlockMarks } from "./block-marks";
import type { FrameTexts } from "./frame-texts";

/** One block of the plain-text part: the same words, links written out. */
export function plainBlock(marks: BlockMarks, words: FrameTexts): string {
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
      const heading = marks.has("heading") ? `${marks.text("heading")}\n` : "";
      return marks.around("products", heading + marks.around("item", item));
    }
    case "tracking": {
      const carrier = `${marks.own("text", "parcel.carrier")} ${marks.own("text", "parcel.tracking_number")}\n`;
      const expected = marks.has("expected") ? marks.around("expected", `${marks.text("expected")}\n`) : "";
      const link = marks.around(
        "tracking-link",
        `${marks.text("button")}: ${marks.own("tracking", "parcel.tracking_url")}`,
      );
      return marks.around("tracking", `${marks.text("heading")}\n${carrier}${expected}${link}`);
    }
    case "nps": {
      const scale = Array.from(
        { length: 11 },
        (_, score) => `${score}: ${marks.own("survey", `nps.${score}`)}`,
      );
      const [low, high] = [`${marks.text("low")}`, `${marks.text("high")}`];
      return marks.around(
        "nps",
        `${marks.text("question")}\n(0 = ${low}, 10 = ${high})\n${scale.join("\n")}`,
      );
    }
    case "points":
      return marks.around("points", marks.paragraphs("text").join("\n\n"));
    case "divider":
      return "-----";
    case "offer": {
      const heading = marks.has("heading") ? `${marks.text("heading")}\n` : "";
      const reason = marks.around("offer-reason", `${marks.own("text", "offer.reason")}\n`);
      const product = `${marks.own("text", "offer.title")}: ${marks.own("text", "offer.discounted")}\n`;
      const link = `${marks.text("button")}: ${marks.own("offer", "offer.url")}`;
      return marks.around("offer", heading + product + reason + link);
    }
    case "marketing": {
      const text = `${marks.text("heading")}\n\n${marks.paragraphs("text").join("\n\n")}`;
      return marks.around("marketing", `-----\n${text}\n\n${marks.text("button")}: ${marks.link("url")}`);
    }
  }
}
