import { EMPTY_TEXT, type TipForm, type TipKind, type TipText } from "./tip";

/** Tips to begin with: true for most products of their kind, in four languages, and free to change. */
export type TipExample = {
  key: string;
  /** For the merchant: what it is good for. */
  purpose: string;
  /** Parts of words, in small letters, of the product types that it fits. */
  fits: string[];
  form: TipForm;
};

export const EXAMPLES: TipExample[] = [
  example(
    "first-look",
    "quick-start",
    "Fewer “something is missing” mails: what to do when the box is there.",
    [],
    {
      en: text(
        "When your parcel is here",
        "Open it with your hands rather than a knife: things lie right under the tape.\n\nCheck that everything is there. If something is missing or broken, send us a photo and we will sort it out.\n\nKeep the box for a while. It makes a return easy.",
      ),
      de: text(
        "Wenn Ihr Paket da ist",
        "Öffnen Sie es lieber mit den Händen als mit dem Messer: Direkt unter dem Klebeband liegt Ware.\n\nSehen Sie nach, ob alles da ist. Fehlt etwas oder ist etwas kaputt, schicken Sie uns ein Foto, und wir kümmern uns.\n\nHeben Sie den Karton eine Weile auf. Das macht eine Rückgabe leicht.",
      ),
      fr: text(
        "Quand votre colis arrive",
        "Ouvrez-le à la main plutôt qu’au couteau : les articles se trouvent juste sous le ruban.\n\nVérifiez que tout est là. S’il manque quelque chose ou si un article est cassé, envoyez-nous une photo et nous nous en occupons.\n\nGardez le carton quelque temps. Un retour sera plus simple.",
      ),
      es: text(
        "Cuando llegue su paquete",
        "Ábralo con las manos y no con un cuchillo: los artículos están justo debajo de la cinta.\n\nCompruebe que está todo. Si falta o se ha roto algo, envíenos una foto y lo resolvemos.\n\nGuarde la caja un tiempo. Facilita la devolución.",
      ),
    },
  ),
  example(
    "textile-care",
    "care",
    "Linen and cotton that last: fewer returns after the first wash.",
    ["textil", "linen", "cotton", "apparel", "clothing", "bedding", "towel"],
    {
      en: text(
        "How to wash it",
        "Wash it at 30 degrees, inside out, with colours like its own.\n\nLet it dry in the air. The dryer shrinks natural fibres.\n\nIron it while it is still a little damp.",
      ),
      de: text(
        "So waschen Sie es",
        "Waschen Sie es bei 30 Grad, auf links, mit ähnlichen Farben.\n\nLassen Sie es an der Luft trocknen. Im Trockner laufen Naturfasern ein.\n\nBügeln Sie es, solange es noch leicht feucht ist.",
      ),
      fr: text(
        "Comment le laver",
        "Lavez-le à 30 degrés, à l’envers, avec des couleurs semblables.\n\nLaissez-le sécher à l’air. Le sèche-linge fait rétrécir les fibres naturelles.\n\nRepassez-le encore légèrement humide.",
      ),
      es: text(
        "Cómo lavarlo",
        "Lávelo a 30 grados, del revés y con colores parecidos.\n\nDéjelo secar al aire. La secadora encoge las fibras naturales.\n\nPlánchelo cuando aún esté un poco húmedo.",
      ),
    },
  ),
  example(
    "candle-first-burn",
    "how-to",
    "The first hours decide how a candle burns for the rest of its life.",
    ["candle"],
    {
      en: text(
        "The first time you light it",
        "Let it burn until the whole surface is liquid, about two hours. Otherwise it burns a tunnel later.\n\nCut the wick to half a centimetre each time before you light it.\n\nNever leave it alone, and put it out after four hours.",
      ),
      de: text(
        "Beim ersten Anzünden",
        "Lassen Sie die Kerze brennen, bis die ganze Oberfläche flüssig ist, etwa zwei Stunden. Sonst brennt sie später einen Tunnel.\n\nKürzen Sie den Docht vor jedem Anzünden auf einen halben Zentimeter.\n\nLassen Sie sie nie allein, und löschen Sie sie nach vier Stunden.",
      ),
      fr: text(
        "Au premier allumage",
        "Laissez-la brûler jusqu’à ce que toute la surface soit liquide, environ deux heures. Sinon, elle se creusera plus tard.\n\nCoupez la mèche à un demi-centimètre avant chaque allumage.\n\nNe la laissez jamais sans surveillance et éteignez-la après quatre heures.",
      ),
      es: text(
        "La primera vez que la encienda",
        "Deje que arda hasta que toda la superficie esté líquida, unas dos horas. Si no, más adelante hará un túnel.\n\nCorte la mecha a medio centímetro antes de cada uso.\n\nNo la deje nunca sola y apáguela tras cuatro horas.",
      ),
    },
  ),
  example(
    "ceramic-care",
    "care",
    "Mugs, bowls and plates: what they take and what they do not.",
    ["mug", "cup", "tableware", "ceramic", "plate", "bowl"],
    {
      en: text(
        "What it can take",
        "Glazed ceramics go into the dishwasher. Metallic rims do not: wash those by hand.\n\nAvoid sudden heat or cold. Boiling water in a cold cup may crack it.\n\nTea stains go away with a spoon of baking soda.",
      ),
      de: text(
        "Was sie aushält",
        "Glasierte Keramik darf in die Spülmaschine. Metallränder nicht: Die spülen Sie von Hand.\n\nVermeiden Sie plötzliche Hitze oder Kälte. Kochendes Wasser kann eine kalte Tasse springen lassen.\n\nTeeränder verschwinden mit einem Löffel Natron.",
      ),
      fr: text(
        "Ce qu’elle supporte",
        "La céramique émaillée va au lave-vaisselle. Pas les bords métallisés : lavez-les à la main.\n\nÉvitez les chocs de température. De l’eau bouillante peut fendre une tasse froide.\n\nLes traces de thé partent avec une cuillère de bicarbonate.",
      ),
      es: text(
        "Lo que aguanta",
        "La cerámica esmaltada puede ir al lavavajillas. Los bordes metálicos no: lávelos a mano.\n\nEvite los cambios bruscos de temperatura. El agua hirviendo puede agrietar una taza fría.\n\nLas manchas de té se van con una cucharada de bicarbonato.",
      ),
    },
  ),
];

function example(
  key: string,
  kind: TipKind,
  purpose: string,
  fits: string[],
  texts: TipForm["texts"],
): TipExample {
  const scope = fits.length > 0 ? "types" : "everything";
  return { key, purpose, fits, form: { kind, scope, keys: [], imageUrl: "", texts } };
}

function text(title: string, body: string): TipText {
  return { ...EMPTY_TEXT, title, body };
}

/** The example as a form, about those of the shop's product types that it fits. */
export function formFrom({ fits, form }: TipExample, productTypes: string[]): TipForm {
  const fitting = productTypes.filter((type) => fits.some((word) => type.toLowerCase().includes(word)));
  return { ...form, keys: fitting };
}
