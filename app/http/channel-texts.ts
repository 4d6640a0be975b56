import type { ChosenChannel } from "#app/messages/other-channels.server";
import type { Locale } from "#app/shops/settings";

/** The preference page's words about channels beside e-mail. `marketingLabel` is kept as proof of what was agreed to. */
type ChannelTexts = {
  names: Record<ChosenChannel, string>;
  marketingLabel: (shop: string, channel: ChosenChannel) => string;
};

const EN = { sms: "Text messages", whatsapp: "WhatsApp", push: "Notifications in the browser" };
const DE = { sms: "SMS", whatsapp: "WhatsApp", push: "Mitteilungen im Browser" };
const FR = { sms: "SMS", whatsapp: "WhatsApp", push: "Notifications du navigateur" };
const ES = { sms: "SMS", whatsapp: "WhatsApp", push: "Notificaciones del navegador" };

export const CHANNEL_TEXTS: Record<Locale, ChannelTexts> = {
  en: {
    names: EN,
    marketingLabel: (shop, channel) => `Yes, ${shop} may send me offers and news: ${EN[channel]}.`,
  },
  de: {
    names: DE,
    marketingLabel: (shop, channel) =>
      `Ja, ${shop} darf mir Angebote und Neuigkeiten schicken: ${DE[channel]}.`,
  },
  fr: {
    names: FR,
    marketingLabel: (shop, channel) =>
      `Oui, ${shop} peut m'envoyer des offres et des actualités : ${FR[channel]}.`,
  },
  es: {
    names: ES,
    marketingLabel: (shop, channel) => `Sí, ${shop} puede enviarme ofertas y novedades: ${ES[channel]}.`,
  },
};
