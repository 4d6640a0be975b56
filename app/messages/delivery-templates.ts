import type { Content, LocalizedText } from "./blocks";
import type { ChosenKey, DefaultTemplate } from "./default-templates";
import type { LibraryKey } from "./library/library";
import { block, greeted, ORDER_BUTTON, PRODUCTS, shortOf, text } from "./template-parts";

/** Mails for when a delivery does not go as planned: told before anybody has to ask. */
type DeliveryKey = Exclude<ChosenKey, "thank-you" | "shipped" | "delivered" | LibraryKey>;

const TRACKING = block("tracking", "tracking", {
  heading: text("Your parcel", "Ihr Paket", "Votre colis", "Su paquete"),
  expected: text(
    "Now expected by {{ parcel.estimated_delivery }}",
    "Jetzt erwartet bis {{ parcel.estimated_delivery }}",
    "Désormais prévu au plus tard le {{ parcel.estimated_delivery }}",
    "Ahora previsto a más tardar el {{ parcel.estimated_delivery }}",
  ),
  button: text("Track your parcel", "Paket verfolgen", "Suivre mon colis", "Seguir mi paquete"),
});

/** A plain mail: what happened, where the parcel is, what was in it. */
function mail(
  about: Pick<DefaultTemplate, "name" | "description">,
  subject: LocalizedText,
  preheader: LocalizedText,
  body: LocalizedText,
  { tracks }: { tracks: boolean },
): DefaultTemplate {
  const blocks: Content["blocks"] = [
    block("hello", "text", { text: body }),
    ...(tracks ? [TRACKING] : []),
    PRODUCTS,
    block("see-order", "button", ORDER_BUTTON),
  ];
  const short = shortOf(subject, tracks ? "parcel.tracking_url" : "order.status_url");
  return { ...about, purpose: "transactional", content: { subject, preheader, blocks, short } };
}

export const DELIVERY_TEMPLATES: Record<DeliveryKey, DefaultTemplate> = {
  "not-shipped": mail(
    {
      name: "Not shipped yet",
      description: "When an order has not left in the time you set: an apology before anybody asks.",
    },
    text(
      "Your order {{ order.name }} needs a little longer",
      "Ihre Bestellung {{ order.name }} braucht etwas länger",
      "Votre commande {{ order.name }} demande un peu plus de temps",
      "Su pedido {{ order.name }} necesita un poco más de tiempo",
    ),
    text(
      "We have not forgotten it.",
      "Wir haben sie nicht vergessen.",
      "Nous ne l'avons pas oubliée.",
      "No lo hemos olvidado.",
    ),
    greeted(
      "your order has not left us yet, and that takes longer than we want. We are working on it and write to you as soon as it is on its way.\n\nWould you rather change or cancel it? Simply answer this mail.",
      "Ihre Bestellung hat uns noch nicht verlassen. Das dauert länger, als wir es möchten. Wir kümmern uns darum und schreiben Ihnen, sobald sie unterwegs ist.\n\nMöchten Sie lieber etwas ändern oder stornieren? Antworten Sie einfach auf diese E-Mail.",
      "votre commande n'est pas encore partie, et cela prend plus de temps que nous le souhaitons. Nous nous en occupons et vous écrivons dès son départ.\n\nVous préférez la modifier ou l'annuler ? Répondez simplement à cet e-mail.",
      "su pedido aún no ha salido y está tardando más de lo que queremos. Estamos en ello y le escribiremos en cuanto esté en camino.\n\n¿Prefiere cambiarlo o cancelarlo? Responda a este correo.",
    ),
    { tracks: false },
  ),
  delayed: mail(
    {
      name: "Delayed",
      description: "When a parcel stands still, is not picked up, or comes later than we said.",
    },
    text(
      "Your parcel comes later than planned",
      "Ihr Paket kommt später als geplant",
      "Votre colis arrivera plus tard que prévu",
      "Su paquete llegará más tarde de lo previsto",
    ),
    text(
      "What we know about your order {{ order.name }}.",
      "Was wir über Ihre Bestellung {{ order.name }} wissen.",
      "Ce que nous savons de votre commande {{ order.name }}.",
      "Lo que sabemos de su pedido {{ order.name }}.",
    ),
    greeted(
      "your parcel takes longer than planned. We are sorry, and we keep an eye on it. You need not do anything.\n\nDoes the delay cause you trouble? Answer this mail and we will find a way.",
      "Ihr Paket braucht länger als geplant. Das tut uns leid; wir behalten es im Auge. Sie müssen nichts tun.\n\nBringt die Verspätung Sie in Schwierigkeiten? Antworten Sie auf diese E-Mail, wir finden einen Weg.",
      "votre colis met plus de temps que prévu. Nous en sommes désolés et le suivons de près. Vous n'avez rien à faire.\n\nCe retard vous gêne ? Répondez à cet e-mail, nous trouverons une solution.",
      "su paquete tarda más de lo previsto. Lo sentimos y lo seguimos de cerca. No tiene que hacer nada.\n\n¿El retraso le causa un problema? Responda a este correo y buscaremos una solución.",
    ),
    { tracks: true },
  ),
  attempted: mail(
    { name: "Delivery attempted", description: "When the carrier found nobody: what happens next." },
    text(
      "The carrier could not hand over your parcel",
      "Ihr Paket konnte nicht übergeben werden",
      "Votre colis n'a pas pu être remis",
      "No se ha podido entregar su paquete",
    ),
    text(
      "Usually it is tried again, or kept for you.",
      "Meist wird es noch einmal versucht oder für Sie hinterlegt.",
      "En général, un nouvel essai a lieu ou il vous attend en point relais.",
      "Normalmente se vuelve a intentar o se guarda para usted.",
    ),
    greeted(
      "the carrier tried to deliver your parcel and found nobody. Usually it is tried again on the next working day, or kept for you nearby. The tracking page shows what comes next.\n\nIs the address wrong? Answer this mail as soon as you can.",
      "der Paketdienst wollte Ihr Paket zustellen und hat niemanden angetroffen. Meist wird es am nächsten Werktag noch einmal versucht oder in der Nähe hinterlegt. Die Sendungsverfolgung zeigt, wie es weitergeht.\n\nStimmt die Adresse nicht? Antworten Sie bitte möglichst bald auf diese E-Mail.",
      "le transporteur a voulu livrer votre colis et n'a trouvé personne. En général, un nouvel essai a lieu le prochain jour ouvré, ou le colis vous attend à proximité. La page de suivi indique la suite.\n\nL'adresse est fausse ? Répondez dès que possible à cet e-mail.",
      "el transportista intentó entregar su paquete y no encontró a nadie. Normalmente se vuelve a intentar el siguiente día laborable o se guarda cerca de usted. La página de seguimiento muestra lo que sigue.\n\n¿La dirección no es correcta? Responda a este correo lo antes posible.",
    ),
    { tracks: true },
  ),
  pickup: mail(
    {
      name: "Ready for collection",
      description: "When a parcel waits at a pickup point, or an order in your store.",
    },
    text(
      "Your parcel is waiting for you",
      "Ihr Paket liegt für Sie bereit",
      "Votre colis vous attend",
      "Su paquete le espera",
    ),
    text(
      "Please collect it soon.",
      "Bitte holen Sie es bald ab.",
      "Merci de le retirer rapidement.",
      "Recójalo pronto, por favor.",
    ),
    greeted(
      "your order is ready and waits to be collected. The tracking page says where it is. Take a proof of identity with you.",
      "Ihre Bestellung liegt zur Abholung bereit. Die Sendungsverfolgung sagt, wo. Nehmen Sie einen Ausweis mit.",
      "votre commande est prête à être retirée. La page de suivi indique où elle se trouve. Munissez-vous d'une pièce d'identité.",
      "su pedido está listo para que lo recoja. La página de seguimiento dice dónde está. Lleve un documento de identidad.",
    ),
    { tracks: true },
  ),
  "pickup-reminder": mail(
    { name: "Collection reminder", description: "When a parcel has waited for the time you set." },
    text(
      "Your parcel is still waiting for you",
      "Ihr Paket wartet noch auf Sie",
      "Votre colis vous attend toujours",
      "Su paquete todavía le espera",
    ),
    text(
      "It is not kept for ever.",
      "Es wird nicht unbegrenzt aufbewahrt.",
      "Il n'est pas gardé indéfiniment.",
      "No se guarda indefinidamente.",
    ),
    greeted(
      "your order still waits to be collected. It is not kept for ever: please collect it soon.\n\nCan't you go? Answer this mail and we will find a way.",
      "Ihre Bestellung liegt noch zur Abholung bereit. Sie wird nicht unbegrenzt aufbewahrt: Bitte holen Sie sie bald ab.\n\nSchaffen Sie es nicht? Antworten Sie auf diese E-Mail, wir finden einen Weg.",
      "votre commande attend toujours d'être retirée. Elle n'est pas gardée indéfiniment : merci de la retirer rapidement.\n\nVous ne pouvez pas vous y rendre ? Répondez à cet e-mail, nous trouverons une solution.",
      "su pedido sigue a la espera de que lo recoja. No se guarda indefinidamente: recójalo pronto, por favor.\n\n¿No puede ir? Responda a este correo y buscaremos una solución.",
    ),
    { tracks: true },
  ),
  damaged: mail(
    {
      name: "Damaged",
      description: "When the carrier or your staff note damage, on the way or after the delivery.",
    },
    text(
      "Your parcel was damaged",
      "Ihr Paket wurde beschädigt",
      "Votre colis a été endommagé",
      "Su paquete ha sufrido daños",
    ),
    text("We put it right.", "Wir bringen das in Ordnung.", "Nous réglons cela.", "Lo vamos a resolver."),
    greeted(
      "your parcel was damaged on its way. We are sorry. Answer this mail and tell us what you prefer: we send the goods again, or you get your money back. A photo helps us with the carrier, but you need not send one.",
      "Ihr Paket wurde unterwegs beschädigt. Das tut uns leid. Antworten Sie auf diese E-Mail und sagen Sie uns, was Ihnen lieber ist: Wir senden die Ware noch einmal, oder Sie erhalten Ihr Geld zurück. Ein Foto hilft uns beim Paketdienst, ist aber nicht nötig.",
      "votre colis a été endommagé pendant le transport. Nous en sommes désolés. Répondez à cet e-mail et dites-nous ce que vous préférez : un nouvel envoi ou un remboursement. Une photo nous aide auprès du transporteur, mais elle n'est pas obligatoire.",
      "su paquete ha sufrido daños durante el transporte. Lo sentimos. Responda a este correo y díganos qué prefiere: le enviamos los artículos de nuevo o le devolvemos el dinero. Una foto nos ayuda con el transportista, pero no es necesaria.",
    ),
    { tracks: true },
  ),
  "not-delivered": mail(
    {
      name: "Could not be delivered",
      description: "When the carrier gives up: lost or on its way back.",
    },
    text(
      "Your parcel could not be delivered",
      "Ihr Paket konnte nicht zugestellt werden",
      "Votre colis n'a pas pu être livré",
      "Su paquete no se ha podido entregar",
    ),
    text("We put it right.", "Wir bringen das in Ordnung.", "Nous réglons cela.", "Lo vamos a resolver."),
    greeted(
      "the carrier could not deliver your parcel. We are sorry. Answer this mail and tell us what you prefer: we send it again, or you get your money back.",
      "der Paketdienst konnte Ihr Paket nicht zustellen. Das tut uns leid. Antworten Sie auf diese E-Mail und sagen Sie uns, was Ihnen lieber ist: Wir senden es noch einmal, oder Sie erhalten Ihr Geld zurück.",
      "le transporteur n'a pas pu livrer votre colis. Nous en sommes désolés. Répondez à cet e-mail et dites-nous ce que vous préférez : un nouvel envoi ou un remboursement.",
      "el transportista no ha podido entregar su paquete. Lo sentimos. Responda a este correo y díganos qué prefiere: se lo enviamos de nuevo o le devolvemos el dinero.",
    ),
    { tracks: true },
  ),
};
