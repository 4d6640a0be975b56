/**
 * Messages: what we tell a person, once, where contact policy allows it. A message is a row before it is a mail; its
 * outcome is a row too. Over plain SMTP "never lost" and "never twice" cannot both be had: a mail whose fate nobody
 * knows is listed as unknown, and a person decides. This door never decides when something is sent; journeys do.
 */
export { stoppedAddresses } from "./stopped-addresses.server";
export { ChannelError } from "./channels/channel";
export { closeSmtp, smtpChannel } from "./channels/smtp.server";
export { claimMessage, recordFailure, recordSent, settleLost } from "./hand-over.server";
export {
  queueMessage,
  queueOnFirst,
  queueWebhook,
  type MessageExtras,
  type NewMessage,
  type QueueResult,
} from "./outbox.server";
export {
  audienceSize,
  planCampaignBatch,
  PLANNED_AHEAD_MS,
  queueCampaign,
  type Audience,
  type NewCampaign,
} from "./campaigns.server";
export {
  campaignById,
  campaignsOf,
  previewCampaign,
  scheduleCampaign,
  stopCampaign,
  type CampaignPreview,
  type CampaignRow,
} from "./campaign-desk.server";
export { reachable, type ReachQuestion } from "./addresses.server";
export {
  channelAccounts,
  noteAccountError,
  openAccount,
  saveAccount,
  type AccountChannel,
  type ChannelAccount,
} from "./accounts.server";
export { prepareMail, type MailConfig, type PreparedMail } from "./prepare.server";
export { addPhoneTask, prepareShort, type NewPhoneTask } from "./prepare-short.server";
export { subscribeToPush, unsubscribeFromPush, type NewSubscription } from "./push-subscriptions.server";
export { recordClick, recordOpen } from "./visits.server";
export { confirmationState, confirmMarketing, type LinkState } from "./confirmations.server";
export { choose, subscriptionsOf, unsubscribe, type Subscriptions } from "./subscriptions.server";
export { leaveUnknown, recentMessages, sendAgain, unknownMessages, type MessageView } from "./inspect.server";
export { messageResults, messageResultsByTemplate, type MessageResults, type Period } from "./results.server";
export {
  archiveTemplate,
  createTemplate,
  unwrittenIn,
  renameTemplate,
  type CreateResult,
  type NewTemplate,
} from "./own-templates.server";
export {
  allTemplates,
  contentOf,
  liveTemplate,
  liveTemplates,
  restoreVersion,
  saveTemplate,
  switchTemplate,
  templatePurpose,
  templateState,
  versionsOf,
  type TemplateState,
} from "./templates.server";
export { previewOf, previewOrders, testMail, type Preview, type PreviewOrder } from "./preview.server";
