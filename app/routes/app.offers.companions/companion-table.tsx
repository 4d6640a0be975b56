import type { CompanionRow, ProductRow } from "#app/offers/companions.server";
import {
  Badge,
  BlockStack,
  Box,
  Button,
  ButtonGroup,
  Card,
  IndexTable,
  InlineStack,
  Link,
  ProgressBar,
  Text,
  useBreakpoints,
} from "#app/ui/polaris";
import { useRule } from "./use-rule";

type CompanionTableProps = { product: ProductRow; companions: CompanionRow[]; locale: string };

/** What goes with the product: its share of the orders as a bar, and buttons to correct it. */
export function CompanionTable({ product, companions, locale }: CompanionTableProps) {
  const { smDown } = useBreakpoints();
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  const setRule = useRule(product.gid);
  const widest = Math.max(0.01, ...companions.map(({ share }) => share));
  if (companions.length === 0) {
    return (
      <Card>
        <Text as="p" tone="subdued">
          Nothing is known to go with it yet: nobody bought it together with something else, and no title
          looks alike. Offers beside it come from its type and from your best sellers.
        </Text>
      </Card>
    );
  }
  return (
    <Card padding="0">
      <IndexTable
        condensed={smDown}
        selectable={false}
        itemCount={companions.length}
        resourceName={{ singular: "product", plural: "products" }}
        headings={[{ title: "Goes with it" }, { title: "In its orders" }, { title: "Your choice" }]}
      >
        {companions.map((row, position) => {
          const name = <Name row={row} />;
          const share = (
            <Box minWidth="140px">
              <Text as="p">{shareWords(row, percent)}</Text>
              {row.share > 0 && (
                <div aria-hidden>
                  <ProgressBar progress={(100 * row.share) / widest} size="small" tone="success" />
                </div>
              )}
            </Box>
          );
          const choice = <Choice row={row} setRule={setRule} />;
          return (
            <IndexTable.Row id={row.gid} key={row.gid} position={position}>
              {smDown ? (
                <Box padding="400" width="100%">
                  <BlockStack gap="200">
                    {name}
                    {share}
                    {choice}
                  </BlockStack>
                </Box>
              ) : (
                <>
                  <IndexTable.Cell>{name}</IndexTable.Cell>
                  <IndexTable.Cell>{share}</IndexTable.Cell>
                  <IndexTable.Cell>{choice}</IndexTable.Cell>
                </>
              )}
            </IndexTable.Row>
          );
        })}
      </IndexTable>
    </Card>
  );
}

function Name({ row }: { row: CompanionRow }) {
  return (
    <InlineStack gap="200" blockAlign="center">
      <Link url={`/app/offers/companions?product=${encodeURIComponent(row.gid)}`}>{row.title}</Link>
      {row.rule === "pin" && <Badge tone="success">Always</Badge>}
      {row.rule === "exclude" && <Badge tone="critical">Never</Badge>}
      {!row.available && <Badge>Sold out</Badge>}
    </InlineStack>
  );
}

function shareWords({ byTitle, together, share }: CompanionRow, percent: Intl.NumberFormat): string {
  if (byTitle) return "Titles alike, not bought together yet";
  if (together === 0) return "Not bought together yet";
  return `${percent.format(share)} (${together === 1 ? "one order" : `${together} orders`})`;
}

type ChoiceProps = { row: CompanionRow; setRule: ReturnType<typeof useRule> };

function Choice({ row: { gid, title, rule }, setRule }: ChoiceProps) {
  if (rule) {
    return (
      <Button
        size="slim"
        accessibilityLabel={`Take back the rule for ${title}`}
        onClick={() => setRule(gid, null)}
      >
        Take back
      </Button>
    );
  }
  return (
    <ButtonGroup>
      <Button size="slim" accessibilityLabel={`Always offer ${title}`} onClick={() => setRule(gid, "pin")}>
        Always
      </Button>
      <Button size="slim" accessibilityLabel={`Never offer ${title}`} onClick={() => setRule(gid, "exclude")}>
        Never
      </Button>
    </ButtonGroup>
  );
}
