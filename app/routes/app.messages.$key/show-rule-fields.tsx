import { useState } from "react";
import type { Block } from "#app/messages/blocks";
import { AUDIENCES, type Audience, type ShowRule } from "#app/messages/show-rule";
import { ChooseMany } from "#app/ui/choose-many";
import { currencyDigits } from "#app/ui/money";
import { NumberField } from "#app/ui/number-field";
import { BlockStack, Box, Button, Checkbox, Select } from "#app/ui/polaris";
import type { Choices } from "./block-settings";

const WORDS: Record<Audience, string> = {
  everyone: "Everyone",
  "first-order": "Only with their first order",
  returning: "Only to people who ordered before",
  members: "Only to members of the loyalty programme",
  "no-members": "Only to people who are no members",
  agreed: "Only to people who agreed to marketing",
  "not-agreed": "Only to people who did not agree to marketing",
};

const EVERYONE: ShowRule = { who: "everyone" };

type ShowRuleFieldsProps = {
  block: Block;
  label: string;
  choices: Choices;
  onChange: (make: (block: Block) => Block) => void;
};

/** When the block shows. Closed until it is wanted: most blocks are for everyone. */
export function ShowRuleFields({ block, label, choices, onChange }: ShowRuleFieldsProps) {
  const [open, setOpen] = useState(false);
  const rule = block.when ?? EVERYONE;
  const set = (change: Partial<ShowRule>) =>
    onChange((now) => withRule(now, { ...(now.when ?? EVERYONE), ...change }));
  return (
    <BlockStack gap="300">
      <div>
        <Button
          variant="plain"
          disclosure={open ? "up" : "down"}
          ariaExpanded={open}
          accessibilityLabel={`Who sees it: ${inWords(rule)} (${label})`}
          onClick={() => setOpen(!open)}
        >
          {`Who sees it: ${inWords(rule)}`}
        </Button>
      </div>
      {open && <RuleFields rule={rule} choices={choices} set={set} />}
    </BlockStack>
  );
}

type RuleFieldsProps = { rule: ShowRule; choices: Choices; set: (change: Partial<ShowRule>) => void };

function RuleFields({ rule, choices: { currency, countries }, set }: RuleFieldsProps) {
  const unit = 10 ** currencyDigits(currency);
  const { orderFromMinor } = rule;
  return (
    <Box padding="300" background="bg-surface-secondary" borderRadius="200">
      <BlockStack gap="300">
        <Select
          label="Who sees it"
          options={AUDIENCES.map((value) => ({ value, label: WORDS[value] }))}
          value={rule.who}
          onChange={(who) => set({ who: who as Audience })}
        />
        <Checkbox
          label="Only with larger orders"
          checked={orderFromMinor !== undefined}
          onChange={(on) => set({ orderFromMinor: on ? 50 * unit : undefined })}
        />
        {orderFromMinor !== undefined && (
          <NumberField
            label={`Order total from (${currency})`}
            digits={currencyDigits(currency)}
            value={orderFromMinor}
            onChange={(minor) => Number.isFinite(minor) && set({ orderFromMinor: minor })}
          />
        )}
        <ChooseMany
          label="Only in these countries"
          prompt="All countries"
          choices={countries}
          chosen={rule.countries ?? []}
          onChange={(chosen) => set({ countries: chosen.length > 0 ? chosen : undefined })}
        />
      </BlockStack>
    </Box>
  );
}

function withRule(block: Block, { who, orderFromMinor, countries }: ShowRule): Block {
  const when: ShowRule = {
    who,
    ...(orderFromMinor === undefined ? {} : { orderFromMinor }),
    ...(countries ? { countries } : {}),
  };
  const isForAll = who === "everyone" && orderFromMinor === undefined && !countries;
  const { when: _, ...rest } = block;
  return isForAll ? rest : { ...rest, when };
}

function inWords({ who, orderFromMinor, countries }: ShowRule): string {
  const words = WORDS[who].replace(/^O/, "o").replace(/^E/, "e");
  const more = [orderFromMinor !== undefined && "larger orders", countries?.length && "some countries"];
  return [words, ...more].filter(Boolean).join(", ");
}
