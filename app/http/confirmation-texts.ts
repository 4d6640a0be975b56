import type { Locale } from "#app/shops/settings";

/** The words of double opt-in on our pages. `label` is what a person confirms: it is kept as proof. */
export type ConfirmationTexts = {
  /** On the preference page, until the mail's button is pressed. */
  waiting: string;
  title: string;
  label: (shop: string) => string;
  button: string;
  doneTitle: string;
  done: (shop: string) => string;
  overTitle: string;
  over: string;
  preferences: string;
};

export const CONFIRMATION_TEXTS: Record<Locale, ConfirmationTexts> = {
  en: {
    waiting:
      "Not confirmed yet: press the button in the mail that we sent you. No mail? Save again in a few minutes.",
    title: "Offers and news: one more click",
    label: (shop) => `Yes, ${shop} may send me offers and news by e-mail. I can leave at any time.`,
    button: "Confirm",
    doneTitle: "Confirmed",
    done: (shop) => `Thank you. From now on ${shop} may send you offers and news.`,
    overTitle: "There is nothing to confirm here",
    over: "The link is too old, or you have chosen otherwise since. You can choose anew at any time.",
    preferences: "Choose which mails you get",
  },
  de: {
    waiting:
      "Noch nicht bestätigt: Drücken Sie den Knopf in der E-Mail, die wir Ihnen geschickt haben. Keine E-Mail? Speichern Sie in einigen Minuten noch einmal.",
    title: "Angebote und Neuigkeiten: noch ein Klick",
    label: (shop) =>
      `Ja, ${shop} darf mir Angebote und Neuigkeiten per E-Mail schicken. Ich kann mich jederzeit abmelden.`,
    button: "Bestätigen",
    doneTitle: "Bestätigt",
    done: (shop) => `Danke. Ab jetzt darf ${shop} Ihnen Angebote und Neuigkeiten schicken.`,
    overTitle: "Hier gibt es nichts zu bestätigen",
    over: "Der Link ist zu alt, oder Sie haben sich inzwischen anders entschieden. Sie können jederzeit neu wählen.",
    preferences: "E-Mails auswählen",
  },
  fr: {
    waiting:
      "Pas encore confirmé : appuyez sur le bouton de l'e-mail que nous vous avons envoyé. Rien reçu ? Enregistrez à nouveau dans quelques minutes.",
    title: "Offres et actualités : encore un clic",
    label: (shop) =>
      `Oui, ${shop} peut m'envoyer des offres et des actualités par e-mail. Je peux me désabonner à tout moment.`,
    button: "Confirmer",
    doneTitle: "C'est confirmé",
    done: (shop) => `Merci. ${shop} peut désormais vous envoyer des offres et des actualités.`,
    overTitle: "Il n'y a rien à confirmer ici",
    over: "Le lien est trop ancien, ou vous avez changé d'avis entre-temps. Vous pouvez choisir à nouveau à tout moment.",
    preferences: "Choisir mes e-mails",
  },
  es: {
    waiting:
      "Aún sin confirmar: pulse el botón del correo que le hemos enviado. ¿No ha llegado? Guarde de nuevo en unos minutos.",
    title: "Ofertas y novedades: un clic más",
    label: (shop) =>
      `Sí, ${shop} puede enviarme ofertas y novedades por correo electrónico. Puedo darme de baja en cualquier momento.`,
    button: "Confirmar",
    doneTitle: "Confirmado",
    done: (shop) => `Gracias. Desde ahora ${shop} puede enviarle ofertas y novedades.`,
    overTitle: "Aquí no hay nada que confirmar",
    over: "El enlace es demasiado antiguo, o ha decidido otra cosa desde entonces. Puede elegir de nuevo en cualquier momento.",
    preferences: "Elegir mis correos",
  },
};
