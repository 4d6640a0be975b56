import type { Brand } from "#app/shops/settings";

/** How the shop's brand looks in a mail: only what every mail client shows. */
export type Look = {
  primaryColor: string;
  headingColor: string;
  pageColor: string;
  /** With what stands in where a font is missing. */
  fontFamily: string;
  buttonRadius: string;
  pictureRadius: string;
  cardRadius: string;
  social: { name: string; url: string }[];
  /** "{stars}" in it becomes the number of stars; null: not known. */
  reviewUrl: string | null;
};

const FONTS: Record<Brand["font"], string> = {
  modern: "-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif",
  classic: "Georgia, 'Times New Roman', Times, serif",
  friendly: "Verdana, Tahoma, Geneva, sans-serif",
  plain: "Arial, Helvetica, sans-serif",
  typewriter: "'Courier New', Courier, monospace",
};

const CORNERS: Record<Brand["corners"], Pick<Look, "buttonRadius" | "pictureRadius" | "cardRadius">> = {
  soft: { buttonRadius: "6px", pictureRadius: "6px", cardRadius: "8px" },
  round: { buttonRadius: "24px", pictureRadius: "16px", cardRadius: "20px" },
  square: { buttonRadius: "0", pictureRadius: "0", cardRadius: "0" },
};

const NETWORKS: Record<keyof Brand["social"], string> = {
  instagram: "Instagram",
  facebook: "Facebook",
  tiktok: "TikTok",
  youtube: "YouTube",
  pinterest: "Pinterest",
};

export function lookOf(brand: Brand): Look {
  const networks = Object.keys(NETWORKS) as (keyof Brand["social"])[];
  return {
    primaryColor: brand.primaryColor,
    headingColor: brand.headingColor,
    pageColor: brand.pageColor,
    fontFamily: FONTS[brand.font],
    ...CORNERS[brand.corners],
    social: networks.flatMap((key) =>
      brand.social[key] ? [{ name: NETWORKS[key], url: brand.social[key] }] : [],
    ),
    reviewUrl: brand.reviewUrl || null,
  };
}

/** The review address for so many stars. */
export function starred(reviewUrl: string, stars: number): string {
  return reviewUrl.replaceAll("{stars}", String(stars));
}
