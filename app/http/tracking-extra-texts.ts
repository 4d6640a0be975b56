import type { Handover } from "#app/parcels/handover";
import type { Locale } from "#app/shops/settings";

/** The words of what stands on the tracking page beside the parcel: offer, tips, notifications. */
export type TrackingExtraTexts = {
  /** Said after "Delivered"; nothing where it is not known. */
  handover: Partial<Record<Handover, string>>;
  /** Fetched in the shop, not sent. */
  readyInShop: string;
  taken: string;
  offer: string;
  usually: (price: string) => string;
  take: string;
  takeHelp: string;
  decline: string;
  declined: string;
  tips: string;
  video: string;
  push: string;
  pushOn: string;
  pushFailed: string;
  toCart: string;
  moment: string;
  gone: string;
  back: string;
  way: (places: string) => string;
};

export const TRACKING_EXTRA_TEXTS: Record<Locale, TrackingExtraTexts> = {
  en: {
    handover: {
      signed: "Somebody signed for it.",
      collected: "It was fetched.",
      neighbour: "It was left with a neighbour.",
      "safe-place": "It was left in a safe place.",
      letterbox: "It is in the letterbox.",
    },
    readyInShop: "Your order waits for you in the shop",
    taken: "You have your order",
    offer: "For you",
    usually: (price) => `instead of ${price}`,
    take: "Take the offer",
    takeHelp: "Opens a cart with it; your discount is applied there.",
    decline: "Not for me",
    declined: "Thank you, noted.",
    tips: "Good to know",
    video: "Watch the video",
    push: "Tell me when something changes",
    pushOn: "This device will be told.",
    pushFailed: "This did not work. Notifications may be switched off for this site.",
    toCart: "To the cart",
    moment: "One moment, we are preparing your discount.",
    gone: "This offer is over.",
    back: "Back to my order",
    way: (places) => `On the way: ${places}`,
  },
  de: {
    handover: {
      signed: "Jemand hat dafür unterschrieben.",
      collected: "Es wurde abgeholt.",
      neighbour: "Es wurde bei einem Nachbarn abgegeben.",
      "safe-place": "Es wurde an einem sicheren Ort abgelegt.",
      letterbox: "Es liegt im Briefkasten.",
    },
    readyInShop: "Ihre Bestellung liegt im Geschäft für Sie bereit",
    taken: "Sie haben Ihre Bestellung erhalten",
    offer: "Für Sie",
    usually: (price) => `statt ${price}`,
    take: "Angebot annehmen",
    takeHelp: "Öffnet einen Warenkorb damit; Ihr Rabatt ist dort eingelöst.",
    decline: "Nichts für mich",
    declined: "Danke, ist notiert.",
    tips: "Gut zu wissen",
    video: "Video ansehen",
    push: "Benachrichtigen, wenn sich etwas ändert",
    pushOn: "Dieses Gerät wird benachrichtigt.",
    pushFailed: "Das hat nicht geklappt. Vielleicht sind Mitteilungen für diese Seite ausgeschaltet.",
    toCart: "Zum Warenkorb",
    moment: "Einen Moment, wir bereiten Ihren Rabatt vor.",
    gone: "Dieses Angebot ist vorbei.",
    back: "Zurück zu meiner Bestellung",
    way: (places) => `Unterwegs: ${places}`,
  },
  fr: {
    handover: {
      signed: "Quelqu'un a signé.",
      collected: "Il a été retiré.",
      neighbour: "Il a été remis à un voisin.",
      "safe-place": "Il a été déposé en lieu sûr.",
      letterbox: "Il est dans la boîte aux lettres.",
    },
    readyInShop: "Votre commande vous attend au magasin",
    taken: "Vous avez votre commande",
    offer: "Pour vous",
    usually: (price) => `au lieu de ${price}`,
    take: "Profiter de l'offre",
    takeHelp: "Ouvre un panier avec l'article ; votre remise y est appliquée.",
    decline: "Pas pour moi",
    declined: "Merci, c’est noté.",
    tips: "Bon à savoir",
    video: "Voir la vidéo",
    push: "Me prévenir en cas de changement",
    pushOn: "Cet appareil sera prévenu.",
    pushFailed: "Cela n'a pas fonctionné. Les notifications sont peut-être désactivées pour ce site.",
    toCart: "Vers le panier",
    moment: "Un instant, nous préparons votre remise.",
    gone: "Cette offre est terminée.",
    back: "Retour à ma commande",
    way: (places) => `En chemin : ${places}`,
  },
  es: {
    handover: {
      signed: "Alguien firmó la entrega.",
      collected: "Se ha recogido.",
      neighbour: "Se dejó con un vecino.",
      "safe-place": "Se dejó en un lugar seguro.",
      letterbox: "Está en el buzón.",
    },
    readyInShop: "Su pedido le espera en la tienda",
    taken: "Ya tiene su pedido",
    offer: "Para usted",
    usually: (price) => `en lugar de ${price}`,
    take: "Aprovechar la oferta",
    takeHelp: "Abre un carrito con el artículo; su descuento ya está aplicado.",
    decline: "No es para mí",
    declined: "Gracias, lo tendremos en cuenta.",
    tips: "Conviene saber",
    video: "Ver el vídeo",
    push: "Avisarme cuando algo cambie",
    pushOn: "Este dispositivo recibirá avisos.",
    pushFailed: "No ha funcionado. Quizá los avisos estén desactivados para este sitio.",
    toCart: "Al carrito",
    moment: "Un momento, estamos preparando su descuento.",
    gone: "Esta oferta ha terminado.",
    back: "Volver a mi pedido",
    way: (places) => `En camino: ${places}`,
  },
};
