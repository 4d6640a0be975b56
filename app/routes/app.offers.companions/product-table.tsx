import { Card, IndexTable, Link, Text } from "#app/ui/polaris";

type ProductTableProps = {
  products: { gid: string; title: string; category: string; orders: number }[];
  locale: string;
};

/** Products to choose from, best sellers first. */
export function ProductTable({ products, locale }: ProductTableProps) {
  const count = new Intl.NumberFormat(locale);
  return (
    <Card padding="0">
      <IndexTable
        selectable={false}
        itemCount={products.length}
        resourceName={{ singular: "product", plural: "products" }}
        headings={[{ title: "Product" }, { title: "Orders", alignment: "end" }]}
      >
        {products.map(({ gid, title, orders }, position) => (
          <IndexTable.Row id={gid} key={gid} position={position}>
            <IndexTable.Cell>
              <Link url={`/app/offers/companions?product=${encodeURIComponent(gid)}`}>{title}</Link>
            </IndexTable.Cell>
            <IndexTable.Cell>
              <Text as="span" alignment="end" numeric>
                {count.format(orders)}
              </Text>
            </IndexTable.Cell>
          </IndexTable.Row>
        ))}
      </IndexTable>
    </Card>
  );
}
