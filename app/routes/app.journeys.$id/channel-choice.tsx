import { SEND_CHANNELS, type SendChannel } from "#app/journeys/definition";
import { ChoiceList } from "#app/ui/polaris";

const CHANNEL_LABELS: Record<SendChannel, string> = {
  email: "Email",
  sms: "SMS",
  whatsapp: "WhatsApp",
  push: "Web push",
  inbox: "Inbox on the order page",
};

type ChannelChoiceProps = {
  value: SendChannel[];
  error?: string;
  onChange: (change: { channels: SendChannel[] }) => void;
};

/** By which channels a message may go. */
export function ChannelChoice({ value, error, onChange }: ChannelChoiceProps) {
  return (
    <ChoiceList
      allowMultiple
      title="By the first of these that reaches the person"
      choices={SEND_CHANNELS.map((channel) => ({ value: channel, label: CHANNEL_LABELS[channel] }))}
      selected={value}
      error={error}
      // In the order of the list: that is the order in which they are tried.
      onChange={(chosen) => onChange({ channels: SEND_CHANNELS.filter((one) => chosen.includes(one)) })}
    />
  );
}
